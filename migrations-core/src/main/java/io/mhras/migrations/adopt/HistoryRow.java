package io.mhras.migrations.adopt;

import io.mhras.migrations.MigrationStep.Origin;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row of another tool's history.
 *
 * @param values by the names of their columns, in lower case
 */
record HistoryRow(Map<String, @Nullable Object> values) {

    // Seconds since 1970 reach it in the year 5138, milliseconds did in 1973.
    private static final long LEAST_MILLISECONDS = 100_000_000_000L;

    /** By a column's numbers or times, else by its texts. */
    static List<HistoryRow> sorted(List<HistoryRow> rows, String column) {
        Comparator<HistoryRow> bySize = Comparator.comparingDouble(row -> size(row.value(column)));
        return rows.stream()
                .sorted(bySize.thenComparing(row -> row.text(column)))
                .toList();
    }

    private static double size(@Nullable Object value) {
        if (value instanceof Instant time) {
            return time.toEpochMilli();
        }
        return value instanceof Number number ? number.doubleValue() : 0;
    }

    @Nullable Object value(String column) {
        return values.get(column);
    }

    boolean has(String column) {
        return value(column) != null;
    }

    /** Empty if it has none. */
    String text(String column) {
        return Objects.toString(value(column), "");
    }

    /** Who applied it, when, and how long it took, as far as the row has it. */
    Origin origin(@Nullable String at, @Nullable String by, @Nullable Duration took) {
        String user = by == null ? "" : text(by);
        return new Origin(at == null ? null : time(at), user.isEmpty() ? null : user, took);
    }

    /** A point in time, be it written as one, as a number or as text; null if it is none. */
    @Nullable Instant time(String column) {
        Object value = value(column);
        if (value instanceof Instant time) {
            return time;
        }
        if (value instanceof Number number) {
            long amount = number.longValue();
            return amount < LEAST_MILLISECONDS ? Instant.ofEpochSecond(amount) : Instant.ofEpochMilli(amount);
        }
        return value instanceof String text ? time(text.strip().replace(' ', 'T'), text) : null;
    }

    private static @Nullable Instant time(String iso, String text) {
        try {
            return OffsetDateTime.parse(iso).toInstant();
        } catch (DateTimeException e) {
            try {
                // As the tool's own machine had it: which zone that was is written nowhere.
                return LocalDateTime.parse(iso).atZone(ZoneId.systemDefault()).toInstant();
            } catch (DateTimeException notEither) {
                return text.matches("\\d{12,14}") ? Instant.ofEpochMilli(Long.parseLong(text)) : null;
            }
        }
    }

    /** How long it took; null if the column has no number. */
    @Nullable Duration took(String column, ChronoUnit unit) {
        return value(column) instanceof Number number ? Duration.of(number.longValue(), unit) : null;
    }

    /** The time from one column to another; null if either has none. */
    @Nullable Duration between(String from, String to) {
        Instant start = time(from);
        Instant end = time(to);
        return start == null || end == null || end.isBefore(start) ? null : Duration.between(start, end);
    }
}
