package io.mhras.migrations.postgresql;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.MigrationStep;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;

/** Reads what the server answers to the insertion of a history row. */
final class HistoryRow {

    private HistoryRow() {}

    /** Whether these rows are such an answer, and not that of a script's statement. */
    static boolean isOne(List<QuerySender.Row> rows) {
        if (rows.size() != 1) {
            return false;
        }
        List<QuerySender.Column> columns = rows.get(0).columns();
        return columns.size() == 4 && columns.get(3).name().equals(HistoryTable.APPLIED_AT_MICROS);
    }

    static HistoryEntry entry(QuerySender.Row row, MigrationStep step, String application, String host) {
        return new HistoryEntry(
                number(row, 0),
                step.event(),
                step.version(),
                step.migration().description(),
                step.scriptName(),
                step.migration().checksum(),
                null,
                Duration.ofMillis(number(row, 1)),
                null,
                text(row, 2),
                application,
                host,
                Instant.EPOCH.plus(number(row, 3), ChronoUnit.MICROS),
                step.fingerprint());
    }

    private static long number(QuerySender.Row row, int column) {
        return Long.parseLong(text(row, column));
    }

    private static String text(QuerySender.Row row, int column) {
        return Objects.requireNonNull(row.columns().get(column).text());
    }
}
