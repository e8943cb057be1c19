package io.mhras.migrations.postgresql.history;

import static java.util.stream.Collectors.joining;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.HistoryEntry.Execution;
import io.mhras.migrations.HistoryEntry.Kind;
import io.mhras.migrations.HistoryEntry.Recorded;
import io.mhras.migrations.MigrationHistory;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.postgresql.sql.SqlQuote;
import io.mhras.migrations.postgresql.wire.BorrowedConnection;
import io.mhras.migrations.postgresql.wire.PostgresErrors;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The history table, read over one connection in autocommit. */
public final class PostgresHistory implements MigrationHistory {

    // The time as a number: reading a formatted one, in any time zone, takes several times as long.
    private static final String COLUMNS = """
            id, event, version, description, script, checksum, statement, execution_ms, error,
            applied_by, application, host, (date_part('epoch', applied_at) * 1000000)::bigint, fingerprint""";
    private static final String LATER_COLUMNS = String.join(", ", HistoryTable.LATER_COLUMNS);
    private static final String NO_LATER_COLUMNS =
            String.join(", ", Collections.nCopies(HistoryTable.LATER_COLUMNS.size(), "NULL"));

    private final Connection connection;
    private final HistoryTable table;

    public PostgresHistory(Connection connection, HistoryTable table) {
        this.connection = connection;
        this.table = table;
    }

    /** Without the later columns: what asks for the newest row has no use for them, and so one query does for every table. */
    @Override
    public Optional<HistoryEntry> newest() {
        List<HistoryEntry> entries = query(entries(NO_LATER_COLUMNS) + " DESC LIMIT 1", PostgresHistory::entry);
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries.get(0));
    }

    /** One query; two where the table is still that of an older release. */
    @Override
    public List<HistoryEntry> entries() {
        try {
            return read(entries(LATER_COLUMNS), PostgresHistory::entry);
        } catch (SQLException e) {
            if (HistoryErrors.UNDEFINED_COLUMN.equals(e.getSQLState())) {
                return query(entries(NO_LATER_COLUMNS), PostgresHistory::entry);
            }
            throw HistoryErrors.of(table, e);
        }
    }

    private String entries(String laterColumns) {
        return "SELECT " + COLUMNS + ", " + laterColumns + " FROM " + table.from() + " ORDER BY id";
    }

    @Override
    public Map<MigrationVersion, KeptScripts> scripts(Collection<MigrationVersion> versions) {
        Map<MigrationVersion, KeptScripts> kept = new HashMap<>();
        if (versions.isEmpty()) {
            return kept;
        }
        String texts = versions.stream()
                .map(version -> SqlQuote.literal(version.toString()))
                .collect(joining(", "));
        query(
                "SELECT version, up_script, down_script FROM " + table.from()
                        + " AND (event = 'REPAIRED' OR event IN " + HistoryTable.APPLICATIONS + ") AND version IN ("
                        + texts + ") ORDER BY id",
                row -> kept.merge(
                        MigrationVersion.of(row.getString("version")),
                        new KeptScripts(row.getString("up_script"), row.getString("down_script")),
                        (before, since) -> since.orElse(before)));
        return kept;
    }

    /** The text that was running when this row was written; null if it was too long to keep. */
    public @Nullable String startedScript(HistoryEntry unfinished) {
        List<String> texts = query(
                "SELECT up_script FROM " + table.from()
                        + " AND event = 'STARTED' AND up_script IS NOT NULL AND version = "
                        + SqlQuote.literal(unfinished.version().toString())
                        + " AND script = " + SqlQuote.literal(unfinished.script())
                        + " AND id <= " + unfinished.id() + " ORDER BY id DESC LIMIT 1",
                row -> row.getString(1));
        return texts.isEmpty() ? null : texts.get(0);
    }

    private interface RowReader<T extends @Nullable Object> {
        T read(ResultSet row) throws SQLException;
    }

    /**
     * Not through Spring, see {@link BorrowedConnection#jdbc()}. No prepared statement: this reads through any
     * connection pooler, and some mix up what was prepared in which session.
     */
    private <T extends @Nullable Object> List<T> read(String sql, RowReader<T> reader) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<T> result = new ArrayList<>();
            while (rows.next()) {
                result.add(reader.read(rows));
            }
            return result;
        } catch (SQLException e) {
            if (PostgresErrors.UNDEFINED_TABLE.equals(e.getSQLState())) {
                return List.of();
            }
            throw e;
        }
    }

    private <T extends @Nullable Object> List<T> query(String sql, RowReader<T> reader) {
        try {
            return read(sql, reader);
        } catch (SQLException e) {
            throw HistoryErrors.of(table, e);
        }
    }

    /** Of a row with {@link #COLUMNS}, by number: looking up their names takes longer than reading them. */
    private static HistoryEntry entry(ResultSet row) throws SQLException {
        int statement = row.getInt(7);
        boolean hasStatement = !row.wasNull();
        return new HistoryEntry(
                row.getLong(1),
                Event.of(row.getString(2)),
                new Recorded(
                        MigrationVersion.of(row.getString(3)),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        Kind.of(row.getString(15)),
                        row.getString(16)),
                hasStatement ? statement : null,
                new Execution(
                        Duration.ofMillis(row.getLong(8)),
                        row.getString(9),
                        row.getString(10),
                        row.getString(11),
                        row.getString(12),
                        time(row.getLong(13)),
                        row.getString(17),
                        row.getString(18)),
                row.getString(14),
                row.getString(19));
    }

    static Instant time(long microseconds) {
        return Instant.ofEpochSecond(
                Math.floorDiv(microseconds, 1_000_000L), Math.floorMod(microseconds, 1_000_000L) * 1_000L);
    }
}
