package io.mhras.migrations.postgresql.wire;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.postgresql.sql.SqlLexer;
import io.mhras.migrations.postgresql.sql.SqlQuote;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The one server session in which all scripts run; after each it is restored to the state in which the pool gave it to us. */
public final class ServerSession {

    /**
     * The session's original state.
     *
     * @param backend the server process
     * @param schema the first existing schema of the search_path; null if there is none
     * @param searchPath as {@code SHOW search_path} prints it
     * @param user what SET SESSION AUTHORIZATION had set, or who logged in
     * @param role what SET ROLE had set, or {@code none}
     * @param strings how it reads strings
     * @param settings what sets again what SET had set
     */
    public record Found(
            int backend,
            @Nullable String schema,
            String searchPath,
            String user,
            String role,
            SqlLexer.Strings strings,
            List<String> settings) {

        /** Inspects the session that this connection leads to. */
        public static Found in(JdbcTemplate jdbc) {
            String sql = """
                    SELECT pg_backend_pid()                               AS backend,
                           current_schema()                               AS schema,
                           current_setting('search_path')                 AS search_path,
                           session_user                                   AS session_user,
                           current_setting('role')                        AS role,
                           current_setting('standard_conforming_strings') AS strings,
                           coalesce(array_agg(format('SELECT set_config(%L, %L, false)', name, setting)), '{}') AS settings
                    FROM pg_settings WHERE source = 'session'""";
            return jdbc.query(
                            sql,
                            (row, number) -> new Found(
                                    row.getInt("backend"),
                                    row.getString("schema"),
                                    row.getString("search_path"),
                                    row.getString("session_user"),
                                    row.getString("role"),
                                    SqlLexer.Strings.of(row.getString("strings")),
                                    List.of((String[]) row.getArray("settings").getArray())))
                    .get(0);
        }

        /** Undoes what a script did to the session's user and role, so that the history can be written again. */
        public List<String> restoreUser() {
            return List.of(
                    "SET SESSION AUTHORIZATION " + SqlQuote.identifier(user()),
                    "SELECT set_config('role', " + SqlQuote.literal(role()) + ", false)");
        }

        /** The same until the transaction ends; then the role that the script has set applies again. */
        public List<String> restoreUserForTransaction() {
            return List.of(
                    "SET LOCAL SESSION AUTHORIZATION " + SqlQuote.identifier(user()),
                    "SELECT set_config('role', " + SqlQuote.literal(role()) + ", true)");
        }

        /**
         * Undoes what a script did to the session's user, role and settings.
         *
         * <p>As the user who logged in, who may set what the pool had set. Settings that a pool made up itself
         * ({@code my.name}) end here too: PostgreSQL does not list them, so they cannot be put back.
         */
        public List<String> restoreSettings() {
            return Stream.of(List.of("SET SESSION AUTHORIZATION DEFAULT", "RESET ALL"), settings(), restoreUser())
                    .flatMap(List::stream)
                    .toList();
        }
    }

    /**
     * The settings with which a script begins; it may change them as it likes.
     *
     * @param lockTimeout how long a statement may wait for a lock, unless the script sets it; zero for no limit
     * @param statementTimeout how long a statement may run; zero for what the connection has set
     * @param searchPath as SQL; null for the connection's own
     */
    public record InitialSettings(
            Duration lockTimeout,
            Duration statementTimeout,
            @Nullable String searchPath) {

        /** Those of a session in which this schema comes first; null for the connection's own. */
        public static InitialSettings of(
                Duration lockTimeout, Duration statementTimeout, @Nullable String schema, Found found) {
            String rest = found.searchPath();
            boolean isEmpty = rest.isBlank() || rest.equals("\"\"");
            String path = schema == null ? null : SqlQuote.identifier(schema) + (isEmpty ? "" : ", " + rest);
            return new InitialSettings(lockTimeout, statementTimeout, path);
        }

        /** How long a statement of this script may wait for a lock. */
        public Duration lockTimeout(MigrationScript script) {
            return Objects.requireNonNullElse(script.options().lockTimeout(), lockTimeout);
        }

        /** What sets them. */
        public List<String> set(MigrationScript script) {
            List<String> statements = new ArrayList<>();
            statements.add("SET lock_timeout = " + lockTimeout(script).toMillis());
            if (!statementTimeout.isZero()) {
                statements.add("SET statement_timeout = " + statementTimeout.toMillis());
            }
            if (searchPath != null) {
                // SET, not set_config(): a query here would forbid the script to set its isolation level.
                statements.add("SET search_path = " + searchPath);
            }
            return statements;
        }
    }

    /** What keeps a pause from costing us the session and the lock. PostgreSQL 13 has no such limit. */
    public static final String MAY_BE_IDLE =
            "SELECT set_config(name, '0', false) FROM pg_settings WHERE name = 'idle_session_timeout'";

    private final BorrowedConnection connection;
    private final JdbcTemplate jdbc;
    private final QuerySender sender;
    private final Found found;
    private final InitialSettings settings;

    /**
     * A session that we have to ourselves.
     *
     * @param found its original state
     * @param settings what scripts begin with
     */
    public ServerSession(BorrowedConnection connection, QuerySender sender, Found found, InitialSettings settings) {
        this.connection = connection;
        this.jdbc = connection.jdbc();
        this.sender = sender;
        this.found = found;
        this.settings = settings;
    }

    public BorrowedConnection connection() {
        return connection;
    }

    /** Its original state. */
    public Found found() {
        return found;
    }

    public JdbcTemplate jdbc() {
        return jdbc;
    }

    public QuerySender sender() {
        return sender;
    }

    /** How strings are read when a script begins. */
    public SqlLexer.Strings strings() {
        return found.strings();
    }

    /** The user with which all scripts begin. */
    public String user() {
        return found.user();
    }

    /** What sets the settings with which a script begins. */
    public List<String> initialSettings(MigrationScript script) {
        return settings.set(script);
    }

    /** How long a statement of this script may wait for a lock. */
    public Duration lockTimeout(MigrationScript script) {
        return settings.lockTimeout(script);
    }

    public void send(QueryMessage message) {
        send(message, QuerySender.IGNORE_ROWS);
    }

    public void send(QueryMessage message, QuerySender.RowConsumer rows) {
        if (!message.isEmpty()) {
            sender.send(message, rows);
        }
    }

    /** Sends what there is of the open transaction, and asks whether a row of the history can be written in it. */
    public boolean isReadOnlyAfter(QueryMessage message) {
        send(message);
        return "on".equals(jdbc.queryForObject("SHOW transaction_read_only", String.class));
    }

    /** Undoes everything else that a script can leave behind. Not DISCARD ALL, which would also free the migration lock. */
    public static List<String> discard() {
        return List.of(
                "CLOSE ALL", "UNLISTEN *", "DEALLOCATE ALL", "DISCARD PLANS", "DISCARD TEMP", "DISCARD SEQUENCES");
    }

    /** Restores the session as it was found, and then applies what this script begins with. */
    public void restoreFor(QueryMessage message, MigrationScript script) {
        found.restoreSettings().forEach(message::own);
        initialSettings(script).forEach(message::own);
    }

    /**
     * Rolls back what is open, and lets the other sessions see which statement that was for.
     *
     * @param furtherUndo what a rollback does not undo
     */
    public void rollBackFor(ApplicationName statement, String... furtherUndo) {
        // A pause may follow.
        send(new QueryMessage().own("ROLLBACK", statement.set(), MAY_BE_IDLE).own(furtherUndo));
    }

    /** Rolls back what is open, and leaves the session as it was found. */
    public void rollBackAndRestore() {
        QueryMessage rollback = new QueryMessage().own("ROLLBACK");
        found.restoreSettings().forEach(rollback::own);
        discard().forEach(rollback::own);
        send(rollback);
    }

    /** Rolls back after a failure, which matters more than what goes wrong in here. */
    public void rollBackAfter(MigrationException failure) {
        try {
            send(new QueryMessage().own("ROLLBACK"));
        } catch (QuerySender.StatementFailed | MigrationException.Refused e) {
            failure.addSuppressed(e);
        }
    }
}
