package io.mhras.migrations.postgresql.run;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.SourceLocation;
import io.mhras.migrations.postgresql.history.HistoryWriter;
import io.mhras.migrations.postgresql.lock.LockRetries;
import io.mhras.migrations.postgresql.lock.SessionWatch;
import io.mhras.migrations.postgresql.wire.ApplicationName;
import io.mhras.migrations.postgresql.wire.PostgresErrors;
import io.mhras.migrations.postgresql.wire.QueryMessage;
import io.mhras.migrations.postgresql.wire.QuerySender.StatementFailed;
import io.mhras.migrations.postgresql.wire.ServerSession;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * One step at work: its script, its verification, and its row in the history; again, where others held the locks that it
 * needs.
 */
final class StepExecution {

    private static final Logger log = LoggerFactory.getLogger(StepExecution.class);

    private final ServerSession session;
    private final HistoryWriter history;
    private final SessionWatch watch;
    private final MigrationStep step;
    private final MigrationScript script;
    private final @Nullable BatchedChange batches;
    private final long started = System.nanoTime();

    /** The script, or the one that verifies it. */
    private MigrationScript running;

    /** The current attempt. */
    private ScriptTransactions parts;

    private @Nullable LockRetries retries;
    private int doneAtLastRetry = -1;

    StepExecution(ServerSession session, HistoryWriter history, SessionWatch watch, MigrationStep step) {
        this.history = history;
        this.watch = watch;
        this.session = session;
        this.step = step;
        this.script = Objects.requireNonNull(step.script(), "A step to execute has a script");
        this.parts = new ScriptTransactions(session, watch, history, step, Progress.of(step.unfinished()));
        this.batches = script.options().batch() == null ? null : new BatchedChange(script);
        this.running = script;
    }

    HistoryEntry run() {
        HistoryEntry unfinished = step.unfinished();
        if (unfinished != null && unfinished.statement() != null) {
            new EarlierRun(step, script, unfinished, unfinished.statement()).goOn(history.history(), session.strings());
        }
        try {
            if (parts.progress().isRecorded()) {
                parts.setLimits();
            }
            while (true) {
                try {
                    return attempt();
                } catch (StatementFailed e) {
                    makeReadyForAnotherAttempt(e);
                }
            }
        } catch (StatementFailed e) {
            if (PostgresErrors.isSessionLost(e.error())) {
                return settle(e, ScriptErrorReport.location(running, e), e.error());
            }
            HistoryEntry committed = committedAllTheSame(e);
            if (committed != null) {
                return committed;
            }
            throw failed(e);
        } catch (DataAccessException e) {
            SQLException error = PostgresErrors.sqlException(e);
            if (PostgresErrors.isSessionLost(error)) {
                return settle(e, SourceLocation.of(running.location()), error);
            }
            MigrationException failure = history.failure(error);
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
            // It may have come in the middle of an answer: from here on the connection would mistake one for another.
            return settle(e, SourceLocation.of(running.location()), null);
        }
    }

    /**
     * The session is lost; what became of the step is the server's to say.
     *
     * @param error what ended the session; null for an error of ours
     */
    private HistoryEntry settle(Throwable cause, SourceLocation location, @Nullable SQLException error) {
        boolean isInTransaction = parts.canRunAgain() && !parts.areInDoubt() && !parts.isAlone();
        LostSessionReport report = new LostSessionReport(running, script, location, error, cause);
        LostSession.Outcome outcome = new LostSession(watch, session, history)
                .settle(
                        step,
                        rolledBack -> isInTransaction
                                ? history.failureRow(
                                        step,
                                        elapsed(),
                                        report.of(rolledBack, parts).problem(),
                                        rolledBack.statements())
                                : null);
        if (outcome instanceof LostSession.Outcome.Committed committed) {
            log.warn("{} is applied, and its session was lost after that: {}", step.scriptName(), report.reason());
            return committed.entry();
        }
        throw report.of(outcome, parts);
    }

    private HistoryEntry attempt() {
        session.sender().begin(step, script, parts.progress().done());
        ScriptTransactions.Ending ending =
                parts.ending(batches == null ? runner(script, parts).run() : batches.run(parts));
        QueryMessage message = ending.message();
        MigrationScript verify = step.verify();
        if (verify != null) {
            session.restoreFor(message, verify);
            session.send(message);
            session.sender().begin(step, verify, 0);
            running = verify;
            Verification verification = new Verification(
                    verify,
                    parts.progress().isRecorded()
                            ? ScriptErrorReport.whatStays(
                                    script, parts.progress().done())
                            : "nothing of the migration was kept.");
            session.send(runner(verify, verification).run(), verification);
            running = script;
            message = new QueryMessage();
        }
        return history.commit(message, List.of(step), ending.isOneTransaction() ? null : elapsed())
                .get(0);
    }

    private ScriptRunner runner(MigrationScript which, ScriptRunner.Transactions transactions) {
        return new ScriptRunner(session.sender(), which, session.strings(), transactions);
    }

    /** @throws StatementFailed if another attempt would not help */
    private void makeReadyForAnotherAttempt(StatementFailed e) {
        boolean wantsAnotherTransaction = running.equals(script) && parts.wantAnotherTransaction(e);
        if (!wantsAnotherTransaction && !(PostgresErrors.isLockTaken(e.error()) && parts.canRunAgain())) {
            throw e;
        }
        session.rollBackFor(ApplicationName.of(e.part().number(), null, running), parts.furtherUndo());
        if (!wantsAnotherTransaction) {
            if (retries == null || parts.progress().done() > doneAtLastRetry) {
                doneAtLastRetry = parts.progress().done();
                retries = watch.retries();
            }
            if (!retries.pause(running.name(), e)) {
                throw e;
            }
        }
        running = script;
        parts = parts.again();
    }

    private MigrationException failed(StatementFailed e) {
        boolean stays = running.equals(script) && parts.progress().isRecorded();
        int done = stays ? parts.progress().done() : -1;
        MigrationException failure = isOfHistory(e)
                ? history.failure(e.error())
                : LostHistory.isReasonFor(e)
                        ? ScriptErrorReport.of(
                                new LostHistory(history.table(), running, session.strings()), running, e, done)
                        : ScriptErrorReport.of(running, e, done, circumstances(e));
        if (parts.areInDoubtAfter(e)) {
            restoreAfter(failure);
        } else {
            undo(failure);
        }
        return failure;
    }

    /**
     * An error that only the driver sees does not keep the server from committing the rest of the message. What did it
     * commit?
     */
    private @Nullable HistoryEntry committedAllTheSame(StatementFailed e) {
        if (PostgresErrors.isOfServer(e.error())) {
            return null;
        }
        session.send(new QueryMessage().own("ROLLBACK"));
        HistoryEntry newest = history.history()
                .newest()
                .filter(entry -> history.isOf(entry, step))
                .orElse(null);
        if (newest != null) {
            log.warn("{}: {}", step.scriptName(), PostgresErrors.message(e.error()));
        }
        return newest;
    }

    /** Statements of ours fail for lack of a privilege; or, COMMIT, because of what the script did. */
    private static boolean isOfHistory(StatementFailed e) {
        return e.part().statement() == null
                && PostgresErrors.NO_RIGHT.equals(e.error().getSQLState());
    }

    private String circumstances(StatementFailed e) {
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

    private void restoreAfter(MigrationException failure) {
        try {
            session.rollBackAndRestore();
        } catch (StatementFailed | MigrationException.Refused e) {
            failure.addSuppressed(e);
        }
    }

    private void undo(MigrationException failure) {
        if (!(failure instanceof MigrationException.DatabaseUnavailable)) {
            history.undo(
                    step,
                    elapsed(),
                    failure,
                    parts.progress().isRecorded() ? parts.progress().done() : null);
        }
    }
}
