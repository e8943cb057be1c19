package io.mhras.migrations.postgresql.history;

import static java.util.stream.Collectors.joining;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.HistoryEntry.Execution;
import io.mhras.migrations.HistoryEntry.Kind;
import io.mhras.migrations.HistoryEntry.Recorded;
import io.mhras.migrations.MigrationException;
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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The history table, read over one connection in autocommit. */
public final class PostgresHistory implements MigrationHistory {

    // The time as a number: reading a formatted one, in any time zone, takes several times as long.
    private static final String COLUMNS = """
            id, event, version, description, script, checksum, statement, execution_ms, error,
            applied_by, application, host,
            CASE WHEN isfinite(applied_at) THEN (date_part('epoch', applied_at) * 1000000)::bigint END, fingerprint""";
    private static final String LATER_COLUMNS = String.join(", ", HistoryTable.LATER_COLUMNS);
    private static final String NO_LATER_COLUMNS =
            String.join(", ", Collections.nCopies(HistoryTable.LATER_COLUMNS.size(), "NULL"));

    private final Connection connection;
    private final HistoryTable table;
    private boolean mayHideRows;

    public PostgresHistory(Connection connection, HistoryTable table) {
        this.connection = connection;
        this.table = table;
    }

    /** Without the later columns: what asks for the newest row has no use for them, and so one query does for every table. */
    @Override
    public Optional<HistoryEntry> newest() {
        List<HistoryEntry> entries = query(entries(NO_LATER_COLUMNS) + " DESC LIMIT 1", this::entry);
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries.get(0));
    }

    /** One query; two where the table is still that of an older release. */
    @Override
    public List<HistoryEntry> entries() {
        // Once, and not per row.
        String security = ", (SELECT row_security_active(" + SqlQuote.literal(table.qualifiedName()) + "))";
        RowReader<HistoryEntry> reader = row -> {
            mayHideRows |= row.getBoolean(20);
            return entry(row);
        };
        try {
            return read(entries(LATER_COLUMNS + security), reader);
        } catch (SQLException e) {
            if (HistoryErrors.UNDEFINED_COLUMN.equals(e.getSQLState())) {
                return query(entries(NO_LATER_COLUMNS + security), reader);
            }
            throw HistoryErrors.of(table, e);
        }
    }

    /**
     * No row was seen, or perhaps not all: is that what there is?
     *
     * @throws MigrationException if rows are hidden, or there is a history that is not looked at
     */
    public void requireAllSeen(boolean isEmpty) {
        if (isEmpty || mayHideRows) {
            query(table.unseen(), row -> {
                if (row.getBoolean("hides_rows")) {
                    throw HistoryErrors.ofHiddenRows(table, row.getString("user"));
                }
                String elsewhere = row.getString("elsewhere");
                if (elsewhere != null) {
                    throw HistoryErrors.ofNamesake(row.getString("schema"), elsewhere);
                }
                return elsewhere;
            });
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
    private HistoryEntry entry(ResultSet row) throws SQLException {
        long id = row.getLong(1);
        int statement = row.getInt(7);
        boolean hasStatement = !row.wasNull();
        if (statement < 0) {
            throw HistoryErrors.ofRow(
                    table, id, "statement", "holds " + statement + ", which is no number of a statement");
        }
        return new HistoryEntry(
                id,
                event(id, text(row, id, 2, "event")),
                new Recorded(
                        version(id, text(row, id, 3, "version")),
                        text(row, id, 4, "description"),
                        text(row, id, 5, "script"),
                        text(row, id, 6, "checksum"),
                        Kind.of(row.getString(15)),
                        row.getString(16)),
                hasStatement ? statement : null,
                new Execution(
                        Duration.ofMillis(number(row, id, 8, "execution_ms")),
                        row.getString(9),
                        text(row, id, 10, "applied_by"),
                        text(row, id, 11, "application"),
                        text(row, id, 12, "host"),
                        time(number(row, id, 13, "applied_at")),
                        row.getString(17),
                        row.getString(18)),
                text(row, id, 14, "fingerprint"),
                row.getString(19));
    }

    private Event event(long id, String name) {
        Event event = Event.of(name);
        String likely = name.strip().toUpperCase(Locale.ROOT);
        if (event == Event.NEWER && Event.of(likely) != Event.NEWER) {
            throw HistoryErrors.ofRow(table, id, "event", "holds '" + name + "', and not '" + likely + "'");
        }
        return event;
    }

    private MigrationVersion version(long id, String text) {
        try {
            return MigrationVersion.of(text);
        } catch (IllegalArgumentException e) {
            throw HistoryErrors.ofRow(table, id, "version", "holds '" + text + "', which is not a version");
        }
    }

    private String text(ResultSet row, long id, int number, String column) throws SQLException {
        String text = row.getString(number);
        if (text == null) {
            throw HistoryErrors.ofRow(table, id, column, "is NULL");
        }
        return text;
    }

    private long number(ResultSet row, long id, int number, String column) throws SQLException {
        long value = row.getLong(number);
        if (row.wasNull()) {
            throw HistoryErrors.ofRow(table, id, column, "holds nothing that can be read");
        }
        return value;
    }

    static Instant time(long microseconds) {
        return Instant.ofEpochSecond(
                Math.floorDiv(microseconds, 1_000_000L), Math.floorMod(microseconds, 1_000_000L) * 1_000L);
    }
}
