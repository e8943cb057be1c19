package io.mhras.migrations.postgresql.run;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.DatabaseUnavailable;
import io.mhras.migrations.MigrationException.ScriptFailed;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.SourceLocation;
import io.mhras.migrations.postgresql.wire.ObservedSender.ObserverFailed;
import io.mhras.migrations.postgresql.wire.PostgresErrors;
import io.mhras.migrations.text.JavaMemory;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reports that a script's session was lost, why, and what became of the script.
 *
 * @param running the script, or the one that verifies it
 * @param error what ended the session; null for an error of ours
 */
record LostSessionReport(
        MigrationScript running,
        MigrationScript script,
        SourceLocation location,
        @Nullable SQLException error,
        Throwable cause) {

    private static final String TRANSACTION_TIMEOUT = "25P04";
    private static final String IDLE_IN_TRANSACTION = "25P03";
    private static final String IDLE_SESSION = "57P05";
    private static final Set<String> LIMITS = Set.of(TRANSACTION_TIMEOUT, IDLE_IN_TRANSACTION, IDLE_SESSION);

    MigrationException of(LostSession.Outcome outcome, ScriptTransactions parts) {
        String problem =
                running.name() + " stopped; " + kept(outcome, parts) + "\n  at " + location + "\n  " + reason();
        return isOurs() || isLimit()
                ? new ScriptFailed(
                        problem, location, error == null ? null : error.getSQLState(), remedy(outcome), cause)
                : new DatabaseUnavailable(problem, remedy(outcome), cause);
    }

    /** Whether an error in this process ended it. */
    private boolean isOurs() {
        return error == null || PostgresErrors.isOutOfJavaMemory(error);
    }

    /** Whether a limit of the server ended it, which the next run would meet as well. */
    private boolean isLimit() {
        return error != null
                && PostgresErrors.isOfServer(error)
                && LIMITS.contains(String.valueOf(error.getSQLState()));
    }

    /** Why the session ended. */
    String reason() {
        if (error == null) {
            if (cause instanceof ObserverFailed) {
                return "ERROR: " + cause.getMessage();
            }
            return "ERROR: " + (cause instanceof OutOfMemoryError ? JavaMemory.notEnough() : cause.toString());
        }
        if (isOurs()) {
            return "ERROR: " + PostgresErrors.message(error);
        }
        return isLimit()
                ? "ERROR: " + PostgresErrors.message(error) + " (SQLSTATE " + error.getSQLState() + ")"
                : "The connection to PostgreSQL broke: " + PostgresErrors.message(error);
    }

    private String kept(LostSession.Outcome outcome, ScriptTransactions parts) {
        if (outcome instanceof LostSession.Outcome.Unknown unknown) {
            String done = parts.progress().done() > 0
                    ? ScriptErrorReport.whatStays(script, parts.progress().done()) + " Whether more of it is committed"
                    : "whether it is committed";
            return done + " is not known, for the server cannot be asked: " + unknown.why();
        }
        Integer statements = outcome instanceof LostSession.Outcome.RolledBack back ? back.statements() : null;
        String kept = ScriptErrorReport.whatStays(script, statements == null ? -1 : statements);
        return parts.isAlone() || !parts.canRunAgain()
                ? kept + " Whether the statement that ran is done is not known; the next run finds out."
                : kept;
    }

    private String remedy(LostSession.Outcome outcome) {
        if (outcome instanceof LostSession.Outcome.Unknown) {
            return "When the server is back, look at the status: it says what is applied. Start again: what is not done is"
                    + " done then.";
        }
        if (error == null) {
            if (cause instanceof ObserverFailed) {
                return "Correct it, and start again: what is not done is done then.";
            }
            return cause instanceof OutOfMemoryError
                    ? JavaMemory.remedy()
                    : "Report this error, with its stack trace. Start again: what is not done is done then.";
        }
        if (PostgresErrors.isOutOfJavaMemory(error)) {
            return JavaMemory.remedy();
        }
        return switch (isLimit() ? String.valueOf(error.getSQLState()) : "") {
            case TRANSACTION_TIMEOUT ->
                "The transaction took longer than the setting transaction_timeout of the database or its user allows."
                        + " Write SET transaction_timeout = 0; as the first statement of this file, or raise it: ALTER ROLE"
                        + " <user> SET transaction_timeout = '10min'. Then start again.";
            case IDLE_IN_TRANSACTION ->
                "The server waited for the next statement longer than idle_in_transaction_session_timeout allows. Write"
                        + " SET idle_in_transaction_session_timeout = 0; as the first statement of this file, and start"
                        + " again.";
            case IDLE_SESSION ->
                "The session had nothing to do for longer than idle_session_timeout allows. Raise it: ALTER ROLE <user>"
                        + " SET idle_session_timeout = '10min'. Then start again.";
            default -> "Start again when the server is back.";
        };
    }
}
