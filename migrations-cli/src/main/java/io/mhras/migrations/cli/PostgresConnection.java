package io.mhras.migrations.cli;

import static io.mhras.migrations.cli.DatabaseOptions.first;

import io.mhras.migrations.MigrationActivity;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.postgresql.PostgresDriver;
import io.mhras.migrations.postgresql.PostgresSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** PostgreSQL. */
record PostgresConnection(CancellableDataSource dataSource, PostgresDriver driver) implements DatabaseConnection {

    /** @throws InvalidSettingException if nothing says which database */
    static PostgresConnection of(DatabaseOptions options, Settings settings, Terminal terminal) {
        Map<String, String> environment = terminal.environment();
        ConnectionUrl address = PostgresAddress.find(options, settings, environment);
        if (address == null) {
            throw new InvalidSettingException(
                    "No database is given.",
                    "Give it with --url postgresql://user@host:5432/database, or set DATABASE_URL; for MongoDB --url"
                            + " mongodb://host:27017/database, or MONGODB_URL. 'migrations status --help' names the other"
                            + " ways.");
        }
        CancellableDataSource dataSource = new CancellableDataSource(address, terminal);
        String user = first(
                options.givenUser(Kind.POSTGRESQL),
                address.user(),
                settings.inEnvironment("postgresql.username"),
                environment.get("PGUSER"),
                settings.inFile("postgresql.username"));
        if (user != null) {
            dataSource.setUser(user);
        }
        String password = first(
                options.givenPassword(Kind.POSTGRESQL, terminal),
                address.password(),
                settings.inEnvironment("postgresql.password"),
                environment.get("PGPASSWORD"),
                settings.inFile("postgresql.password"));
        if (password != null) {
            dataSource.setPassword(password);
        }
        return new PostgresConnection(dataSource, new PostgresDriver(dataSource, settings(options, settings)));
    }

    /** One that can do what needs no connection. */
    static PostgresDriver offlineDriver(DatabaseOptions options, Settings settings) {
        return new PostgresDriver(new PGSimpleDataSource(), settings(options, settings));
    }

    private static PostgresSettings settings(DatabaseOptions options, Settings settings) {
        PostgresSettings.Limits limits = PostgresSettings.Limits.DEFAULT;
        PostgresSettings.Retry retry = PostgresSettings.Retry.DEFAULT;
        return new PostgresSettings(
                first(options.schema, settings.get("postgresql.schema")),
                Objects.requireNonNullElse(
                        first(options.table, settings.get("postgresql.table")), PostgresSettings.DEFAULT.table()),
                "migrations",
                new PostgresSettings.Limits(
                        settings.time(options.lockTimeout, "postgresql.lock-timeout", limits.lock()),
                        settings.time(options.statementTimeout, "postgresql.statement-timeout", limits.statement()),
                        settings.time(options.wait, "postgresql.other-instance-timeout", limits.otherInstance())),
                new PostgresSettings.Retry(
                        settings.time(options.retryLimit, "postgresql.retry.limit", retry.limit()),
                        settings.time(null, "postgresql.retry.first-pause", retry.firstPause()),
                        settings.time(null, "postgresql.retry.longest-pause", retry.longestPause())));
    }

    @Override
    public String name() {
        // Whatever keeps us out is said by the engine.
        driver.newest();
        try (Connection connection = dataSource.getConnection()) {
            return connection.getCatalog();
        } catch (SQLException e) {
            throw new MigrationException.DatabaseUnavailable(
                    "The connection to PostgreSQL broke.", "Start again when the server is back.", e);
        }
    }

    @Override
    public String lockEnd(MigrationActivity.Session holder) {
        return "It goes with that session.";
    }

    @Override
    public @Nullable Exception cancel() {
        return dataSource.cancel();
    }

    /** Its connections are given back as they are used. */
    @Override
    public void close() {}
}
