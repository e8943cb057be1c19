package io.mhras.migrations.postgresql.run;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.postgresql.history.HistoryWriter;
import io.mhras.migrations.postgresql.history.PostgresHistory;
import io.mhras.migrations.postgresql.lock.SessionWatch;
import io.mhras.migrations.postgresql.wire.BorrowedConnection;
import io.mhras.migrations.postgresql.wire.ServerSession;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What became of a step whose session is lost, or no longer to be trusted: asked of the server over another connection,
 * once the old session is gone.
 */
final class LostSession {

    private static final Logger log = LoggerFactory.getLogger(LostSession.class);
    private static final long PATIENCE_MS = 5_000;
    private static final long PAUSE_MS = 50;

    private final DataSource dataSource;
    private final ServerSession session;
    private final HistoryWriter writer;
    private final long lock;

    /** The session that was watched. */
    LostSession(SessionWatch watch, ServerSession session, HistoryWriter writer) {
        this.dataSource = watch.dataSource();
        this.session = session;
        this.writer = writer;
        this.lock = watch.lock();
    }

    /** What the server says about the step. */
    sealed interface Outcome {

        /** It is done and recorded. */
        record Committed(HistoryEntry entry) implements Outcome {}

        /**
         * The session has ended, and what was open in it is rolled back.
         *
         * @param statements how many of the script's statements the history has as done; null if it is one transaction
         */
        record RolledBack(@Nullable Integer statements) implements Outcome {}

        /** The server could not be asked. */
        record Unknown(String why) implements Outcome {}
    }

    /**
     * Ends the session, and asks.
     *
     * @param failureRow the row that records the failure, for this outcome; null for none
     */
    Outcome settle(MigrationStep step, Function<Outcome.RolledBack, @Nullable String> failureRow) {
        session.connection().abandon();
        CompletableFuture<Outcome> asked = new CompletableFuture<>();
        // The server may not answer, and a pool may have no connection to give: neither is to hold up the news.
        Thread thread = new Thread(() -> ask(step, failureRow, asked), "mhras-migrations-outcome");
        thread.setDaemon(true);
        thread.start();
        boolean wasInterrupted = Thread.interrupted();
        try {
            return asked.get(PATIENCE_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            wasInterrupted = true;
            return new Outcome.Unknown("the question was interrupted");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            return new Outcome.Unknown(
                    cause instanceof MigrationException failure
                            ? failure.problem()
                            : String.valueOf(cause == null ? e : cause.getMessage()));
        } catch (TimeoutException e) {
            return new Outcome.Unknown("it did not answer within " + PATIENCE_MS / 1_000 + " s");
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void ask(
            MigrationStep step,
            Function<Outcome.RolledBack, @Nullable String> failureRow,
            CompletableFuture<Outcome> asked) {
        try (BorrowedConnection connection = BorrowedConnection.from(dataSource)) {
            JdbcTemplate jdbc = connection.jdbc();
            boolean isLocked = takeLock(jdbc);
            try {
                asked.complete(read(step, connection, isLocked ? failureRow : none -> null));
            } finally {
                if (isLocked) {
                    jdbc.queryForObject("SELECT pg_advisory_unlock(?)", Boolean.class, lock);
                }
            }
        } catch (RuntimeException | Error e) {
            log.debug("The outcome of {} is not known", step, e);
            asked.completeExceptionally(e);
        }
    }

    /**
     * Waits until the old session is gone; returns whether this one has its lock now, and not another run's.
     *
     * <p>As long as it holds the lock it is ours, even behind a pooler, and is ended: its client is gone.
     */
    private boolean takeLock(JdbcTemplate jdbc) {
        String ours = """
                FROM pg_locks
                WHERE locktype = 'advisory' AND granted AND objsubid = 1 AND pid = ?
                  AND (classid::bigint << 32) | objid::bigint = ?""";
        int backend = session.found().backend();
        jdbc.queryForList("SELECT pg_terminate_backend(pid) " + ours, backend, lock);
        while (Boolean.TRUE.equals(
                jdbc.queryForObject("SELECT EXISTS (SELECT " + ours + ")", Boolean.class, backend, lock))) {
            try {
                Thread.sleep(PAUSE_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("the question was interrupted", e);
            }
        }
        return Boolean.TRUE.equals(jdbc.queryForObject("SELECT pg_try_advisory_lock(?)", Boolean.class, lock));
    }

    private Outcome read(
            MigrationStep step,
            BorrowedConnection connection,
            Function<Outcome.RolledBack, @Nullable String> failureRow) {
        Optional<HistoryEntry> newest = new PostgresHistory(connection.connection(), writer.table()).newest();
        HistoryEntry committed =
                newest.filter(entry -> writer.isOf(entry, step)).orElse(null);
        if (committed != null) {
            return new Outcome.Committed(committed);
        }
        Outcome.RolledBack rolledBack =
                new Outcome.RolledBack(newest.filter(entry -> entry.version().equals(step.version()))
                        .map(HistoryEntry::statement)
                        .orElse(null));
        String row = failureRow.apply(rolledBack);
        if (row != null) {
            connection.jdbc().execute(row);
        }
        return rolledBack;
    }
}
