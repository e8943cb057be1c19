package io.mhras.migrations.cli.connection;

import static io.mhras.migrations.cli.options.Settings.first;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.cli.options.DatabaseOptions;
import io.mhras.migrations.cli.options.InvalidSettingException;
import io.mhras.migrations.cli.options.Settings;
import io.mhras.migrations.cli.terminal.Terminal;
import io.mhras.migrations.postgresql.PostgresDriver;
import io.mhras.migrations.postgresql.PostgresSettings;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** How PostgreSQL is reached. */
final class PostgresAccess implements DatabaseAccess {

    @Override
    public DatabaseKind kind() {
        return DatabaseKind.POSTGRESQL;
    }

    @Override
    public List<String> settings() {
        return List.of(
                "postgresql.url",
                "postgresql.username",
                "postgresql.password",
                "postgresql.schema",
                "postgresql.table",
                "postgresql.lock-timeout",
                "postgresql.statement-timeout",
                "postgresql.retry.limit",
                "postgresql.retry.first-pause",
                "postgresql.retry.longest-pause",
                "postgresql.other-instance-timeout",
                "postgresql.target");
    }

    @Override
    public boolean isConfigured(DatabaseOptions options, Settings settings, Map<String, String> environment) {
        return address(options, settings, environment) != null;
    }

    /** Null if none is given. */
    private @Nullable PostgresAddress address(
            DatabaseOptions options, Settings settings, Map<String, String> environment) {
        String given = first(
                options.url(DatabaseKind.POSTGRESQL),
                settings.inEnvironment("postgresql.url"),
                databaseUrl(environment));
        if (given != null) {
            return PostgresAddress.parse(given);
        }
        if (isAnySet(environment, "DB_HOST", "DB_NAME")) {
            return ofVariables(environment, "DB_", "DB_NAME", "DB_SSL_MODE");
        }
        if (isAnySet(environment, "PGHOST", "PGDATABASE")) {
            return ofVariables(environment, "PG", "PGDATABASE", "PGSSLMODE");
        }
        String service = environment.get("PGSERVICE");
        if (service != null && !service.isBlank()) {
            return new PostgresAddress("jdbc:postgresql://?service=" + service, null, null);
        }
        String inFile = settings.inFile("postgresql.url");
        return inFile == null ? null : PostgresAddress.parse(inFile);
    }

    private static boolean isAnySet(Map<String, String> environment, String... names) {
        for (String name : names) {
            if (!environment.getOrDefault(name, "").isBlank()) {
                return true;
            }
        }
        return false;
    }

    private static PostgresAddress ofVariables(
            Map<String, String> environment, String prefix, String name, String sslMode) {
        PostgresAddress address = PostgresAddress.of(
                Objects.requireNonNullElse(first(environment.get(prefix + "HOST")), "localhost"),
                Objects.requireNonNullElse(first(environment.get(prefix + "PORT")), "5432"),
                first(environment.get(name)),
                first(environment.get(sslMode)),
                first(environment.get(prefix + "USER")));
        return new PostgresAddress(address.jdbcUrl(), address.user(), first(environment.get(prefix + "PASSWORD")));
    }

    @Override
    public DatabaseConnection connect(DatabaseOptions options, Settings settings, Terminal terminal) {
        Map<String, String> environment = terminal.environment();
        PostgresAddress address = address(options, settings, environment);
        if (address == null) {
            throw new InvalidSettingException(
                    "No database is given.",
                    "Give it with --url postgresql://user@host:5432/database, or set DATABASE_URL; for MongoDB --url"
                            + " mongodb://host:27017/database, or MONGODB_URL. A file .env here is read for them, or"
                            + " another one (--env-file). 'migrations status --help' names the other ways.");
        }
        CancellableDataSource dataSource = new CancellableDataSource(address, terminal);
        String user = first(
                options.username(DatabaseKind.POSTGRESQL),
                address.user(),
                settings.inEnvironment("postgresql.username"),
                environment.get("PGUSER"),
                settings.inFile("postgresql.username"));
        if (user != null) {
            dataSource.setUser(user);
        }
        String password = first(
                options.password(DatabaseKind.POSTGRESQL, terminal),
                address.password(),
                settings.inEnvironment("postgresql.password"),
                environment.get("PGPASSWORD"),
                settings.inFile("postgresql.password"));
        if (password != null) {
            dataSource.setPassword(password);
        }
        PostgresSettings driver = settings(options, settings);
        return new PostgresConnection(dataSource, new PostgresDriver(dataSource, driver), driver.table());
    }

    /** For work on another server than the real database's, of which nothing is known. */
    PostgresConnection elsewhere(DatabaseOptions options, Settings settings, Terminal terminal) {
        CancellableDataSource nowhere =
                new CancellableDataSource(new PostgresAddress("jdbc:postgresql:", null, null), terminal);
        PostgresSettings driver = settings(options, settings);
        return new PostgresConnection(nowhere, new PostgresDriver(nowhere, driver), driver.table());
    }

    @Override
    public boolean canWriteScripts() {
        return true;
    }

    @Override
    public ScriptWriter scriptWriter(DatabaseOptions options, Settings settings) {
        PostgresDriver driver = new PostgresDriver(new PGSimpleDataSource(), settings(options, settings));
        return new ScriptWriter(driver, driver::script);
    }

    PostgresSettings settings(DatabaseOptions options, Settings settings) {
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
}
