package io.mhras.migrations.postgresql;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.DatabaseUnavailable;
import io.mhras.migrations.MigrationException.HistoryUnusable;
import java.sql.SQLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.springframework.dao.DataAccessException;

/** Puts what goes wrong outside of scripts into the user's words. */
final class PostgresErrors {

    static final String UNDEFINED_TABLE = "42P01";
    static final String NO_RIGHT = "42501";
    static final String LOCK_NOT_AVAILABLE = "55P03";
    static final String DEADLOCK = "40P01";
    private static final String READ_ONLY = "25006";
    private static final String UNDEFINED_COLUMN = "42703";
    private static final String WRONG_OBJECT = "42809";
    private static final String INVALID_PASSWORD = "28P01";
    private static final String INVALID_USER = "28000";
    // Its own code for a server that wants a password where there is none, or has no TLS.
    private static final String REFUSED_BY_DRIVER = "08004";
    private static final String NO_SUCH_DATABASE = "3D000";
    private static final String TOO_MANY_CONNECTIONS = "53300";

    private PostgresErrors() {}

    /** The error below Spring's. */
    static SQLException sqlException(DataAccessException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return new SQLException(e.getMessage(), "", e);
    }

    /** No connection could be had. */
    static MigrationException ofConnecting(SQLException e) {
        SQLException server = mostSpecific(e);
        String state = String.valueOf(server.getSQLState());
        String problem = "There is no connection to PostgreSQL: " + message(server);
        return switch (state) {
            case INVALID_PASSWORD, INVALID_USER ->
                new DatabaseUnavailable(problem, "Check the user name and the password.", e);
            case REFUSED_BY_DRIVER ->
                new DatabaseUnavailable(
                        problem,
                        "Give the password, if the server wants one; let sslmode be what the server offers.",
                        e);
            case NO_SUCH_DATABASE ->
                new DatabaseUnavailable(problem, "Create the database, or correct its name in the URL.", e);
            case TOO_MANY_CONNECTIONS ->
                new DatabaseUnavailable(
                        problem, "Close connections that nobody needs, or raise the server's max_connections.", e);
            default ->
                new DatabaseUnavailable(
                        problem,
                        "Check that the server runs, and that host, port and database of the URL are right.",
                        e);
        };
    }

    /** A query of ours outside of scripts failed. */
    static MigrationException ofHistory(HistoryTable table, SQLException e) {
        if (isConnectionBroken(e)) {
            return ofBrokenConnection(e);
        }
        return switch (String.valueOf(e.getSQLState())) {
            case UNDEFINED_COLUMN, WRONG_OBJECT ->
                new HistoryUnusable(
                        "The table " + table.qualifiedName() + " is there, but it is not a migration history of ours: "
                                + message(e),
                        "Give the history another name (setting 'mhras.migrations.postgresql.table') or another schema"
                                + " (setting 'mhras.migrations.postgresql.schema').",
                        e);
            case READ_ONLY ->
                new HistoryUnusable(
                        "The history " + table.qualifiedName() + " cannot be written: " + message(e),
                        "Connect to the primary server, with a connection that is not read-only.",
                        e);
            case NO_RIGHT ->
                new HistoryUnusable(
                        "The database user may not use the history " + table.qualifiedName() + ": " + message(e),
                        "As the owner of the table: GRANT SELECT, INSERT ON " + table.qualifiedName() + " TO <user>;",
                        e);
            default ->
                new HistoryUnusable(
                        "The history " + table.qualifiedName() + " cannot be used: " + message(e),
                        "See the server's log for more.",
                        e);
        };
    }

    /** The schema or the table of the history could not be made. */
    static MigrationException ofCreating(HistoryTable table, SQLException e) {
        if (!NO_RIGHT.equals(e.getSQLState())) {
            return ofHistory(table, e);
        }
        return new HistoryUnusable(
                "There is no history " + table.qualifiedName() + " yet, and the database user may not make it: "
                        + message(e),
                "As the owner of the database: GRANT CREATE ON "
                        + (message(e).contains("database") ? "DATABASE <database>" : "SCHEMA " + table.quotedSchema())
                        + " TO <user>; or let another user run the migrations"
                        + " (settings 'mhras.migrations.postgresql.username' and 'mhras.migrations.postgresql.password').",
                e);
    }

    /** A script can raise any SQLSTATE; only the driver, or a server that gives up, says that the connection is gone. */
    static boolean isConnectionBroken(SQLException e) {
        ServerErrorMessage server = e instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
        if (server != null) {
            return "FATAL".equals(server.getSeverity()) || "PANIC".equals(server.getSeverity());
        }
        return String.valueOf(e.getSQLState()).startsWith("08");
    }

    /** Whether the server said it, and not the driver by itself. */
    static boolean isOfServer(SQLException e) {
        return e instanceof PSQLException psql && psql.getServerErrorMessage() != null;
    }

    /** Whether others hold a lock that a statement needs. */
    static boolean isLockTaken(SQLException e) {
        return isOfServer(e) && (LOCK_NOT_AVAILABLE.equals(e.getSQLState()) || DEADLOCK.equals(e.getSQLState()));
    }

    /** The connection was lost in the middle. */
    static MigrationException ofBrokenConnection(SQLException e) {
        return new DatabaseUnavailable(
                "The connection to PostgreSQL broke: " + message(e),
                "What was committed stays, all else was undone by the server. Start again when the server is back.",
                e);
    }

    /** The server's one line, without the driver's decoration. */
    static String message(SQLException e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        return (end < 0 ? message : message.substring(0, end))
                .replaceFirst("^(ERROR|FATAL|PANIC): ", "")
                .replaceAll("(?i)(password)=[^&\\s]*", "$1=***")
                .replaceAll("//[^/@\\s]*:[^/@\\s]*@", "//***@");
    }

    /** Pools wrap what the server said. */
    private static SQLException mostSpecific(SQLException e) {
        SQLException found = e;
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                found = sql;
            }
        }
        return found;
    }
}
