package io.mhras.migrations.postgresql.wire;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.DatabaseUnavailable;
import io.mhras.migrations.text.JavaMemory;
import io.mhras.migrations.text.VisibleText;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.springframework.dao.DataAccessException;

/** Explains errors of a connection in the user's terms. */
public final class PostgresErrors {

    public static final String UNDEFINED_TABLE = "42P01";
    public static final String NO_RIGHT = "42501";
    public static final String LOCK_NOT_AVAILABLE = "55P03";
    public static final String DEADLOCK = "40P01";
    public static final String READ_ONLY = "25006";
    public static final String NOT_IN_TRANSACTION = "25001";
    private static final String OUT_OF_MEMORY = "53200";
    private static final String INVALID_PASSWORD = "28P01";
    private static final String INVALID_USER = "28000";
    // The driver's own code for a server that requires a password where there is none, or has no TLS.
    private static final String REFUSED_BY_DRIVER = "08004";
    private static final String NO_SUCH_DATABASE = "3D000";
    private static final String TOO_MANY_CONNECTIONS = "53300";
    private static final String STARTING_UP = "57P03";

    // The driver says so of its own parameters, such as "Invalid sslmode value: bogus".
    private static final Pattern INVALID_PARAMETER =
            Pattern.compile("(?i)invalid (?:value for )?(?:parameter )?'?\"?(\\w+)'?\"? (?:value|parameter value)");

    private PostgresErrors() {}

    /** The error that Spring's exception wraps. */
    public static SQLException sqlException(DataAccessException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return new SQLException(e.getMessage(), "", e);
    }

    /** No connection could be opened. */
    static MigrationException ofConnecting(SQLException e) {
        SQLException server = mostSpecific(e);
        String state = String.valueOf(server.getSQLState());
        String problem = "There is no connection to PostgreSQL: " + message(server);
        Matcher parameter = INVALID_PARAMETER.matcher(message(server));
        if (parameter.find()) {
            return new DatabaseUnavailable(
                    problem,
                    "Correct " + parameter.group(1) + " in the URL or the properties of the connection"
                            + (parameter.group(1).equals("sslmode")
                                    ? "; it is one of disable, allow, prefer, require, verify-ca, verify-full."
                                    : "."),
                    e);
        }
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
                        problem, "Close connections that are not needed, or raise the server's max_connections.", e);
            default -> {
                String remedy = "Check that the server runs, and that host, port and database of the URL are right.";
                yield isNotUpYet(server)
                        ? DatabaseUnavailable.notUpYet(problem, remedy, e)
                        : new DatabaseUnavailable(problem, remedy, e);
            }
        };
    }

    private static boolean isNotUpYet(SQLException e) {
        if (STARTING_UP.equals(e.getSQLState())) {
            return true;
        }
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
                return true;
            }
        }
        return false;
    }

    /**
     * A script can raise any SQLSTATE; only the driver, or a server that ends the session, reports that the connection
     * is gone.
     */
    public static boolean isConnectionBroken(SQLException e) {
        ServerErrorMessage server = e instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
        if (server != null) {
            return "FATAL".equals(server.getSeverity()) || "PANIC".equals(server.getSeverity());
        }
        return String.valueOf(e.getSQLState()).startsWith("08");
    }

    /** Whether the memory of this process ended, and not the server's. */
    public static boolean isOutOfJavaMemory(SQLException e) {
        return !isOfServer(e) && OUT_OF_MEMORY.equals(e.getSQLState());
    }

    /** Whether nothing more can be asked in the session: it is gone, or its answers were not read to their end. */
    public static boolean isSessionLost(SQLException e) {
        return isConnectionBroken(e) || isOutOfJavaMemory(e);
    }

    /** The memory of this process ended. */
    static SQLException ofMemory(OutOfMemoryError e) {
        return new SQLException(JavaMemory.notEnough(), OUT_OF_MEMORY, e);
    }

    /** Whether the error is the server's, and not the driver's own. */
    public static boolean isOfServer(SQLException e) {
        return e instanceof PSQLException psql && psql.getServerErrorMessage() != null;
    }

    /** Whether the statement stands inside of a function, and the server refuses it there whatever is around it. */
    public static boolean isRefusedInFunction(SQLException e) {
        ServerErrorMessage server = e instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
        if (server == null || !NOT_IN_TRANSACTION.equals(e.getSQLState())) {
            return false;
        }
        String message = String.valueOf(server.getMessage());
        String where = String.valueOf(server.getWhere());
        return message.contains("from a function")
                || (message.contains("inside a transaction block")
                        && (where.contains("PL/pgSQL function") || where.contains("SQL function")));
    }

    /** Whether others hold a lock that a statement needs. */
    public static boolean isLockTaken(SQLException e) {
        return isOfServer(e) && (LOCK_NOT_AVAILABLE.equals(e.getSQLState()) || DEADLOCK.equals(e.getSQLState()));
    }

    /** The connection was lost in the middle. */
    public static MigrationException ofBrokenConnection(SQLException e) {
        if (message(e).contains("statement pooling mode")) {
            return new DatabaseUnavailable(
                    "A connection pooler, such as PgBouncer, stands between the application and PostgreSQL, and lets no"
                            + " transaction through: " + message(e),
                    "Connect past the pooler, or let it keep a server session for each connection"
                            + " (PgBouncer: pool_mode = session).",
                    e);
        }
        return new DatabaseUnavailable(
                "The connection to PostgreSQL broke: " + message(e),
                "Start again when the server is back; the status says what is applied.",
                e);
    }

    /** The server's one line, without the driver's decoration. */
    public static String message(SQLException e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        return VisibleText.of(end < 0 ? message : message.substring(0, end))
                .replaceFirst("^(ERROR|FATAL|PANIC): ", "")
                .replaceAll("(?i)(password)=[^&\\s]*", "$1=***")
                .replaceAll("//[^/@\\s]*:[^/@\\s]*@", "//***@");
    }

    /** Pools wrap the server's error. */
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
