package io.mhras.migrations.postgresql.offline;

import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.postgresql.history.HistoryTable;
import io.mhras.migrations.postgresql.sql.SqlQuote;

/** What an offline script asks the history, as SQL. */
record OfflineHistory(HistoryTable table) {

    static final String IS_APPLIED = "event NOT IN ('ROLLED_BACK', 'UNSTAMPED')";

    /** What is in the fingerprint: all that is applied and not archived. */
    static final String COUNTS = "event NOT IN ('ROLLED_BACK', 'UNSTAMPED', 'ARCHIVED')";

    /** What makes a migration applied, changes it as such, or makes it not applied. */
    static final String DECIDES = "(event IN ('REPAIRED', 'ARCHIVED', 'ROLLED_BACK', 'UNSTAMPED') OR event IN "
            + HistoryTable.APPLICATIONS + ")";

    /** The fingerprint of the newest finished event, with what comes and without what goes: an XOR of all three. */
    String fingerprint(MigrationStep step) {
        boolean isRepeatable = step.migration().isRepeatable();
        // Of a versioned one the guard knows which text is applied; of a repeatable only the history does.
        String change = step.event() == Event.APPLIED || !isRepeatable
                ? hash(SqlQuote.literal(
                        step.version().canonical() + "=" + step.migration().checksum()))
                : "NULL::bytea";
        String before = isRepeatable
                ? "(SELECT CASE WHEN " + COUNTS + " THEN " + hash("version || '=' || checksum") + " END" + newest(step)
                        + ")"
                : "NULL::bytea";
        return """
                (SELECT string_agg(lpad(to_hex(get_byte(decode(newest, 'hex'), i) # coalesce(get_byte(change, i), 0) # coalesce(get_byte(before, i), 0)), 2, '0'), '' ORDER BY i)
                  FROM generate_series(0, 31) AS i,
                       (SELECT coalesce((SELECT fingerprint FROM %s WHERE fingerprint <> '' ORDER BY id DESC LIMIT 1), repeat('0', 64)) AS newest,
                               %s AS change, %s AS before) AS known)""".formatted(table.qualifiedName(), change, before);
    }

    private static String hash(String pair) {
        return "sha256(convert_to(" + pair + ", 'UTF8'))";
    }

    /**
     * Whether a repeatable has something to do.
     *
     * @param last the step that the script ends with; backwards, what was applied first of all that goes
     */
    String wants(MigrationStep step, MigrationStep last) {
        String applied =
                "EXISTS (SELECT FROM (SELECT event, checksum" + newest(step) + ") AS newest WHERE " + IS_APPLIED;
        return step.event() == Event.APPLIED
                ? "NOT " + applied + " AND checksum = "
                        + SqlQuote.literal(step.migration().checksum()) + ")"
                : applied + ") AND coalesce(" + lastApplication(step) + " > " + lastApplication(last) + ", true)";
    }

    private String newest(MigrationStep step) {
        return rows(step) + " AND " + DECIDES + " ORDER BY id DESC LIMIT 1";
    }

    private String lastApplication(MigrationStep step) {
        return "(SELECT max(id)" + rows(step) + " AND event IN " + HistoryTable.APPLICATIONS + ")";
    }

    private String rows(MigrationStep step) {
        return " FROM " + table.qualifiedName() + " WHERE version = "
                + SqlQuote.literal(step.version().toString());
    }
}
