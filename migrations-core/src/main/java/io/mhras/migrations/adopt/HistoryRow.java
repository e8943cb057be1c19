package io.mhras.migrations.adopt;

import java.time.Instant;
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

    /** Empty if it has none. */
    String text(String column) {
        return Objects.toString(value(column), "");
    }
}
