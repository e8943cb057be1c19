package io.mhras.migrations.schema.scratch;

import static io.mhras.migrations.postgresql.sql.SqlQuote.identifier;

import io.mhras.migrations.MigrationException.DatabaseUnavailable;
import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.schema.PostgresServer;
import io.mhras.migrations.schema.ScratchOptions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes scratch databases that are like the real one, and drops them. Not thread-safe. */
public final class ScratchServer implements AutoCloseable {

    private static final String NO_SPACE = "53100";
    private static final String NO_RIGHT = "42501";
    private static final int MOST_ATTEMPTS = 3;

    private final PostgresServer server;
    private final ScratchOptions options;
    private final @Nullable EmbeddedServer embedded;
    private final @Nullable DatabaseTraits real;
    private final ScratchScripts scripts;
    private final List<String> notes = new ArrayList<>();
    private final List<ScratchDatabase> made = new ArrayList<>();
    private int major;

    private ScratchServer(
            PostgresServer server,
            ScratchOptions options,
            @Nullable EmbeddedServer embedded,
            @Nullable DatabaseTraits real) {
        this.server = server;
        this.options = options;
        this.embedded = embedded;
        this.real = real;
        this.scripts = new ScratchScripts(real == null ? null : real.name());
    }

    /**
     * The server that the options lead to, by default that of the real database. What earlier processes of this user left
     * behind there is dropped.
     *
     * @param real with the database that the scratch databases are to be like; null if there is none
     * @throws Refused if no scratch database can be made there
     * @throws DatabaseUnavailable if it cannot be reached, or does not start
     */
    public static ScratchServer open(@Nullable PostgresServer real, ScratchOptions options) {
        DatabaseTraits traits = real == null ? null : read(real, "The database");
        EmbeddedServer embedded = options.embedded()
                ? EmbeddedServer.start(options.serverDir(), traits == null ? "migrations" : traits.user())
                : null;
        PostgresServer on = embedded != null ? embedded.server() : options.on() != null ? options.on() : real;
        if (on == null) {
            throw WaysOut.refusal("There is no server for a scratch database.");
        }
        ScratchServer server = new ScratchServer(on, options, embedded, traits);
        try {
            server.check();
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static DatabaseTraits read(PostgresServer server, String what) {
        try (Connection connection = server.named().getConnection()) {
            return DatabaseTraits.of(connection);
        } catch (SQLException e) {
            throw unavailable(what + " cannot be reached: ", e);
        }
    }

    /**
     * The name of the database that the server's address leads to.
     *
     * @throws DatabaseUnavailable if it cannot be reached
     */
    public static String nameOf(PostgresServer server) {
        return read(server, "The database").name();
    }

    private static DatabaseUnavailable unavailable(String what, SQLException e) {
        return new DatabaseUnavailable(
                what + e.getMessage(), "Correct the cause and start again; nothing was made.", e);
    }

    private void check() {
        try (Connection connection = server.named().getConnection()) {
            ServerCheck check = new ServerCheck(connection);
            check.requirePrimary();
            if (options.into() == null) {
                check.requireRight();
            }
            major = connection.getMetaData().getDatabaseMajorVersion();
            if (real != null && real.major() != major) {
                notes.add("The scratch database is on PostgreSQL " + major + ", and the real one on PostgreSQL "
                        + real.major() + ".");
            }
            for (String name : Leftovers.drop(connection)) {
                notes.add("The scratch database " + name + ", which a process had left behind, was dropped.");
            }
        } catch (SQLException e) {
            throw unavailable("The server for scratch databases cannot be reached: ", e);
        }
    }

    /** The major version of the server. */
    public int majorVersion() {
        return major;
    }

    /** What is to be known though it is no error, each a sentence. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /**
     * Checks that these migrations can run on a scratch database, and will change nothing else. What is not on the real
     * database's server may change all of its own.
     *
     * @throws InvalidMigration if a script reaches beyond its database
     * @throws Refused if an extension or a role that they name is not there
     */
    public void require(MigrationSet set) {
        ScriptFindings findings = scripts.findings(set);
        if (embedded == null && options.on() == null) {
            ScratchScripts.requireNoReach(findings);
        }
        PostgresServer where = server;
        String into = options.into();
        try (Connection connection = (into == null ? where.named() : where.database(into)).getConnection()) {
            ServerCheck check = new ServerCheck(connection);
            check.requireExtensions(findings.extensions());
            if (embedded == null) {
                check.requireRoles(findings.roles());
            } else {
                check.makeRoles(findings.roles().keySet());
            }
        } catch (SQLException e) {
            throw unavailable("The server for scratch databases cannot be asked: ", e);
        }
    }

    /**
     * Makes an empty database; or takes the given one.
     *
     * @param purpose what it is for, which its comment says
     * @throws Refused if the given one is not empty, or is in use
     * @throws DatabaseUnavailable if the server cannot be reached, or does not make it
     */
    public ScratchDatabase create(String purpose) {
        ScratchDatabase database = options.into() == null ? make(purpose) : take(options.into());
        made.add(database);
        return database;
    }

    private ScratchDatabase make(String purpose) {
        String name = null;
        try (Connection connection = server.named().getConnection();
                Statement statement = connection.createStatement()) {
            String next = ScratchName.next(now(statement));
            DatabaseTraits like = real == null ? DatabaseTraits.of(connection) : real;
            statement.execute(like.createDatabase(next, major));
            name = next;
            statement.execute(ScratchComment.passing(name, purpose));
            for (String setting : real == null ? List.<String>of() : real.settingsOf(name)) {
                set(statement, setting);
            }
            // While there is a session, no other process takes it for something that was left behind.
            Connection session = server.database(name).getConnection();
            return database(next, connection, () -> {
                close(session);
                if (options.keep()) {
                    keep(next, purpose);
                } else {
                    drop(next);
                }
            });
        } catch (SQLException e) {
            if (name != null) {
                drop(name);
            }
            throw notMade(e);
        }
    }

    private static Instant now(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT extract(epoch FROM now())::bigint")) {
            row.next();
            return Instant.ofEpochSecond(row.getLong(1));
        }
    }

    private void set(Statement statement, String setting) {
        try {
            statement.execute(setting);
        } catch (SQLException e) {
            notes.add("The scratch database is not in all like the real one: " + e.getMessage() + " (" + setting + ")");
        }
    }

    private RuntimeException notMade(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return switch (state) {
            case NO_SPACE ->
                WaysOut.refusal(
                        "No scratch database can be made: the server has no space left (" + e.getMessage() + ").");
            case NO_RIGHT -> WaysOut.refusal("No scratch database can be made: " + e.getMessage() + ".");
            default -> unavailable("The scratch database could not be made: ", e);
        };
    }

    private ScratchDatabase take(String name) {
        Connection session = null;
        try {
            session = server.database(name).getConnection();
            GivenDatabase given = new GivenDatabase(name, session);
            given.take();
            return database(name, session, () -> empty(given));
        } catch (SQLException e) {
            close(session);
            throw unavailable("The database " + name + " cannot be used as a scratch database: ", e);
        } catch (RuntimeException e) {
            close(session);
            throw e;
        }
    }

    private ScratchDatabase database(String name, Connection connection, Runnable end) throws SQLException {
        String hosts = connection.getMetaData().getURL().replaceFirst("^jdbc:postgresql://([^/?]*).*$", "$1");
        String url = "postgresql://" + connection.getMetaData().getUserName() + "@" + hosts + "/" + name;
        return new ScratchDatabase(name, url, server.database(name), set -> scripts.renamed(set, name), end);
    }

    private void drop(String name) {
        tell(
                "The scratch database " + name + " could not be dropped; a later run drops it, or DROP DATABASE does",
                () -> {
                    try (Connection connection = server.named().getConnection();
                            Statement statement = connection.createStatement()) {
                        statement.execute("DROP DATABASE IF EXISTS " + identifier(name) + " WITH (FORCE)");
                    }
                });
    }

    private void keep(String name, String purpose) {
        tell("The comment of the scratch database " + name + " could not be changed; a later run drops it", () -> {
            try (Connection connection = server.named().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(ScratchComment.kept(name, purpose));
            }
        });
    }

    private void empty(GivenDatabase given) {
        if (!options.keep()) {
            tell("The database " + given.name() + " could not be emptied", () -> {
                List<String> rest = given.empty();
                if (!rest.isEmpty()) {
                    throw new SQLException("it still has " + String.join(", ", rest));
                }
            });
        }
        close(given.connection());
    }

    /** Cleans up, whatever happens: a cancelled run may cancel this, too, and has to be told twice. */
    private static void tell(String failure, CleanUp cleanUp) {
        SQLException last = null;
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            try {
                cleanUp.run();
                return;
            } catch (SQLException e) {
                last = e;
            }
        }
        System.getLogger(ScratchServer.class.getName()).log(System.Logger.Level.WARNING, failure, last);
    }

    private static void close(@Nullable Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            // It is gone.
            System.getLogger(ScratchServer.class.getName()).log(System.Logger.Level.DEBUG, "close", e);
        }
    }

    /** Drops what is still there. */
    @Override
    public void close() {
        made.forEach(ScratchDatabase::close);
        if (embedded != null) {
            embedded.close();
        }
    }

    /** One attempt. */
    private interface CleanUp {
        void run() throws SQLException;
    }
}
