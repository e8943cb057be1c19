package io.mhras.migrations.test.template;

import io.mhras.migrations.MigrationException.DatabaseUnavailable;
import io.mhras.migrations.postgresql.PostgresDriver;
import io.mhras.migrations.postgresql.PostgresSettings;
import io.mhras.migrations.test.server.DatabaseServer;
import io.mhras.migrations.test.server.Leftovers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * The templates of a server. A template is a database that was migrated once, which nobody can connect to any more, and which
 * the server copies.
 *
 * <p>Its name has the checksum of what made it. It gets this name when it is complete: one that a killed process has left
 * half-made is never found.
 */
public final class Templates {

    /** What templates are made of. */
    public enum Kind {
        /** All migrations of a set. */
        HEAD,
        /** Those up to a version. */
        AT;

        String prefix() {
            return "mhras_" + name().toLowerCase(Locale.ROOT) + "_";
        }
    }

    private static final int MOST = 5;
    private static final int MOST_ATTEMPTS = 3;
    private static final String NO_SUCH_DATABASE = "3D000";
    /** So many characters. */
    private static final int MOMENT_LENGTH = 23;

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("yyyyMMddHH").withZone(ZoneOffset.UTC);

    private static final Set<String> cleared = ConcurrentHashMap.newKeySet();
    private static final Set<String> used = ConcurrentHashMap.newKeySet();

    private final DatabaseServer server;

    public Templates(DatabaseServer server) {
        this.server = server;
    }

    /** The server. */
    public DatabaseServer server() {
        return server;
    }

    /** A name for a new database. */
    static String newName() {
        return Leftovers.TEST + HOUR.format(Instant.now()) + "_"
                + UUID.randomUUID().toString().substring(0, 8);
    }

    /**
     * Makes a copy.
     *
     * @param key the checksum of what {@code migrate} does
     * @param migrate fills an empty database; called if there is no template yet
     * @param name of the copy
     */
    public void copy(Kind kind, String key, Consumer<DataSource> migrate, String name) {
        String template = kind.prefix() + key.substring(0, 16);
        for (int attempt = 1; ; attempt++) {
            try (Connection connection = connect()) {
                copy(connection, template, name);
                if (!used.contains(server.url() + template)) {
                    requireWhole(name);
                    markAsUsed(connection, template);
                    used.add(server.url() + template);
                }
                return;
            } catch (SQLException e) {
                if (attempt == MOST_ATTEMPTS) {
                    throw unavailable("The template of the test's database could not be copied: " + e.getMessage(), e);
                }
                drop(name);
                make(kind, template, migrate, e);
            }
        }
    }

    /** The server copies files, and does not look at them: those of a template that was damaged are copied with the damage. */
    private void requireWhole(String name) throws SQLException {
        try (Connection connection = server.dataSource(name).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT count(*) FROM pg_class");
        }
    }

    /** Copies a database to which nobody is connected. */
    void copy(Connection connection, String from, String to) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + to + " TEMPLATE " + from + strategy(connection));
        }
        DatabaseProperties.copy(connection, from, to);
    }

    /**
     * On a server that does not sync to disk, copying the files takes about half as long as writing the copy to the log, and
     * dropping it a third. Elsewhere it would make the server write a checkpoint.
     */
    private String strategy(Connection connection) throws SQLException {
        return server.isKept() && connection.getMetaData().getDatabaseMajorVersion() >= 15 ? " STRATEGY file_copy" : "";
    }

    /** Makes it, unless another process does at this moment: then that is waited for. */
    private void make(Kind kind, String template, Consumer<DataSource> migrate, SQLException why) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(hashtext('" + template + "'))");
            boolean exists = exists(connection, template);
            if (exists && NO_SUCH_DATABASE.equals(why.getSQLState())) {
                return;
            }
            if (exists) {
                // It is there and cannot be copied.
                drop(connection, template);
            }
            String unfinished = newName().replace(Leftovers.TEST, Leftovers.MAKING);
            statement.execute("CREATE DATABASE " + unfinished);
            try {
                migrate.accept(server.dataSource(unfinished));
                statement.execute("ALTER DATABASE " + unfinished + " WITH ALLOW_CONNECTIONS false");
                statement.execute("ALTER DATABASE " + unfinished + " RENAME TO " + template);
                markAsUsed(connection, template);
            } catch (SQLException | RuntimeException e) {
                statement.execute("DROP DATABASE IF EXISTS " + unfinished + " WITH (FORCE)");
                throw e;
            }
            dropOldest(connection, kind);
        } catch (SQLException e) {
            throw unavailable("The template of the test's database could not be made: " + e.getMessage(), e);
        }
    }

    private static boolean exists(Connection connection, String name) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT FROM pg_database WHERE datname = ?")) {
            query.setString(1, name);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void markAsUsed(Connection connection, String template) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("COMMENT ON DATABASE " + template
                    + " IS 'A template of tests of MHRAS Migrations, last used " + MOMENT.format(Instant.now()) + "'");
        } catch (SQLException e) {
            if (!NO_SUCH_DATABASE.equals(e.getSQLState())) {
                throw e;
            }
        }
    }

    /** What is dropped while another process wants it is made again by that one. */
    private static void dropOldest(Connection connection, Kind kind) throws SQLException {
        List<String> old = new ArrayList<>();
        String sql = "SELECT datname FROM pg_database WHERE starts_with(datname, '" + kind.prefix()
                + "') ORDER BY right(shobj_description(oid, 'pg_database'), " + MOMENT_LENGTH
                + ") DESC NULLS LAST OFFSET " + MOST;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                old.add(rows.getString(1));
            }
        }
        for (String name : old) {
            drop(connection, name);
        }
    }

    private static void drop(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
        }
    }

    /** Drops a copy, whoever is connected to it. */
    public void drop(String name) {
        try (Connection connection = connect()) {
            drop(connection, name);
        } catch (SQLException e) {
            throw unavailable("The test's database could not be dropped: " + e.getMessage(), e);
        }
    }

    Connection connect() {
        try {
            Connection connection = server.connect();
            if (cleared.add(server.url()) && !server.isKept()) {
                Leftovers.dropOld(connection);
            }
            return connection;
        } catch (SQLException e) {
            // The driver has the words for what prevents a connection.
            new PostgresDriver(server.administration(), PostgresSettings.DEFAULT).identity();
            throw unavailable("There is no connection to the server of the tests: " + e.getMessage(), e);
        }
    }

    static DatabaseUnavailable unavailable(String problem, SQLException e) {
        String remedy = "42501".equals(e.getSQLState())
                ? "Let the user create databases: ALTER ROLE ... CREATEDB."
                : "Correct the cause and run the tests again.";
        return new DatabaseUnavailable(problem, remedy, e);
    }
}
