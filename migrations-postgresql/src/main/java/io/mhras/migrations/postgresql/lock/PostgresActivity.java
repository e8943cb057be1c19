package io.mhras.migrations.postgresql.lock;

import io.mhras.migrations.MigrationActivity;
import io.mhras.migrations.MigrationActivity.Session;
import io.mhras.migrations.postgresql.sql.SqlMask;
import io.mhras.migrations.postgresql.wire.ApplicationName;
import io.mhras.migrations.postgresql.wire.PostgresErrors;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads from {@code pg_stat_activity} and similar views what the holder of a migration lock does. */
public final class PostgresActivity {

    private static final int FIRST_WITH_COPY_PROGRESS = 14;

    private static final String HOLDER = """
            SELECT pid,
                   coalesce(usename, 'unknown')                                     AS usename,
                   coalesce(application_name, '')                                   AS application_name,
                   host(client_addr)                                                AS address,
                   coalesce(state, 'hidden')                                        AS state,
                   extract(epoch FROM clock_timestamp() - state_change) * 1000      AS ms_in_state,
                   nullif(left(query, 500), '<insufficient privilege>')             AS query,
                   coalesce(query_start, clock_timestamp())                         AS since,
                   extract(epoch FROM clock_timestamp() - query_start) * 1000       AS ms,
                   wait_event_type,
                   wait_event,
                   progress.*
            FROM pg_locks
            JOIN pg_stat_activity AS activity USING (pid)
            LEFT JOIN LATERAL (%s) AS progress ON true
            WHERE locktype = 'advisory' AND granted AND objsubid = 1
              AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND (classid::bigint << 32) | objid::bigint = ?
            LIMIT 1""";

    // The counters of a phase that is over keep their values, so the phase says which ones count.
    private static final String PROGRESS = """
            SELECT phase,
                   CASE WHEN phase LIKE 'waiting%' THEN lockers_done
                        WHEN phase LIKE '%tuples%' THEN tuples_done
                        ELSE blocks_done END                                        AS done,
                   CASE WHEN phase LIKE 'waiting%' THEN lockers_total
                        WHEN phase LIKE '%tuples%' THEN tuples_total
                        ELSE blocks_total END                                       AS total
            FROM pg_stat_progress_create_index AS p WHERE p.pid = activity.pid
            UNION ALL
            SELECT command || ': ' || phase, heap_blks_scanned, heap_blks_total
            FROM pg_stat_progress_cluster AS p WHERE p.pid = activity.pid
            UNION ALL
            SELECT 'VACUUM: ' || phase,
                   CASE WHEN phase = 'vacuuming heap' THEN heap_blks_vacuumed ELSE heap_blks_scanned END,
                   heap_blks_total
            FROM pg_stat_progress_vacuum AS p WHERE p.pid = activity.pid""";

    private static final String COPY_PROGRESS = """

            UNION ALL
            SELECT command || ': ' || tuples_processed || ' rows', bytes_processed, nullif(bytes_total, 0)
            FROM pg_stat_progress_copy AS p WHERE p.pid = activity.pid""";

    private static final String BLOCKERS = """
            SELECT blocking                                                          AS pid,
                   coalesce(usename, 'unknown')                                      AS usename,
                   coalesce(application_name, '')                                    AS application_name,
                   host(client_addr)                                                 AS address,
                   CASE WHEN blocking = 0 THEN 'a prepared transaction'
                        ELSE coalesce(state, 'hidden') END                           AS state,
                   extract(epoch FROM clock_timestamp() - coalesce(xact_start, state_change)) * 1000 AS ms_in_state,
                   nullif(left(query, 500), '<insufficient privilege>')              AS query
            FROM unnest(pg_blocking_pids(?)) AS blocking LEFT JOIN pg_stat_activity ON pid = blocking""";

    private final JdbcTemplate jdbc;

    public PostgresActivity(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** What the holder of this lock does; empty if it is free. */
    public Optional<MigrationActivity> of(long lock) {
        Integer version = jdbc.execute((ConnectionCallback<Integer>) PostgresActivity::serverVersion);
        String progress = PROGRESS + (Objects.requireNonNull(version) < FIRST_WITH_COPY_PROGRESS ? "" : COPY_PROGRESS);
        try {
            return jdbc.query(HOLDER.formatted(progress), (row, number) -> activity(row), lock).stream()
                    .findFirst();
        } catch (DataAccessException e) {
            // A user who may not see the activity can migrate nevertheless.
            if (PostgresErrors.NO_RIGHT.equals(PostgresErrors.sqlException(e).getSQLState())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Integer serverVersion(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseMajorVersion();
    }

    private MigrationActivity activity(ResultSet row) throws SQLException {
        Session session = session(row);
        ApplicationName name = ApplicationName.parse(session.application());
        boolean waits =
                row.getString("wait_event_type") != null && session.state().equals("active");
        boolean waitsForLock = "Lock".equals(row.getString("wait_event_type"));
        String phase = row.getString("phase");
        return new MigrationActivity(
                name == null ? "" : name.script(),
                null,
                name == null ? 0 : name.statement(),
                name == null ? null : name.statements(),
                null,
                row.getObject("since", OffsetDateTime.class).toInstant(),
                Duration.ofMillis(row.getLong("ms")),
                name == null || name.batch() == 0 ? phase : "batch " + name.batch(),
                percent(row),
                waits ? row.getString("wait_event_type") + " " + row.getString("wait_event") : null,
                session,
                waitsForLock ? blockers(Integer.parseInt(session.id())) : List.of());
    }

    private static @Nullable Double percent(ResultSet row) throws SQLException {
        double total = row.getDouble("total");
        return total > 0 ? Math.min(100, 100 * row.getDouble("done") / total) : null;
    }

    private List<Session> blockers(int process) {
        return jdbc.query(BLOCKERS, (row, number) -> session(row), process);
    }

    private static Session session(ResultSet row) throws SQLException {
        return new Session(
                row.getString("pid"),
                row.getString("usename"),
                row.getString("application_name"),
                row.getString("address"),
                row.getString("state"),
                Duration.ofMillis(row.getLong("ms_in_state")),
                SqlMask.of(row.getString("query")));
    }
}
