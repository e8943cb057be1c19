package io.mhras.migrations.postgresql.run;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.postgresql.history.HistoryWriter;
import io.mhras.migrations.postgresql.lock.SessionWatch;
import io.mhras.migrations.postgresql.sql.SqlLexer;
import io.mhras.migrations.postgresql.sql.SqlStatement;
import io.mhras.migrations.postgresql.wire.ApplicationName;
import io.mhras.migrations.postgresql.wire.PostgresErrors;
import io.mhras.migrations.postgresql.wire.QueryMessage;
import io.mhras.migrations.postgresql.wire.QuerySender;
import io.mhras.migrations.postgresql.wire.QuerySender.StatementFailed;
import io.mhras.migrations.postgresql.wire.ServerSession;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A script in as few transactions as the server allows: in one, or in parts, each recorded when it is done, so that a run
 * that was cut off goes on where it stopped. One for each attempt to run it.
 */
public final class ScriptTransactions implements ScriptRunner.Transactions {

    private static final Logger log = LoggerFactory.getLogger(ScriptTransactions.class);

    // Not allowed in a transaction; the procedure ends one itself; a new enum value can be used only after its commit.
    private static final Set<String> WANTS_NONE = Set.of(PostgresErrors.NOT_IN_TRANSACTION, "2D000");
    private static final String WANTS_ITS_OWN = "55P04";

    private final ServerSession session;
    private final SessionWatch watch;
    private final HistoryWriter history;
    private final MigrationStep step;
    private final MigrationScript script;
    private final Segments segments;

    /** What an earlier run had recorded. */
    private final Progress before;

    /** How many statements were done in another session; what they have set for a session is set again in this one. */
    private final int doneElsewhere;

    private Progress progress;
    private ScriptPart part = ScriptPart.NONE;

    /** Whether the script may have set its transactions to read-only. */
    private boolean mayBeReadOnly;

    /** Whether the file was read to its end in this attempt, so that a part of it can be committed. */
    private boolean isUnchanged;

    /**
     * The first attempt of a run.
     *
     * @param before how far an earlier run came
     */
    ScriptTransactions(
            ServerSession session, SessionWatch watch, HistoryWriter history, MigrationStep step, Progress before) {
        this.session = session;
        this.watch = watch;
        this.history = history;
        this.step = step;
        this.script = Objects.requireNonNull(step.script(), "A step to execute has a script");
        this.segments = new Segments(script);
        this.before = before;
        this.doneElsewhere = before.done();
        this.progress = before;
    }

    private ScriptTransactions(ScriptTransactions last) {
        this.session = last.session;
        this.watch = last.watch;
        this.history = last.history;
        this.step = last.step;
        this.script = last.script;
        this.segments = last.segments;
        this.before = last.before;
        this.doneElsewhere = 0;
        this.progress = last.progress;
    }

    /** Another attempt: resumes after the last statement that is committed. */
    ScriptTransactions again() {
        return new ScriptTransactions(this);
    }

    /** How its strings are read at its beginning. */
    SqlLexer.Strings strings() {
        return session.strings();
    }

    Progress progress() {
        return progress;
    }

    /** Whether the rows of progress do not tell what is done, so that the next run is in doubt. */
    boolean areInDoubt() {
        return progress.isRecorded() && (part == ScriptPart.UNRECORDED || progress.inDoubt() > 0);
    }

    /** The same after an error; if only the driver saw it, it is unknown what the server did. */
    boolean areInDoubtAfter(StatementFailed e) {
        return areInDoubt() || (progress.isRecorded() && !PostgresErrors.isOfServer(e.error()));
    }

    /** Whether a statement runs outside of any transaction, so that no rollback undoes it. */
    boolean isAlone() {
        return part == ScriptPart.ALONE || part == ScriptPart.COMMITTING;
    }

    /** Whether what is not recorded was rolled back with the failed statement, so that it can run again. */
    boolean canRunAgain() {
        return part.canRunAgain();
    }

    /**
     * What a rollback does not undo of a script that runs again: its prepared statements. Those of a done part are still
     * needed.
     */
    String[] furtherUndo() {
        return progress.done() == 0 ? new String[] {"DEALLOCATE ALL"} : new String[0];
    }

    /** What comes before the first statement of a run that goes on. */
    void setLimits() {
        QueryMessage limits = new QueryMessage();
        session.initialSettings(script).forEach(limits::own);
        session.send(limits);
    }

    /** Pauses follow, which are not to cost us the session. */
    void mayBeIdle() {
        session.send(new QueryMessage().own(ServerSession.MAY_BE_IDLE));
    }

    /** The server is the authority: what it refuses in a transaction is rolled back with it, and then runs by itself. */
    boolean wantAnotherTransaction(StatementFailed e) {
        int number = e.part().number();
        String state = String.valueOf(e.error().getSQLState());
        boolean want = script.options().transaction() != MigrationScript.Transaction.FILE
                && number > 0
                && !part.isOwnTransaction()
                && !PostgresErrors.isRefusedInFunction(e.error())
                && ((WANTS_NONE.contains(state) && segments.runAlone(number))
                        || (WANTS_ITS_OWN.equals(state) && segments.runApart(number)));
        if (want) {
            log.info(
                    "{}: statement {} cannot run in a transaction with those before it ({}). They are rolled back, and run"
                            + " again, it by itself.",
                    script.name(),
                    number,
                    PostgresErrors.message(e.error()));
        }
        return want;
    }

    @Override
    public boolean isPassedOver(SqlStatement statement, int number) {
        return number <= progress.done() || Segments.endsNothing(statement, part.isOwnTransaction());
    }

    @Override
    public void passOver(SqlStatement statement, int number) {
        mayBeReadOnly |= statement.mayForbidWriting();
        if (number <= doneElsewhere && statement.isSessionSetting()) {
            session.send(new QueryMessage().add(statement, number));
        }
    }

    @Override
    public SqlStatement.Transaction take(SqlStatement statement, int number) {
        mayBeReadOnly |= statement.mayForbidWriting();
        return segments.meaning(statement, number, part.isOwnTransaction());
    }

    @Override
    public QueryMessage begin(@Nullable SqlStatement own, int number) {
        requireGoing();
        part = own == null ? ScriptPart.TRANSACTION : ScriptPart.OWN_TRANSACTION;
        // What a transaction does is recorded in it.
        progress = progress.withoutDoubt();
        QueryMessage message = own == null ? new QueryMessage().own(beginning()) : new QueryMessage().add(own, number);
        addLimits(message);
        return message;
    }

    /** A part that is begun is finished; when it is committed, the next run can go on there. */
    private void requireGoing() {
        if (watch.isStopping() && progress.hasCommitted()) {
            throw new MigrationException.TimedOut(
                    script.name() + " was stopped between two of its parts; what is done stays.",
                    "Start again: it goes on there.");
        }
    }

    /** Waits between two parts. */
    void pause(Duration pause) {
        try {
            if (!watch.sleep(pause.toMillis())) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new MigrationException.TimedOut(
                script.name() + " was interrupted between two batches; what is done stays.",
                "Start again: it goes on there.");
    }

    /** Only the script itself may make its transactions read-only; any other cause must surface as an error. */
    private String beginning() {
        return mayBeReadOnly ? "BEGIN READ WRITE" : "BEGIN";
    }

    /** The first transaction sets the limits, and leaves them set if it is committed. */
    private void addLimits(QueryMessage message) {
        if (!progress.hasCommitted()) {
            session.initialSettings(script).forEach(message::own);
        }
    }

    @Override
    public void commit(QueryMessage message, int number) {
        if (!mayBeReadOnly) {
            commit(message, number, QuerySender.IGNORE_ROWS);
        } else if (session.isReadOnlyAfter(message)) {
            end(new QueryMessage().own("COMMIT"), number);
        } else {
            commit(new QueryMessage(), number, QuerySender.IGNORE_ROWS);
        }
    }

    /**
     * How a script ends.
     *
     * @param message what is not yet sent of the transaction in which the history's row can be written
     * @param isOneTransaction whether that is the only one
     */
    record Ending(QueryMessage message, boolean isOneTransaction) {}

    /** The script's last transaction, if the history's row can be written in it, or else another one. */
    Ending ending(QueryMessage last) {
        if (!mayBeReadOnly) {
            return new Ending(last, !progress.isRecorded());
        }
        return session.isReadOnlyAfter(last)
                ? new Ending(new QueryMessage().own("COMMIT", beginning()), false)
                : new Ending(new QueryMessage(), !progress.isRecorded());
    }

    /** The same for a message whose answer matters. */
    void commit(QueryMessage message, int number, QuerySender.RowConsumer rows) {
        record(message, number);
        commitWithoutRow(message, number, rows);
        progress = progress.recorded(number);
    }

    /** The same for a part that can run again. */
    void commitWithoutRow(QueryMessage message, int number, QuerySender.RowConsumer rows) {
        requireUnchanged();
        session.send(message.own("COMMIT"), rows);
        part = ScriptPart.NONE;
        progress = progress.committed(number);
    }

    /**
     * Otherwise a long file is known to be unchanged only at its end, which is too late for a part that is committed
     * before.
     */
    private void requireUnchanged() {
        if (!isUnchanged) {
            script.requireUnchanged();
            isUnchanged = true;
        }
    }

    @Override
    public void end(QueryMessage message, int number) {
        requireUnchanged();
        session.send(message);
        part = ScriptPart.UNRECORDED;
        QueryMessage row = new QueryMessage().own(beginning());
        addLimits(row);
        commit(row, number, QuerySender.IGNORE_ROWS);
    }

    @Override
    public void alone(SqlStatement statement, int number, ApplicationName name) {
        requireGoing();
        requireUnchanged();
        StandaloneStatement alone = new StandaloneStatement(
                session, new StatementPlace(script, statement, number), progress.inDoubt() == number);
        if (!alone.isDone()) {
            recordBefore(alone, number, name);
            part = segments.runsAlone(number) ? ScriptPart.COMMITTING : ScriptPart.ALONE;
            alone.run();
        }
        part = ScriptPart.UNRECORDED;
        QueryMessage after = new QueryMessage().own(beginning());
        record(after, number);
        session.send(after.own("COMMIT").own(StandaloneStatement.RESTORE_LIMIT));
        part = ScriptPart.NONE;
        progress = progress.recorded(number);
    }

    /** A rerun must be able to tell a cut-off statement from one that was never begun. */
    private void recordBefore(StandaloneStatement alone, int number, ApplicationName name) {
        QueryMessage message = new QueryMessage();
        addLimits(message);
        boolean mustRecord = progress.recorded() != number - 1;
        if (mustRecord) {
            record(message.own(beginning()), number - 1);
            message.own("COMMIT");
        }
        session.send(message.own(name.set()).own(alone.lift()));
        // From here on the server's answer says whether it is done.
        progress = mustRecord ? progress.recorded(number - 1) : progress.withoutDoubt();
    }

    @Override
    public @Nullable QueryMessage connect(SqlStatement command, int number, @Nullable QueryMessage open) {
        PsqlConnect connect = new PsqlConnect(new StatementPlace(script, command, 0));
        if (part.isOwnTransaction()) {
            throw connect.losesTransaction();
        }
        boolean isFollowedAlready = number >= doneElsewhere && number < progress.done();
        if (!isFollowedAlready) {
            connect.in(session, open);
        }
        return open;
    }

    /** Adds a row of progress; the first of a run holds the script's text. */
    private void record(QueryMessage message, int number) {
        boolean textIsKept = progress.recorded() > before.recorded();
        history.recordProgress(message, step, textIsKept ? null : script, number);
    }

    @Override
    public QuerySender.RowConsumer rows() {
        return QuerySender.IGNORE_ROWS;
    }
}
