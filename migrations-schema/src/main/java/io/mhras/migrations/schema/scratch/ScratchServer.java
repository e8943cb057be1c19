package io.mhras.migrations.schema.scratch;

import static io.mhras.migrations.postgresql.sql.SqlQuote.identifier;
import static io.mhras.migrations.postgresql.sql.SqlQuote.literal;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.MigrationException.DatabaseUnavailable;
import io.mhras.migrations.schema.PostgresServer;
import io.mhras.migrations.schema.ScratchOptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Objects;
import javax.sql.DataSource;

/** Makes scratch databases that are like the real one, and drops them. */
public final class ScratchServer implements AutoCloseable {

    private static final String MADE_BY = "MHRAS Migrations: scratch database";

    private final PostgresServer real;
    private final PostgresServer server;
    private final ScratchOptions options;

    private ScratchServer(PostgresServer real, PostgresServer server, ScratchOptions options) {
        this.real = real;
        this.server = server;
        this.options = options;
    }

    /**
     * The server that the options lead to, by default that of the real database.
     *
     * @param real with the database that the scratch databases are to be like
     */
    public static ScratchServer open(PostgresServer real, ScratchOptions options) {
        return new ScratchServer(real, Objects.requireNonNullElse(options.on(), real), options);
    }

    /**
     * Makes an empty database.
     *
     * @param purpose what it is for, which its comment says
     * @throws DatabaseUnavailable if the server cannot be reached, or does not make it
     */
    public ScratchDatabase create(String purpose) {
        try (Connection like = real.named().getConnection();
                Connection connection = server.named().getConnection();
                Statement statement = connection.createStatement()) {
            String name = ScratchName.next(Clock.systemUTC());
            statement.execute(DatabaseTraits.of(like).createDatabase(name));
            statement.execute("COMMENT ON DATABASE " + identifier(name) + " IS " + literal(comment(purpose)));
            DataSource source = server.database(name);
            return new ScratchDatabase(name, url(connection, name), source, () -> drop(name));
        } catch (SQLException e) {
            throw new DatabaseUnavailable(
                    "The scratch database could not be made: " + e.getMessage(),
                    "Correct the cause and start again; nothing was changed.",
                    e);
        }
    }

    private static String comment(String purpose) {
        return MADE_BY + " for " + purpose + ", made by " + System.getProperty("user.name", "unknown") + " on "
                + HistoryEntry.Execution.thisHost();
    }

    private static String url(Connection connection, String name) throws SQLException {
        String hosts = connection.getMetaData().getURL().replaceFirst("^jdbc:postgresql://([^/?]*).*$", "$1");
        return "postgresql://" + connection.getMetaData().getUserName() + "@" + hosts + "/" + name;
    }

    private void drop(String name) {
        if (options.keep()) {
            return;
        }
        try (Connection connection = server.named().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + identifier(name) + " WITH (FORCE)");
        } catch (SQLException e) {
            System.getLogger(ScratchServer.class.getName())
                    .log(System.Logger.Level.WARNING, "The scratch database " + name + " could not be dropped", e);
        }
    }

    @Override
    public void close() {}
}
