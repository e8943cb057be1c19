package io.mhras.migrations.postgresql;

import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.SourceLocation;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Is told of each statement that scripts run, before it and after it, and may query the session that runs it: what it has
 * locked, what it has made.
 *
 * <p>For tests and rehearsals, not for a start on a live database: each statement is sent by itself, and a script takes
 * longer. What runs is the same, in the same transactions, with two exceptions: a query sets the transaction's snapshot, so
 * that {@code SET TRANSACTION} has to come before all other statements; and an exception that this throws ends the run, which
 * then says what the server has committed.
 *
 * <p>It is not told of statements that only steer the transaction or the session ({@code BEGIN}, {@code COMMIT}, {@code
 * SAVEPOINT}, {@code SET} and the like), nor of those that the migrations add themselves. A long script is sent from other
 * threads; never are two of them in here at once.
 *
 * @see PostgresDriver#observedBy
 */
public interface StatementObserver {

    /**
     * A script begins, or begins again: what it had not committed is rolled back, and runs once more. A check begins after
     * the script that it checks, in its transaction.
     *
     * @param done how many of its statements are committed, and do not run again
     */
    default void begin(MigrationStep step, MigrationScript script, int done) {}

    /** A statement is about to run. */
    void before(Statement statement, Session session);

    /**
     * A statement is done.
     *
     * @param rows how many it has changed or returned
     * @param elapsed from sending it to the end of the server's answer
     */
    void after(Statement statement, long rows, Duration elapsed, Session session);

    /** A statement failed. Its transaction cannot be queried any more. */
    default void failed(Statement statement, SQLException error) {}

    /**
     * One statement of a script.
     *
     * @param script the script of the step that it stands in, or the check
     * @param number which of the script's statements it is, from 1. A script in batches has one, which runs again and again;
     *     and where an earlier run has left something half done, the statement that clears it away has the same number
     * @param text as it is sent, without its semicolon
     * @param location its first word
     * @param inTransaction whether it runs in a transaction, with those before it
     */
    record Statement(
            MigrationStep step,
            MigrationScript script,
            int number,
            String text,
            SourceLocation location,
            boolean inTransaction) {

        /** Whether it stands in a check, and not in the script that is checked. */
        public boolean isOfCheck() {
            return !script.equals(step.script());
        }
    }

    /** The session that runs the scripts. To be used by the thread that was called, and as long as the call lasts. */
    interface Session {

        /** The server process. */
        int backend();

        /**
         * The rows of a query, with the values as text as the server writes it. In the script's transaction, if one is
         * open: it must neither end it nor change anything. Its names should be qualified, for the script can have set the
         * search_path.
         *
         * @throws IllegalStateException if the server refuses it
         */
        List<Map<String, @Nullable String>> query(String sql);
    }
}
