package io.mhras.migrations.postgresql.run;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationSession;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.postgresql.StructureReader;
import io.mhras.migrations.postgresql.history.HistoryErrors;
import io.mhras.migrations.postgresql.history.HistoryTable;
import io.mhras.migrations.postgresql.history.HistoryWriter;
import io.mhras.migrations.postgresql.history.PostgresCleaner;
import io.mhras.migrations.postgresql.lock.SessionWatch;
import io.mhras.migrations.postgresql.wire.BorrowedConnection;
import io.mhras.migrations.postgresql.wire.Notices;
import io.mhras.migrations.postgresql.wire.PostgresErrors;
import io.mhras.migrations.postgresql.wire.QueryMessage;
import io.mhras.migrations.postgresql.wire.QuerySender.StatementFailed;
import io.mhras.migrations.postgresql.wire.ServerSession;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection that holds the lock: scripts, history and lock share it. */
public final class PostgresSession implements MigrationSession {

    private static final Logger log = LoggerFactory.getLogger(PostgresSession.class);

    private static final int MAX_ATTEMPTS = 5;
    private static final Set<String> MADE_BY_ANOTHER = Set.of("23505", "42P06", "42P07");

    private final BorrowedConnection connection;
    private final ServerSession session;
    private final HistoryTable table;
    private final HistoryWriter history;
    private final SessionWatch watch;
    private final Notices notices;
    private final Observer observer;
    private final @Nullable StructureReader structures;

    /**
     * A session that has the lock.
     *
     * @param notices what the server reports in it
     * @param observer is to be told what scripts say
     * @param structures reads what the structure is; null if nobody watches it
     */
    public PostgresSession(
            ServerSession session,
            HistoryWriter history,
            HistoryTable table,
            SessionWatch watch,
            Notices notices,
            Observer observer,
            @Nullable StructureReader structures) {
        this.structures = structures;
        this.notices = notices;
        this.observer = observer;
        this.connection = session.connection();
        this.session = session;
        this.history = history;
        this.table = table;
        this.watch = watch;
    }

    /**
     * Makes the schema and the table where they are missing, and gives an older release's table the columns that it lacks.
     *
     * @param schemaWasNamed whether the history's schema is one that the user named
     */
    public void prepareHistory(boolean schemaWasNamed) {
        for (int attempt = 1; ; attempt++) {
            List<String> missing = table.missing(session.jdbc(), schemaWasNamed);
            if (missing.isEmpty()) {
                return;
            }
            QueryMessage message = new QueryMessage().own("BEGIN");
            missing.forEach(message::own);
            try {
                session.send(message.own("COMMIT"));
            } catch (StatementFailed e) {
                MigrationException failure = missing.equals(table.upgrade())
                        ? HistoryErrors.ofUpgrading(table, e.error())
                        : HistoryErrors.ofCreating(table, e.error());
                session.rollBackAfter(failure);
                // Our lock is this history's: a service with another table may be making the same schema.
                if (attempt == MAX_ATTEMPTS
                        || !MADE_BY_ANOTHER.contains(String.valueOf(e.error().getSQLState()))) {
                    throw failure;
                }
            }
        }
    }

    @Override
    public Optional<HistoryEntry> newest() {
        return history.history().newest();
    }

    @Override
    public List<HistoryEntry> entries() {
        return history.history().entries();
    }

    @Override
    public Map<MigrationVersion, KeptScripts> scripts(Collection<MigrationVersion> versions) {
        return history.history().scripts(versions);
    }

    @Override
    public HistoryEntry execute(MigrationStep step) {
        watch.begin(session.lockTimeout(Objects.requireNonNull(step.script())));
        notices.passTo(observer, step);
        try {
            return new StepExecution(session, history, watch, step).run();
        } finally {
            notices.stop();
            watch.end();
        }
    }

    @Override
    public List<HistoryEntry> record(List<MigrationStep> steps) {
        try {
            return history.commit(new QueryMessage().own("BEGIN"), steps, null);
        } catch (StatementFailed e) {
            throw history.failure(e.error());
        }
    }

    @Override
    public Optional<String> structure() {
        // No lambda: most runs have no reader, and need not load what it is.
        return structures == null ? Optional.empty() : Optional.of(structures.read(connection.connection()));
    }

    @Override
    public boolean isBlank() {
        return new PostgresCleaner(session.jdbc(), Objects.requireNonNull(table.schema())).findsNothingBut(table);
    }

    @Override
    public List<String> clean() {
        String schema = Objects.requireNonNull(table.schema());
        List<PostgresCleaner.Found> found = new PostgresCleaner(session.jdbc(), schema).find(history.history());
        try {
            PostgresCleaner.drop(found, session.sender());
        } catch (StatementFailed e) {
            MigrationException failure = new MigrationException.Refused(
                    "Nothing was dropped: " + PostgresErrors.message(e.error()),
                    "Drop by hand what stands in the way, or let the owner of the objects run clean.");
            session.rollBackAfter(failure);
            throw failure;
        }
        return found.stream().map(PostgresCleaner.Found::toString).toList();
    }

    @Override
    public void stop(Stop how) {
        watch.stop();
        if (how == Stop.CANCEL) {
            try {
                connection.cancel();
            } catch (SQLException e) {
                log.warn("The server could not be asked to cancel: {}", PostgresErrors.message(e));
            }
        }
    }

    @Override
    public void close() {
        try (connection;
                watch) {
            freeLock();
        }
    }

    public void freeLock() {
        try {
            // The rollback is for what should not happen: a transaction that an unforeseen error has left open.
            session.send(new QueryMessage().own("ROLLBACK", "SELECT pg_advisory_unlock_all()"));
        } catch (StatementFailed e) {
            log.debug("The lock went with its connection", e);
        } catch (MigrationException.Refused e) {
            // All that was to be done is done.
            log.warn("The lock could not be freed in the usual way. {}", e.getMessage());
        }
    }
}
