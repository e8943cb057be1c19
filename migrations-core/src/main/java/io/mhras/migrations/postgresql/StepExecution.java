package io.mhras.migrations.postgresql;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationException.ScriptFailed;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.SourceLocation;
import io.mhras.migrations.postgresql.QuerySender.StatementFailedException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One step at work: its script in as few transactions as the server allows, its check, and its row in the history.
 *
 * <p>A script that fits into a transaction is one. Of any other each part is recorded when it is done, so that a run that
 * was cut off goes on where it stopped.
 */
final class StepExecution implements ScriptRunner.Transactions {

    private static final Logger log = LoggerFactory.getLogger(StepExecution.class);

    // No transaction wanted; the procedure ends one itself; a new enum value wants its own to be over first.
    private static final Set<String> WANTS_ANOTHER_TRANSACTION = Set.of("25001", "2D000", "55P04");
    private static final Set<String> ALREADY_AS_WANTED = Set.of("42P07", "42710", "42P04", "42704", "42P01", "3D000");

    private final PostgresSession session;
    private final MigrationStep step;
    private final MigrationScript script;
    private final long started = System.nanoTime();
    private final Set<Integer> alone = new HashSet<>();

    /** The script, or its check. */
    private MigrationScript running;

    /** How many of the script's statements are committed, and how many an earlier run had done. */
    private int done;

    private int doneBefore;

    /** What the newest row of progress says; -1 as long as there is none. */
    private int recorded = -1;

    /** Whether the transaction at hand is one that the script began itself: what stands in it is its own affair. */
    private boolean inOwnTransaction;

    private boolean limitsAreSet;
    private boolean firstIsInDoubt;

    StepExecution(PostgresSession session, MigrationStep step) {
        this.session = session;
        this.step = step;
        this.script = Objects.requireNonNull(step.script(), "A step to execute has a script");
        this.running = script;
    }

    HistoryEntry run() {
        try {
            goOnAfterAnEarlierRun();
            while (true) {
                try {
                    return attempt();
                } catch (StatementFailedException e) {
                    if (!wantsAnotherTransaction(e)) {
                        throw e;
                    }
                    session.send(new QueryMessage().own("ROLLBACK"), QuerySender.IGNORE_ROWS);
                    running = script;
                }
            }
        } catch (StatementFailedException e) {
            HistoryEntry committed = session.committedAllTheSame(step, e);
            if (committed != null) {
                return committed;
            }
            MigrationException failure = session.isOfHistory(e)
                    ? session.historyFailure(e)
                    : ScriptError.of(running, e, running.equals(script) && recorded >= 0 ? done : -1);
            undo(failure);
            throw failure;
        } catch (MigrationException e) {
            undo(e);
            throw e;
        }
    }

    private HistoryEntry attempt() {
        QueryMessage message = session.runner(script, this).run();
        MigrationScript verify = step.verify();
        if (verify != null) {
            session.restoreForCheck(message, verify);
            session.send(message, QuerySender.IGNORE_ROWS);
            running = verify;
            VerifyCheck check = new VerifyCheck(verify);
            session.send(session.runner(verify, check).run(), check);
            running = script;
            message = new QueryMessage();
        }
        return session.commit(message, List.of(step), recorded < 0 ? null : elapsed())
                .get(0);
    }

    /** The server is the authority: what it refuses in a transaction is rolled back with it, and then runs by itself. */
    private boolean wantsAnotherTransaction(StatementFailedException e) {
        int number = e.part().number();
        boolean wants = script.options().transaction() == MigrationScript.Transaction.AUTO
                && running.equals(script)
                && WANTS_ANOTHER_TRANSACTION.contains(String.valueOf(e.error().getSQLState()))
                && number > 0
                && !inOwnTransaction
                && alone.add(number);
        if (wants) {
            log.info(
                    "{}: statement {} cannot run in a transaction with those before it ({}). They are rolled back, and run"
                            + " again, it by itself.",
                    script.name(),
                    number,
                    PostgresErrors.message(e.error()));
        }
        return wants;
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    private void goOnAfterAnEarlierRun() {
        HistoryEntry unfinished = step.unfinished();
        if (unfinished == null || unfinished.statement() == null) {
            return;
        }
        done = unfinished.statement();
        doneBefore = done;
        recorded = done;
        firstIsInDoubt = unfinished.event() == Event.STARTED;
        String ran = session.startedScript(unfinished);
        SqlStatement changed = ran == null ? null : new SqlComparison(ran, script.text()).firstDifference(done);
        if (changed != null) {
            throw new InvalidMigration(
                    "this statement has run already, in an earlier run that stopped after statement " + done
                            + ", and was changed since.",
                    new SourceLocation(script.location(), changed.line(), changed.column()),
                    "Put it back as it was. What comes after statement " + done + " may be changed.");
        }
        log.info("{} goes on after statement {}, where an earlier run stopped", script.name(), done);
    }

    @Override
    public SqlStatement.Transaction meaning(SqlStatement statement, int number) {
        if (statement.kind() == SqlStatement.Kind.COPY_FROM_STDIN) {
            return SqlStatement.Transaction.ANY;
        }
        SqlStatement.Transaction meaning = statement.transaction();
        boolean plain = meaning == SqlStatement.Transaction.ANY;
        return switch (script.options().transaction()) {
            case AUTO -> alone.contains(number) ? SqlStatement.Transaction.ALONE : unlessOwn(meaning);
            case NONE -> unlessOwn(plain ? SqlStatement.Transaction.ALONE : meaning);
            case FILE -> {
                if (!plain && meaning != SqlStatement.Transaction.ALONE) {
                    throw VerifyCheck.splitsTransaction(script, statement);
                }
                yield SqlStatement.Transaction.ANY;
            }
        };
    }

    private SqlStatement.Transaction unlessOwn(SqlStatement.Transaction meaning) {
        return inOwnTransaction && meaning == SqlStatement.Transaction.ALONE ? SqlStatement.Transaction.ANY : meaning;
    }

    /** Settings that the done part made in its session are made again in this one. */
    @Override
    public boolean isDone(SqlStatement statement, int number) {
        if (number <= doneBefore && statement.isSessionSetting()) {
            session.send(new QueryMessage().add(statement, number), QuerySender.IGNORE_ROWS);
        }
        return number <= done;
    }

    @Override
    public QueryMessage begin(@Nullable SqlStatement own) {
        inOwnTransaction = own != null;
        QueryMessage message = own == null ? new QueryMessage().own("BEGIN") : new QueryMessage().add(own, 0);
        if (!limitsAreSet) {
            session.limits(script).forEach(message::own);
        }
        return message;
    }

    @Override
    public void commit(QueryMessage message, int number) {
        record(message, number);
        session.send(message.own("COMMIT"), QuerySender.IGNORE_ROWS);
        limitsAreSet = true;
        inOwnTransaction = false;
        done = number;
    }

    @Override
    public void end(QueryMessage message, int number) {
        session.send(message, QuerySender.IGNORE_ROWS);
        inOwnTransaction = false;
        commit(new QueryMessage().own("BEGIN"), number);
    }

    @Override
    public void alone(SqlStatement statement, int number) {
        ConcurrentIndex index = ConcurrentIndex.of(statement);
        boolean inDoubt = firstIsInDoubt;
        firstIsInDoubt = false;
        if (!(inDoubt && index != null && index.isValid(session.jdbc()))) {
            // Read before: a rerun must be able to tell a cut-off statement from one that nobody has begun.
            QueryMessage before = new QueryMessage();
            if (!limitsAreSet) {
                session.limits(script).forEach(before::own);
                limitsAreSet = true;
            }
            if (recorded != number - 1) {
                record(before, number - 1);
            }
            waitForLocksWithoutLimit(before, statement);
            session.send(before, QuerySender.IGNORE_ROWS);
            send(statement, number, index, inDoubt);
        }
        QueryMessage after = new QueryMessage();
        record(after, number);
        after.own("SELECT set_config('lock_timeout', coalesce(nullif(current_setting('mhras.lock_timeout', true), ''),"
                + " current_setting('lock_timeout')), false)");
        session.send(after, QuerySender.IGNORE_ROWS);
        done = number;
    }

    /** With a lock_timeout a concurrent build leaves an invalid index behind. It blocks nobody while it waits. */
    private static void waitForLocksWithoutLimit(QueryMessage message, SqlStatement statement) {
        if (statement.leading(12).contains("CONCURRENTLY")) {
            message.own(
                    "SELECT set_config('mhras.lock_timeout', current_setting('lock_timeout'), false)",
                    "SET lock_timeout = 0");
        }
    }

    private void send(SqlStatement statement, int number, @Nullable ConcurrentIndex index, boolean inDoubt) {
        if (index != null) {
            index.dropInvalid(session.jdbc())
                    .forEach(drop -> session.send(new QueryMessage().own(drop), QuerySender.IGNORE_ROWS));
        }
        try {
            session.send(new QueryMessage().add(statement, number), QuerySender.IGNORE_ROWS);
        } catch (StatementFailedException e) {
            if (!inDoubt || !ALREADY_AS_WANTED.contains(String.valueOf(e.error().getSQLState()))) {
                throw e;
            }
            log.warn(
                    "{}: statement {} was cut off in an earlier run, and has done its work: {}",
                    script.name(),
                    number,
                    PostgresErrors.message(e.error()));
        }
        if (index != null && !index.isValid(session.jdbc())) {
            throw invalid(statement, index);
        }
    }

    private ScriptFailed invalid(SqlStatement statement, ConcurrentIndex index) {
        SqlPosition place = statement.commandPosition();
        SourceLocation location = new SourceLocation(script.location(), place.line(), place.column());
        return new ScriptFailed(
                script.name() + " failed at statement " + (done + 1) + ".\n  at " + location + "\n  The index "
                        + index.name() + " of " + index.table() + " is there, but it is not valid.",
                location,
                null,
                "Start again: the index is dropped and built anew.",
                null);
    }

    /** Adds a row of progress, whoever the script has made of us. */
    private void record(QueryMessage message, int number) {
        message.own("SELECT set_config('mhras.role', current_setting('role'), false)");
        session.recordProgress(message, step, number);
        message.own("SELECT set_config('role', current_setting('mhras.role'), false)");
        recorded = number;
    }

    @Override
    public QuerySender.RowConsumer rows() {
        return QuerySender.IGNORE_ROWS;
    }

    private void undo(MigrationException failure) {
        if (!(failure instanceof MigrationException.DatabaseUnavailable)) {
            session.undo(step, elapsed(), failure, recorded < 0 ? null : done);
        }
    }
}
