package io.mhras.migrations.postgresql;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.postgresql.QuerySender.StatementFailedException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/** One step at work: its script, its check, and its row in the history; again, where others held what it needs. */
final class StepExecution {

    private final PostgresSession session;
    private final MigrationStep step;
    private final MigrationScript script;
    private final ScriptParts parts;
    private final @Nullable BatchedChange batches;
    private final long started = System.nanoTime();

    /** The script, or its check. */
    private MigrationScript running;

    private @Nullable LockRetries retries;
    private int doneAtLastRetry = -1;

    StepExecution(PostgresSession session, MigrationStep step) {
        this.session = session;
        this.step = step;
        this.script = Objects.requireNonNull(step.script(), "A step to execute has a script");
        this.parts = new ScriptParts(session, step);
        this.batches = script.options().batch() == null ? null : new BatchedChange(script, parts);
        this.running = script;
    }

    HistoryEntry run() {
        HistoryEntry unfinished = step.unfinished();
        if (unfinished != null && unfinished.statement() != null) {
            parts.goOn(unfinished, unfinished.statement());
        }
        try {
            if (parts.areRecorded()) {
                parts.setLimits();
            }
            while (true) {
                try {
                    return attempt();
                } catch (StatementFailedException e) {
                    makeReadyForAnotherAttempt(e);
                }
            }
        } catch (StatementFailedException e) {
            HistoryEntry committed = session.committedAllTheSame(step, e);
            if (committed != null) {
                return committed;
            }
            throw failed(e);
        } catch (DataAccessException e) {
            MigrationException failure = session.failure(PostgresErrors.sqlException(e));
            restoreAfter(failure);
            throw failure;
        } catch (MigrationException e) {
            if (parts.areInDoubt()) {
                restoreAfter(e);
            } else {
                undo(e);
            }
            throw e;
        } catch (RuntimeException | Error e) {
            restoreAfter(e);
            throw e;
        }
    }

    private HistoryEntry attempt() {
        QueryMessage message =
                batches == null ? parts.writable(session.runner(script, parts).run()) : batches.run();
        MigrationScript verify = step.verify();
        if (verify != null) {
            session.restoreFor(message, verify);
            session.send(message, QuerySender.IGNORE_ROWS);
            running = verify;
            VerifyCheck check = new VerifyCheck(
                    verify,
                    parts.areRecorded()
                            ? ScriptError.whatStays(script, parts.done())
                            : "nothing of the migration was kept.");
            session.send(session.runner(verify, check).run(), check);
            running = script;
            message = new QueryMessage();
        }
        return session.commit(message, List.of(step), parts.areOneTransaction() ? null : elapsed())
                .get(0);
    }

    /** @throws StatementFailedException if another attempt would do no better */
    private void makeReadyForAnotherAttempt(StatementFailedException e) {
        boolean wantsAnotherTransaction = running.equals(script) && parts.wantAnotherTransaction(e);
        if (!wantsAnotherTransaction && !(PostgresErrors.isLockTaken(e.error()) && parts.canRunAgain())) {
            throw e;
        }
        session.rollBackFor(ApplicationName.of(e.part().number(), null, running), parts.furtherUndo());
        if (!wantsAnotherTransaction) {
            if (retries == null || parts.done() > doneAtLastRetry) {
                doneAtLastRetry = parts.done();
                retries = session.retries();
            }
            if (!retries.pause(running.name(), e)) {
                throw e;
            }
        }
        running = script;
        parts.runAgain();
    }

    private MigrationException failed(StatementFailedException e) {
        boolean stays = running.equals(script) && parts.areRecorded();
        MigrationException failure = session.isOfHistory(e)
                ? session.failure(e.error())
                : ScriptError.of(running, e, stays ? parts.done() : -1, circumstances(e));
        if (parts.areInDoubtAfter(e)) {
            restoreAfter(failure);
        } else {
            undo(failure);
        }
        return failure;
    }

    private String circumstances(StatementFailedException e) {
        if (retries != null && PostgresErrors.isLockTaken(e.error())) {
            return retries.toString();
        }
        return parts.canRunAgain()
                ? ""
                : "The statement ends transactions itself: what it has committed stays, and it will run again.";
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    private void restoreAfter(Throwable failure) {
        try {
            session.rollBackAndRestore();
        } catch (StatementFailedException | MigrationException.Refused e) {
            failure.addSuppressed(e);
        }
    }

    private void undo(MigrationException failure) {
        if (!(failure instanceof MigrationException.DatabaseUnavailable)) {
            session.undo(step, elapsed(), failure, parts.areRecorded() ? parts.done() : null);
        }
    }
}
