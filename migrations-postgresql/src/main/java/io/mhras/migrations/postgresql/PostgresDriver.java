package io.mhras.migrations.postgresql;

import io.mhras.migrations.DatabaseHealth;
import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationActivity;
import io.mhras.migrations.MigrationDriver;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.HistoryUnusable;
import io.mhras.migrations.MigrationPlan;
import io.mhras.migrations.MigrationPreview;
import io.mhras.migrations.MigrationSession;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.OfflinePlan;
import io.mhras.migrations.ScriptLanguage;
import io.mhras.migrations.TableReader;
import io.mhras.migrations.VerificationResult.Check;
import io.mhras.migrations.postgresql.health.PostgresHealth;
import io.mhras.migrations.postgresql.history.HistoryErrors;
import io.mhras.migrations.postgresql.history.HistoryTable;
import io.mhras.migrations.postgresql.history.HistoryWriter;
import io.mhras.migrations.postgresql.history.PostgresCleaner;
import io.mhras.migrations.postgresql.history.PostgresHistory;
import io.mhras.migrations.postgresql.history.PostgresTableReader;
import io.mhras.migrations.postgresql.lock.PostgresActivity;
import io.mhras.migrations.postgresql.lock.PostgresLock;
import io.mhras.migrations.postgresql.lock.SessionWatch;
import io.mhras.migrations.postgresql.offline.OfflineScript;
import io.mhras.migrations.postgresql.offline.PsqlWriter;
import io.mhras.migrations.postgresql.run.LaterVerification;
import io.mhras.migrations.postgresql.run.PostgresSession;
import io.mhras.migrations.postgresql.sql.ScriptPreviewer;
import io.mhras.migrations.postgresql.sql.SqlLanguage;
import io.mhras.migrations.postgresql.wire.BorrowedConnection;
import io.mhras.migrations.postgresql.wire.ConnectionPooler;
import io.mhras.migrations.postgresql.wire.FencedSender;
import io.mhras.migrations.postgresql.wire.Notices;
import io.mhras.migrations.postgresql.wire.ObservedSender;
import io.mhras.migrations.postgresql.wire.PostgresErrors;
import io.mhras.migrations.postgresql.wire.QuerySender;
import io.mhras.migrations.postgresql.wire.QuerySender.StatementFailed;
import io.mhras.migrations.postgresql.wire.ServerSession;
import io.mhras.migrations.postgresql.wire.ServerSession.InitialSettings;
import io.mhras.migrations.text.SettingNames;
import java.io.Writer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** PostgreSQL. Needs one connection at a time; a pool of one is enough. */
public final class PostgresDriver implements MigrationDriver {

    private final String name;
    private final DataSource dataSource;
    private final PostgresSettings settings;
    private final HistoryTable table;
    private final @Nullable StatementObserver statements;
    private final @Nullable StructureReader structures;

    /**
     * A driver for the database that users know as {@code postgresql}.
     *
     * @param dataSource supplies the connections, as a user that may change the schema
     */
    public PostgresDriver(DataSource dataSource, PostgresSettings settings) {
        this(DatabaseKind.POSTGRESQL.toString(), dataSource, settings);
    }

    /** A driver for one of several databases, which users know by this name. */
    public PostgresDriver(String name, DataSource dataSource, PostgresSettings settings) {
        this(name, dataSource, settings, null, null);
    }

    private PostgresDriver(
            String name,
            DataSource dataSource,
            PostgresSettings settings,
            @Nullable StatementObserver statements,
            @Nullable StructureReader structures) {
        this.name = name;
        this.dataSource = dataSource;
        this.settings = settings;
        this.table = new HistoryTable(settings.schema(), settings.table());
        this.statements = statements;
        this.structures = structures;
    }

    /** The same, with somebody who is told of each statement that a script runs. */
    public PostgresDriver observedBy(StatementObserver observer) {
        return new PostgresDriver(name, dataSource, settings, observer, structures);
    }

    /** The same, which records the structure at the end of each run that changes something. */
    public PostgresDriver watchedBy(StructureReader reader) {
        return new PostgresDriver(name, dataSource, settings, statements, reader);
    }

    @Override
    public DatabaseKind kind() {
        return DatabaseKind.POSTGRESQL;
    }

    @Override
    public String database() {
        return name;
    }

    @Override
    public PostgresDriver named(String newName) {
        return new PostgresDriver(newName, dataSource, settings, statements, structures);
    }

    @Override
    public Optional<HistoryEntry> newest() {
        try (BorrowedConnection connection = BorrowedConnection.from(dataSource)) {
            PostgresHistory history = history(connection);
            Optional<HistoryEntry> newest = history.newest();
            history.requireAllSeen(newest.isEmpty());
            return newest;
        }
    }

    @Override
    public List<HistoryEntry> entries() {
        try (BorrowedConnection connection = BorrowedConnection.from(dataSource)) {
            PostgresHistory history = history(connection);
            List<HistoryEntry> entries = history.entries();
            history.requireAllSeen(entries.isEmpty());
            return entries;
        }
    }

    @Override
    public Map<MigrationVersion, KeptScripts> scripts(Collection<MigrationVersion> versions) {
        try (BorrowedConnection connection = BorrowedConnection.from(dataSource)) {
            return history(connection).scripts(versions);
        }
    }

    @Override
    public String application() {
        return settings.application().equals(UNNAMED) ? "" : settings.application();
    }

    @Override
    public String historyOfItsOwn() {
        return HistoryErrors.historyOfItsOwn();
    }

    private PostgresHistory history(BorrowedConnection connection) {
        return new PostgresHistory(connection.connection(), table);
    }

    @Override
    public Optional<String> identity() {
        String sql = """
                SELECT oid || ' since ' || pg_postmaster_start_time()
                FROM pg_database WHERE datname = current_database()""";
        return look(
                (connection, resolved) -> Optional.ofNullable(connection.jdbc().queryForObject(sql, String.class)));
    }

    @Override
    public ScriptLanguage language() {
        return SqlLanguage.STANDARD;
    }

    @Override
    public Optional<MigrationActivity> activity() {
        return look((connection, resolved) -> {
            JdbcTemplate jdbc = connection.jdbc();
            return new PostgresActivity(jdbc).of(new PostgresLock(jdbc, resolved).key());
        });
    }

    @Override
    public Optional<DatabaseHealth> health() {
        try (BorrowedConnection connection = BorrowedConnection.from(dataSource)) {
            return Optional.of(PostgresHealth.read(connection));
        }
    }

    @Override
    public boolean isBlank() {
        return look((connection, resolved) -> {
            String schema = resolved.schema();
            return schema == null || new PostgresCleaner(connection.jdbc(), schema).findsNothingBut(resolved);
        });
    }

    @Override
    public List<String> cleanable() {
        return look((connection, resolved) -> {
            JdbcTemplate jdbc = connection.jdbc();
            String schema = resolved.schema();
            if (schema == null) {
                throw noSchema(jdbc.queryForObject("SHOW search_path", String.class));
            }
            return new PostgresCleaner(jdbc, schema)
                    .find(new PostgresHistory(connection.connection(), resolved)).stream()
                            .map(PostgresCleaner.Found::toString)
                            .toList();
        });
    }

    private <T> T look(BiFunction<BorrowedConnection, HistoryTable, T> query) {
        try (BorrowedConnection connection = BorrowedConnection.from(dataSource)) {
            String schema = settings.schema();
            if (schema == null) {
                // The lock, too, is that of the history in that schema.
                history(connection).requireAllSeen(true);
                schema = connection.jdbc().queryForObject("SELECT current_schema()", String.class);
            }
            return query.apply(connection, table.in(schema));
        } catch (DataAccessException e) {
            throw HistoryErrors.of(table, PostgresErrors.sqlException(e));
        } catch (StatementFailed e) {
            throw HistoryErrors.of(table, e.error());
        }
    }

    @Override
    public TableReader tables() {
        return PostgresTableReader.of(dataSource, settings.schema());
    }

    @Override
    public void verify(List<Migration> migrations, Duration timeout, Consumer<Check> results) {
        look((connection, resolved) -> {
            ServerSession.Found found = ServerSession.Found.in(connection.jdbc());
            Duration lock = settings.limits().lock();
            new LaterVerification(connection, found, InitialSettings.of(lock, timeout, settings.schema(), found))
                    .run(migrations, results);
            return true;
        });
    }

    @Override
    public boolean watchesStructure() {
        return structures != null;
    }

    @Override
    public Optional<String> structure() {
        StructureReader reader = structures;
        if (reader == null) {
            return Optional.empty();
        }
        try (BorrowedConnection connection = BorrowedConnection.from(dataSource)) {
            return Optional.of(reader.read(connection.connection()));
        }
    }

    @Override
    public MigrationPreview preview(MigrationPlan plan) {
        return ScriptPreviewer.of(plan);
    }

    /**
     * Writes a plan as a script that psql runs: with its transactions, its checks, and its rows in the history. Needs no
     * connection.
     *
     * @throws MigrationException.InvalidMigration if a file has something that psql cannot do by itself
     */
    public void script(OfflinePlan plan, Writer out) {
        new OfflineScript(
                        plan,
                        settings.schema(),
                        settings.table(),
                        settings.application(),
                        settings.limits().lock(),
                        settings.limits().statement(),
                        new PsqlWriter(out))
                .write();
    }

    @Override
    public Optional<MigrationSession> open(MigrationSession.Observer observer, Predicate<HistoryEntry> isDone) {
        BorrowedConnection connection = BorrowedConnection.from(dataSource);
        try {
            Optional<MigrationSession> session = open(connection, observer, isDone);
            if (session.isEmpty()) {
                connection.close();
            }
            return session;
        } catch (DataAccessException e) {
            connection.close();
            throw HistoryErrors.of(table, PostgresErrors.sqlException(e));
        } catch (SQLException e) {
            connection.close();
            throw HistoryErrors.of(table, e);
        } catch (StatementFailed e) {
            connection.close();
            throw HistoryErrors.of(table, e.error());
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private Optional<MigrationSession> open(
            BorrowedConnection connection, MigrationSession.Observer observer, Predicate<HistoryEntry> isDone)
            throws SQLException {
        JdbcTemplate jdbc = connection.jdbc();
        ServerSession.Found found = ServerSession.Found.in(jdbc);
        String schema = settings.schema() == null ? found.schema() : settings.schema();
        if (schema == null) {
            throw noSchema(found.searchPath());
        }
        HistoryTable resolved = table.in(schema);
        PostgresLock lock = new PostgresLock(jdbc, resolved);
        PostgresHistory history = new PostgresHistory(connection.connection(), resolved);
        BooleanSupplier isOver = () -> history.newest().filter(isDone).isPresent();
        Duration limit = settings.limits().otherInstance();
        Notices notices = new Notices();
        QuerySender sender = connection.sender(notices);
        if (connection.isPooled(found.backend())) {
            ConnectionPooler.mustKeepSession(dataSource, connection, sender, found.backend());
            FencedSender fenced = new FencedSender(connection.connection(), sender, found, lock.key());
            if (!lock.acquire(limit, isOver, fenced::takeLock)) {
                return Optional.empty();
            }
            sender = fenced;
        } else if (!lock.acquire(limit, isOver)) {
            return Optional.empty();
        }
        if (statements != null) {
            sender = new ObservedSender(sender, statements, found.backend());
        }
        ServerSession server = new ServerSession(connection, sender, found, initialSettings(found));
        HistoryWriter writer = new HistoryWriter(server, resolved, settings.application());
        SessionWatch watch = new SessionWatch(dataSource, connection.connection(), lock.key(), observer, backoff());
        PostgresSession session = new PostgresSession(server, writer, resolved, watch, notices, observer, structures);
        try {
            session.prepareHistory(settings.schema() != null);
            return Optional.of(session);
        } catch (RuntimeException e) {
            session.freeLock();
            throw e;
        }
    }

    private InitialSettings initialSettings(ServerSession.Found found) {
        PostgresSettings.Limits limits = settings.limits();
        return InitialSettings.of(limits.lock(), limits.statement(), settings.schema(), found);
    }

    private SessionWatch.Backoff backoff() {
        PostgresSettings.Retry retry = settings.retry();
        return new SessionWatch.Backoff(retry.limit(), retry.firstPause(), retry.longestPause());
    }

    private static HistoryUnusable noSchema(@Nullable String searchPath) {
        return new HistoryUnusable(
                "There is no schema for the history: the search_path of the connection, '" + searchPath
                        + "', names none that exists.",
                "Name one with the setting " + SettingNames.quoted("postgresql.schema") + "; it is made when missing.",
                null);
    }
}
