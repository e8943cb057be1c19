package io.mhras.migrations.schema.measure;

import io.mhras.migrations.postgresql.StatementObserver.Session;
import io.mhras.migrations.schema.report.LockMode;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a session says of itself at one moment.
 *
 * @param transaction which transaction it is in
 * @param locks the strongest lock that it holds on each relation, by its oid
 * @param scans how often it has read each table as a whole since its counters were last collected, by its oid
 * @param changes how many rows of each catalog it has changed since then
 */
record SessionReading(String transaction, Map<Long, LockMode> locks, Map<Long, Long> scans, Map<String, Long> changes) {

    // Those of this session's transactions that the server has not collected yet; never in the middle of a transaction.
    private static final String SQL = """
            SELECT 'transaction' AS what, NULL AS object, virtualtransaction AS value
            FROM pg_catalog.pg_locks WHERE pid = pg_backend_pid() AND locktype = 'virtualxid'
            UNION ALL
            SELECT 'lock', relation::text, mode
            FROM pg_catalog.pg_locks
            WHERE pid = pg_backend_pid() AND locktype = 'relation' AND granted AND relation >= 16384
              AND database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
            UNION ALL
            SELECT 'scans', oid::text, pg_stat_get_xact_numscans(oid)::text
            FROM pg_catalog.pg_class
            WHERE oid >= 16384 AND relkind IN ('r', 'm') AND pg_stat_get_xact_numscans(oid) > 0
            UNION ALL
            SELECT 'changes', relname, (pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid)
                                        + pg_stat_get_xact_tuples_deleted(oid))::text
            FROM pg_catalog.pg_class
            WHERE relnamespace = 'pg_catalog'::regnamespace AND relkind = 'r'""";

    static SessionReading of(Session session) {
        String transaction = "";
        Map<Long, LockMode> locks = new HashMap<>();
        Map<Long, Long> scans = new HashMap<>();
        Map<String, Long> changes = new HashMap<>();
        for (Map<String, @Nullable String> row : session.query(SQL)) {
            String object = row.get("object");
            String value = Objects.requireNonNull(row.get("value"));
            switch (String.valueOf(row.get("what"))) {
                case "lock" -> locks.merge(oid(object), LockMode.of(value), SessionReading::stronger);
                case "scans" -> scans.put(oid(object), Long.valueOf(value));
                case "changes" -> changes.put(String.valueOf(object), Long.valueOf(value));
                default -> transaction = value;
            }
        }
        return new SessionReading(transaction, locks, scans, changes);
    }

    static LockMode stronger(LockMode one, LockMode other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    static long oid(@Nullable String text) {
        return Long.parseLong(Objects.requireNonNull(text));
    }

    /** How often the table was read since an earlier reading; anew, if the counters were collected in between. */
    long scansSince(SessionReading earlier, long table) {
        long now = scans.getOrDefault(table, 0L);
        long then = earlier.scans.getOrDefault(table, 0L);
        return now >= then ? now - then : now;
    }

    /** Whether it is the same transaction, and has changed nothing of this catalog since the earlier reading. */
    boolean hasLeft(String catalog, SessionReading earlier) {
        return transaction.equals(earlier.transaction)
                && Objects.equals(changes.get(catalog), earlier.changes.get(catalog));
    }

    /** The same for all catalogs but this one. */
    boolean hasLeftAllBut(String catalog, SessionReading earlier) {
        return transaction.equals(earlier.transaction)
                && changes.keySet().stream()
                        .filter(name -> !name.equals(catalog))
                        .allMatch(name -> hasLeft(name, earlier));
    }
}
