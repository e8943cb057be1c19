package io.mhras.migrations.postgresql;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationSession;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.postgresql.QuerySender.StatementFailedException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/** One connection that holds the lock: scripts, history and lock share it. */
final class PostgresSession implements MigrationSession {

    private static final Logger log = LoggerFactory.getLogger(PostgresSession.class);

    private static final int MAX_ATTEMPTS = 5;
    private static final Set<String> MADE_BY_ANOTHER = Set.of("23505", "42P06", "42P07");

    private final BorrowedConnection connection;
    private final JdbcTemplate jdbc;
    private final QuerySender sender;
    private final SessionState state;
    private final HistoryTable table;
    private final PostgresHistory history;
    private final PostgresSettings settings;
    private final SessionWatch watch;
    private final String host = host();

    PostgresSession(
            BorrowedConnection connection,
            QuerySender sender,
            SessionState state,
            HistoryTable table,
            PostgresSettings settings,
            SessionWatch watch) {
        this.connection = connection;
        this.jdbc = connection.jdbc();
        this.sender = sender;
        this.state = state;
        this.table = table;
        this.history = new PostgresHistory(connection.connection(), table);
        this.settings = settings;
        this.watch = watch;
    }

    /** The environment's word first: a look-up can take seconds where the network's name service is slow. */
    private static String host() {
        String named = System.getenv("HOSTNAME");
        if (named != null && !named.isBlank()) {
            return named;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    /** Makes the schema and the table where they are missing. */
    void prepareHistory() {
        for (int attempt = 1; ; attempt++) {
            List<String> missing = table.missing(jdbc, settings.schema() != null);
            if (missing.isEmpty()) {
                return;
            }
            QueryMessage message = new QueryMessage().own("BEGIN");
            missing.forEach(message::own);
            try {
                sender.send(message.own("COMMIT"), QuerySender.IGNORE_ROWS);
            } catch (StatementFailedException e) {
                MigrationException failure = PostgresErrors.ofCreating(table, e.error());
                rollBackAfter(failure);
                // Our lock is this history's: a service with another table may be making the same schema.
                if (attempt == MAX_ATTEMPTS
                        || !MADE_BY_ANOTHER.contains(String.valueOf(e.error().getSQLState()))) {
                    throw failure;
                }
            }
        }
    }

    /** The failure matters more than what goes wrong in here. */
    private void rollBackAfter(MigrationException failure) {
        try {
            sender.send(new QueryMessage().own("ROLLBACK"), QuerySender.IGNORE_ROWS);
        } catch (StatementFailedException | MigrationException.Refused e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public Optional<HistoryEntry> newest() {
        return history.newest();
    }

    @Override
    public List<HistoryEntry> entries() {
        return history.entries();
    }

    @Override
    public Map<MigrationVersion, KeptScripts> scripts(Collection<MigrationVersion> versions) {
        return history.scripts(versions);
    }

    @Override
    public HistoryEntry execute(MigrationStep step) {
        watch.begin(lockTimeout(Objects.requireNonNull(step.script())));
        try {
            return new StepExecution(this, step).run();
        } finally {
            watch.end();
        }
    }

    /** The pauses before another attempt, if others hold locks that a script needs. */
    LockRetries retries() {
        return new LockRetries(settings.retry(), watch);
    }

    JdbcTemplate jdbc() {
        return jdbc;
    }

    void send(QueryMessage message, QuerySender.RowConsumer rows) {
        if (!message.isEmpty()) {
            sender.send(message, rows);
        }
    }

    /** Sends what there is of the open transaction, and asks whether a row of the history can be written in it. */
    boolean isReadOnlyAfter(QueryMessage message) {
        send(message, QuerySender.IGNORE_ROWS);
        return "on".equals(jdbc.queryForObject("SHOW transaction_read_only", String.class));
    }

    ScriptRunner runner(MigrationScript script, ScriptRunner.Transactions transactions) {
        return new ScriptRunner(sender, script, state.strings(), transactions);
    }

    /** The text that a run which did not finish was running; null if it was too long to keep. */
    @Nullable String startedScript(HistoryEntry unfinished) {
        return history.startedScript(unfinished);
    }

    /**
     * An error that only the driver sees does not keep the server from committing the rest of the message. What did it
     * commit?
     */
    @Nullable HistoryEntry committedAllTheSame(MigrationStep step, StatementFailedException e) {
        if (PostgresErrors.isOfServer(e.error()) || PostgresErrors.isConnectionBroken(e.error())) {
            return null;
        }
        send(new QueryMessage().own("ROLLBACK"), QuerySender.IGNORE_ROWS);
        HistoryEntry newest = newest().filter(entry ->
                        entry.event() == step.event() && entry.version().equals(step.version()))
                .filter(entry -> entry.fingerprint().equals(step.fingerprint()))
                .orElse(null);
        if (newest != null) {
            log.warn("{}: {}", step.scriptName(), PostgresErrors.message(e.error()));
        }
        return newest;
    }

    /** Statements of ours fail for want of a right; or, COMMIT, for what the script did. */
    boolean isOfHistory(StatementFailedException e) {
        return e.part().statement() == null
                && PostgresErrors.NO_RIGHT.equals(e.error().getSQLState());
    }

    /** Sets the limits and the search_path under which a script begins; it may change them as it likes. */
    List<String> limits(MigrationScript script) {
        Duration lockTimeout = lockTimeout(script);
        List<String> statements = new ArrayList<>();
        statements.add("SET lock_timeout = " + lockTimeout.toMillis());
        Duration statementTimeout = settings.limits().statement();
        if (!statementTimeout.isZero()) {
            statements.add("SET statement_timeout = " + statementTimeout.toMillis());
        }
        String schema = settings.schema();
        if (schema != null) {
            // SET, not set_config(): a query here would forbid the script to set its isolation level.
            String rest = state.searchPath();
            boolean isEmpty = rest.isBlank() || rest.equals("\"\"");
            statements.add("SET search_path = " + SqlQuote.identifier(schema) + (isEmpty ? "" : ", " + rest));
        }
        return statements;
    }

    private Duration lockTimeout(MigrationScript script) {
        return Objects.requireNonNullElse(
                script.options().lockTimeout(), settings.limits().lock());
    }

    /** Adds a row that says how many statements of the script are done. */
    void recordProgress(QueryMessage message, MigrationStep step, @Nullable MigrationScript running, int statements) {
        // Until the transaction ends; then the script is again whoever it made itself.
        message.own(
                "SET LOCAL SESSION AUTHORIZATION " + SqlQuote.identifier(state.user()),
                "SELECT set_config('role', " + SqlQuote.literal(state.role()) + ", true)");
        message.own(table.insertProgress(step, running, statements, settings.application(), host));
    }

    /**
     * Adds the steps' rows to the message, ends the transaction, and leaves the session as it was found.
     *
     * @param elapsed how long it took; null if the transaction at hand is all there was
     */
    List<HistoryEntry> commit(QueryMessage message, List<MigrationStep> steps, @Nullable Duration elapsed) {
        state.restoreUser().forEach(message::own);
        steps.forEach(step -> message.own(table.insert(step, elapsed, settings.application(), host)));
        message.own("COMMIT");
        int committed = message.parts().size();
        state.restoreSettings().forEach(message::own);
        SessionState.discard().forEach(message::own);
        List<HistoryEntry> entries = new ArrayList<>();
        try {
            sender.send(message, (part, rows) -> {
                if (PostgresHistory.isInserted(rows)) {
                    entries.add(PostgresHistory.inserted(
                            rows.get(0), steps.get(entries.size()), settings.application(), host));
                }
            });
        } catch (StatementFailedException e) {
            if (message.parts().indexOf(e.part()) < committed) {
                throw e;
            }
            connection.discard(e.error());
        }
        return entries;
    }

    /** Undoes what was set, and sets what this script is to begin with. */
    void restoreFor(QueryMessage message, MigrationScript script) {
        state.restoreSettings().forEach(message::own);
        limits(script).forEach(message::own);
    }

    /** How all scripts begin to be read. */
    SqlStrings strings() {
        return state.strings();
    }

    /** As whom all scripts begin. */
    String user() {
        return state.user();
    }

    /**
     * Rolls back, and records that and why. The failure matters more than what goes wrong in here.
     *
     * @param statements how many statements of the script stay done; null if none
     */
    void undo(MigrationStep step, Duration elapsed, MigrationException failure, @Nullable Integer statements) {
        String row = table.insertFailure(step, statements, elapsed, failure.problem(), settings.application(), host);
        try {
            rollBackAndRestore();
            sender.send(
                    new QueryMessage().own("BEGIN", "SET LOCAL lock_timeout = '10s'", row, "COMMIT"),
                    QuerySender.IGNORE_ROWS);
        } catch (StatementFailedException | MigrationException.Refused e) {
            failure.addSuppressed(e);
        }
    }

    /**
     * Rolls back what is open, and lets the other sessions see which statement that was for.
     *
     * @param furtherUndo what a rollback does not undo
     */
    void rollBackFor(ApplicationName statement, String... furtherUndo) {
        // A pause may follow, which is not to cost us the session and the lock. PostgreSQL 13 has no such limit.
        String mayBeIdle = "SELECT set_config(name, '0', false) FROM pg_settings WHERE name = 'idle_session_timeout'";
        sender.send(
                new QueryMessage().own("ROLLBACK", statement.set(), mayBeIdle).own(furtherUndo),
                QuerySender.IGNORE_ROWS);
    }

    /** Rolls back what is open, and leaves the session as it was found. */
    void rollBackAndRestore() {
        QueryMessage rollback = new QueryMessage().own("ROLLBACK");
        state.restoreSettings().forEach(rollback::own);
        SessionState.discard().forEach(rollback::own);
        sender.send(rollback, QuerySender.IGNORE_ROWS);
    }

    MigrationException failure(SQLException e) {
        return PostgresErrors.ofHistory(table, e);
    }

    @Override
    public List<HistoryEntry> record(List<MigrationStep> steps) {
        try {
            return commit(new QueryMessage().own("BEGIN"), steps, null);
        } catch (StatementFailedException e) {
            throw PostgresErrors.ofHistory(table, e.error());
        }
    }

    @Override
    public List<String> clean() {
        List<DatabaseCleaner.Found> found =
                new DatabaseCleaner(jdbc, Objects.requireNonNull(table.schema())).find(history);
        try {
            drop(found);
        } catch (StatementFailedException e) {
            MigrationException failure = new MigrationException.Refused(
                    "Nothing was dropped: " + PostgresErrors.message(e.error()),
                    "Drop by hand what stands in the way, or let the owner of the objects run clean.");
            rollBackAfter(failure);
            throw failure;
        }
        return found.stream().map(DatabaseCleaner.Found::toString).toList();
    }

    private void drop(List<DatabaseCleaner.Found> found) {
        QueryMessage message = new QueryMessage().own("BEGIN");
        for (DatabaseCleaner.Found object : found) {
            message.own(object.drop());
            if (message.isFull()) {
                sender.send(message, QuerySender.IGNORE_ROWS);
                message = new QueryMessage();
            }
        }
        sender.send(message.own("COMMIT"), QuerySender.IGNORE_ROWS);
    }

    @Override
    public void close() {
        try (connection;
                watch) {
            freeLock();
        }
    }

    void freeLock() {
        try {
            // The rollback is for what should not happen: a transaction that an unforeseen error has left open.
            sender.send(new QueryMessage().own("ROLLBACK", "SELECT pg_advisory_unlock_all()"), QuerySender.IGNORE_ROWS);
        } catch (StatementFailedException e) {
            log.debug("The lock went with its connection", e);
        } catch (MigrationException.Refused e) {
            // All that was to be done is done.
            log.warn("The lock could not be freed in the usual way. {}", e.getMessage());
        }
    }
}
