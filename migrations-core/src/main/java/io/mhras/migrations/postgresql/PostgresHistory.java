package io.mhras.migrations.postgresql;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.MigrationHistory;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.postgresql.QuerySender.Column;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/** The history table, read over one connection in autocommit. */
final class PostgresHistory implements MigrationHistory {

    private static final String COLUMNS = """
            id, event, version, description, script, checksum, statement, execution_ms, error,
            applied_by, application, host, applied_at, fingerprint""";

    private final JdbcTemplate jdbc;
    private final HistoryTable table;

    PostgresHistory(JdbcTemplate jdbc, HistoryTable table) {
        this.jdbc = jdbc;
        this.table = table;
    }

    @Override
    public Optional<HistoryEntry> newest() {
        return query(
                        "SELECT " + COLUMNS + " FROM " + table.from() + " ORDER BY id DESC LIMIT 1",
                        PostgresHistory::entry)
                .stream()
                .findFirst();
    }

    @Override
    public List<HistoryEntry> entries() {
        return query("SELECT " + COLUMNS + " FROM " + table.from() + " ORDER BY id", PostgresHistory::entry);
    }

    @Override
    public Map<MigrationVersion, KeptScripts> scripts(Collection<MigrationVersion> versions) {
        Map<MigrationVersion, KeptScripts> kept = new HashMap<>();
        String[] texts = versions.stream().map(MigrationVersion::toString).toArray(String[]::new);
        query(
                "SELECT version, up_script, down_script FROM " + table.from() + " " + """
                        AND event IN ('APPLIED', 'STAMPED', 'REPAIRED') AND version = ANY (?)
                        ORDER BY id""",
                (row, number) -> kept.merge(
                        MigrationVersion.of(row.getString("version")),
                        new KeptScripts(row.getString("up_script"), row.getString("down_script")),
                        PostgresHistory::newer),
                (Object) texts);
        return kept;
    }

    /** The text that was running when this row was written; null if it was too long to keep. */
    @Nullable String startedScript(HistoryEntry unfinished) {
        return query(
                        "SELECT up_script FROM " + table.from() + " " + """
                                AND event = 'STARTED' AND up_script IS NOT NULL AND version = ? AND script = ? AND id <= ?
                                ORDER BY id DESC LIMIT 1""",
                        (row, number) -> row.getString(1),
                        unfinished.version().toString(),
                        unfinished.script(),
                        unfinished.id())
                .stream()
                .findFirst()
                .orElse(null);
    }

    private <T extends @Nullable Object> List<T> query(String sql, RowMapper<T> mapper, Object... arguments) {
        try {
            return arguments.length == 0 ? jdbc.query(sql, mapper) : jdbc.query(sql, mapper, arguments);
        } catch (DataAccessException e) {
            if (e.getMostSpecificCause() instanceof SQLException error
                    && PostgresErrors.UNDEFINED_TABLE.equals(error.getSQLState())) {
                return List.of();
            }
            throw PostgresErrors.ofHistory(table, PostgresErrors.sqlException(e));
        }
    }

    /** A repair of a migration whose down script has no file any more must not lose the one that is kept. */
    private static KeptScripts newer(KeptScripts old, KeptScripts now) {
        return new KeptScripts(now.up() == null ? old.up() : now.up(), now.down() == null ? old.down() : now.down());
    }

    /** Whether these rows are the server's answer to {@link HistoryTable#insert}, and not to a script's statement. */
    static boolean isInserted(List<List<Column>> rows) {
        if (rows.size() != 1) {
            return false;
        }
        List<Column> row = rows.get(0);
        return row.size() == 4 && row.get(3).name().equals(HistoryTable.APPLIED_AT_MICROS);
    }

    /** What was recorded, by the server's answer to {@link HistoryTable#insert}. */
    static HistoryEntry inserted(List<Column> row, MigrationStep step, String application, String host) {
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

    private static long number(List<Column> row, int index) {
        return Long.parseLong(text(row, index));
    }

    private static String text(List<Column> row, int index) {
        return Objects.requireNonNull(row.get(index).text());
    }

    private static Event event(String name) throws SQLException {
        try {
            return Event.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new SQLException("the event '" + name + "' is of a newer version of MHRAS Migrations", e);
        }
    }

    private static HistoryEntry entry(ResultSet row, int number) throws SQLException {
        return new HistoryEntry(
                row.getLong("id"),
                event(row.getString("event")),
                MigrationVersion.of(row.getString("version")),
                row.getString("description"),
                row.getString("script"),
                row.getString("checksum"),
                row.getObject("statement", Integer.class),
                Duration.ofMillis(row.getLong("execution_ms")),
                row.getString("error"),
                row.getString("applied_by"),
                row.getString("application"),
                row.getString("host"),
                row.getObject("applied_at", OffsetDateTime.class).toInstant(),
                row.getString("fingerprint"));
    }
}
