package io.mhras.migrations.postgresql;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.SourceLocation;
import io.mhras.migrations.postgresql.QuerySender.StatementFailedException;
import io.mhras.migrations.postgresql.ScriptRunner.Segments;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A script in as few transactions as the server allows: in one, or in parts, each recorded when it is done, so that a run
 * that was cut off goes on where it stopped.
 */
final class ScriptParts implements ScriptRunner.Transactions {

    private static final Logger log = LoggerFactory.getLogger(ScriptParts.class);

    // No transaction wanted; the procedure ends one itself; a new enum value wants its own to be over first.
    private static final Set<String> WANTS_NONE = Set.of("25001", "2D000");
    private static final String WANTS_ITS_OWN = "55P04";
    private static final Set<String> EXISTS_ALREADY = Set.of("42P07", "42710", "42P04");
    private static final Set<String> IS_GONE_ALREADY = Set.of("42704", "42P01", "3D000");

    private final PostgresSession session;
    private final MigrationStep step;
    private final MigrationScript script;
    private final Segments segments;

    /** How many of the script's statements are committed, and how many an earlier run had done. */
    private int done;

    private int doneBefore;

    /** What the newest row of progress says; -1 as long as there is none. */
    private int recorded = -1;

    /** Whether a statement outside of any transaction is done, and its row is not yet written. */
    private boolean unrecorded;

    /** Whether the script has said something of transactions that only read. */
    private boolean mayBeReadOnly;

    /** Whether the script's last transaction is over, and allowed no row. */
    private boolean lastWasReadOnly;

    /** Whether a row of progress of this run holds the script's text. */
    private boolean textIsKept;

    private boolean limitsAreSet;

    /** Whether the file was read to its end in this attempt, so that a part of it can be committed. */
    private boolean isUnchanged;

    /** Whether a statement runs that the server let end transactions itself: how much of it is committed, nobody knows. */
    private boolean mayHaveCommitted;

    /** Which statement an earlier run may have done without telling; 0 for none, or when this run has found out. */
    private int statementInDoubt;

    ScriptParts(PostgresSession session, MigrationStep step) {
        this.session = session;
        this.step = step;
        this.script = Objects.requireNonNull(step.script(), "A step to execute has a script");
        this.segments = new Segments(script);
    }

    /** How its strings are read at its beginning. */
    SqlStrings strings() {
        return session.strings();
    }

    /** Whether there are rows of progress, so that the script is no longer one transaction. */
    boolean areRecorded() {
        return recorded >= 0;
    }

    /** How many of the script's statements are committed. */
    int done() {
        return done;
    }

    /** Whether nobody can say, from the rows of progress, what is done: the next run has to be in doubt. */
    boolean areInDoubt() {
        return areRecorded() && (unrecorded || statementInDoubt > 0);
    }

    /** The same after an error; if only the driver saw it, nobody knows what the server did. */
    boolean areInDoubtAfter(StatementFailedException e) {
        return areInDoubt() || (areRecorded() && !PostgresErrors.isOfServer(e.error()));
    }

    /** Whether what is not recorded was rolled back with the failed statement, so that it can run again. */
    boolean canRunAgain() {
        return !unrecorded && !mayHaveCommitted;
    }

    /** What a rollback leaves of a script that runs again: what it has prepared. Of a done part that is still wanted. */
    String[] furtherUndo() {
        return done == 0 ? new String[] {"DEALLOCATE ALL"} : new String[0];
    }

    /** Goes back behind the last statement that is committed. */
    void runAgain() {
        segments.end();
        isUnchanged = false;
        // What the done part set in this session still holds.
        doneBefore = 0;
    }

    /** Goes on behind the last statement that an earlier run has recorded. */
    void goOn(HistoryEntry unfinished, int statements) {
        done = statements;
        doneBefore = done;
        recorded = done;
        statementInDoubt = unfinished.event() == Event.STARTED ? done + 1 : 0;
        String ran = session.startedScript(unfinished);
        if (ran == null
                && step.event() == Event.APPLIED
                && !unfinished.checksum().equals(step.migration().checksum())) {
            throw new InvalidMigration(
                    "an earlier run stopped after statement " + done
                            + ", and the file was changed since; it is too long to tell where.",
                    SourceLocation.of(script.location()),
                    "Put it back as it was.");
        }
        if (script.options().batch() != null || (ran != null && BatchedChange.isIn(ran))) {
            BatchedChange.refuseToMix(script, ran);
            return;
        }
        SqlStatement changed =
                ran == null ? null : new SqlComparison(ran, script.text(), session.strings()).firstDifference(done);
        if (changed != null) {
            throw new InvalidMigration(
                    "this statement has run already, in an earlier run that stopped after statement " + done
                            + ", and was changed since.",
                    new SourceLocation(script.location(), changed.line(), changed.column()),
                    "Put it back as it was. What comes after statement " + done + " may be changed.");
        }
        log.info("{} goes on after statement {}, where an earlier run stopped", script.name(), done);
    }

    /** What comes before the first statement of a run that goes on. */
    void setLimits() {
        QueryMessage limits = new QueryMessage();
        session.limits(script).forEach(limits::own);
        session.send(limits, QuerySender.IGNORE_ROWS);
        limitsAreSet = true;
    }

    /** The server is the authority: what it refuses in a transaction is rolled back with it, and then runs by itself. */
    boolean wantAnotherTransaction(StatementFailedException e) {
        int number = e.part().number();
        String state = String.valueOf(e.error().getSQLState());
        boolean want = script.options().transaction() != MigrationScript.Transaction.FILE
                && number > 0
                && !segments.inOwnTransaction()
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
    public SqlStatement.Transaction meaning(SqlStatement statement, int number) {
        return segments.meaning(statement, number);
    }

    /** Settings that the done part made in its session are made again in this one. */
    @Override
    public boolean isDone(SqlStatement statement, int number) {
        mayBeReadOnly = mayBeReadOnly || statement.mayForbidWriting();
        if (number <= doneBefore && statement.isSessionSetting()) {
            session.send(new QueryMessage().add(statement, number), QuerySender.IGNORE_ROWS);
        }
        return number <= done || segments.endsNothing(statement);
    }

    @Override
    public QueryMessage begin(@Nullable SqlStatement own, int number) {
        segments.begin(own);
        // What a transaction does is recorded in it.
        statementInDoubt = 0;
        QueryMessage message = own == null ? new QueryMessage().own(beginning()) : new QueryMessage().add(own, number);
        if (!limitsAreSet) {
            session.limits(script).forEach(message::own);
        }
        return message;
    }

    /** Only a script that forbids itself to write shall do so; what else does is to be heard of. */
    private String beginning() {
        return mayBeReadOnly ? "BEGIN READ WRITE" : "BEGIN";
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

    /** The script's last transaction, if the history's row can be written in it, or else another one. */
    QueryMessage writable(QueryMessage last) {
        if (!mayBeReadOnly) {
            return last;
        }
        lastWasReadOnly = session.isReadOnlyAfter(last);
        return lastWasReadOnly ? new QueryMessage().own("COMMIT", beginning()) : new QueryMessage();
    }

    /** Whether the script and the history's row are one transaction. */
    boolean areOneTransaction() {
        return !areRecorded() && !lastWasReadOnly;
    }

    /** The same for a message whose answer matters. */
    void commit(QueryMessage message, int number, QuerySender.RowConsumer rows) {
        record(message, number);
        commitWithoutRow(message, number, rows);
        isRecorded(number);
    }

    /** The same for a part that can run again. */
    void commitWithoutRow(QueryMessage message, int number, QuerySender.RowConsumer rows) {
        requireUnchanged();
        session.send(message.own("COMMIT"), rows);
        limitsAreSet = true;
        segments.end();
        done = number;
    }

    /** A long file is else known to be unchanged only at its end, which is too late for a part that is committed before. */
    private void requireUnchanged() {
        if (!isUnchanged) {
            script.requireUnchanged();
            isUnchanged = true;
        }
    }

    @Override
    public void end(QueryMessage message, int number) {
        requireUnchanged();
        session.send(message, QuerySender.IGNORE_ROWS);
        segments.end();
        unrecorded = true;
        commit(begin(null, 0), number);
    }

    @Override
    public void alone(SqlStatement statement, int number, ApplicationName name) {
        requireUnchanged();
        ConcurrentWork work = ConcurrentWork.of(script, statement, number);
        boolean inDoubt = number == statementInDoubt;
        if (!(inDoubt && work != null && work.isDone(session.jdbc()))) {
            // Read before: a rerun must be able to tell a cut-off statement from one that nobody has begun.
            QueryMessage before = new QueryMessage();
            if (!limitsAreSet) {
                session.limits(script).forEach(before::own);
            }
            boolean mustRecord = recorded != number - 1;
            if (mustRecord) {
                record(before.own(beginning()), number - 1);
                before.own("COMMIT");
            }
            waitForLocksWithoutLimit(before.own(name.set()), statement);
            session.send(before, QuerySender.IGNORE_ROWS);
            limitsAreSet = true;
            if (mustRecord) {
                isRecorded(number - 1);
            }
            // From here on the server's answer says whether it is done.
            statementInDoubt = 0;
            if (work == null) {
                send(statement, number, inDoubt);
            } else {
                work.run(session, () -> send(statement, number, inDoubt));
            }
        }
        unrecorded = true;
        QueryMessage after = new QueryMessage();
        record(after.own(beginning()), number);
        after.own("COMMIT");
        after.own(
                "SELECT set_config('lock_timeout', coalesce(nullif(current_setting('mhras.lock_timeout', true), ''),"
                        + " current_setting('lock_timeout')), false)",
                "SET mhras.lock_timeout = ''");
        session.send(after, QuerySender.IGNORE_ROWS);
        isRecorded(number);
        done = number;
    }

    @Override
    public @Nullable QueryMessage connect(SqlStatement command, int number, @Nullable QueryMessage open) {
        PsqlConnect connect = new PsqlConnect(new ScriptPlace(script, command, 0));
        if (segments.inOwnTransaction()) {
            throw connect.losesTransaction();
        }
        boolean isFollowedAlready = number >= doneBefore && number < done;
        if (!isFollowedAlready) {
            connect.in(session, open);
        }
        return open;
    }

    /** With a lock_timeout a concurrent build leaves an invalid index behind. It blocks nobody while it waits. */
    private static void waitForLocksWithoutLimit(QueryMessage message, SqlStatement statement) {
        if (statement.leading(Integer.MAX_VALUE).contains("CONCURRENTLY")) {
            message.own(
                    // What an attempt before this one has kept is the script's; since then there is no limit.
                    "SELECT set_config('mhras.lock_timeout', coalesce(nullif(current_setting('mhras.lock_timeout', true),"
                            + " ''), current_setting('lock_timeout')), false)",
                    "SET lock_timeout = 0");
        }
    }

    private void send(SqlStatement statement, int number, boolean inDoubt) {
        mayHaveCommitted = segments.runsAlone(number);
        try {
            session.send(new QueryMessage().add(statement, number), QuerySender.IGNORE_ROWS);
            mayHaveCommitted = false;
        } catch (StatementFailedException e) {
            if (!inDoubt || !isDoneAlready(statement, String.valueOf(e.error().getSQLState()))) {
                throw e;
            }
            log.warn(
                    "{}: statement {} was cut off in an earlier run, and has done its work: {}",
                    script.name(),
                    number,
                    PostgresErrors.message(e.error()));
        }
    }

    private static boolean isDoneAlready(SqlStatement statement, String state) {
        return (statement.startsWith("create") && EXISTS_ALREADY.contains(state))
                || (statement.startsWith("drop") && IS_GONE_ALREADY.contains(state));
    }

    /** Adds a row of progress, whoever the script has made of us. */
    private void record(QueryMessage message, int number) {
        session.recordProgress(message, step, textIsKept ? null : script, number);
    }

    /** Only now: a row that was rolled back with its transaction has kept nothing. */
    private void isRecorded(int number) {
        recorded = number;
        unrecorded = false;
        statementInDoubt = 0;
        textIsKept = true;
    }

    @Override
    public QuerySender.RowConsumer rows() {
        return QuerySender.IGNORE_ROWS;
    }
}
