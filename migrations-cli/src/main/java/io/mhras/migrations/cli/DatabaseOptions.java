package io.mhras.migrations.cli;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.postgresql.PostgresDriver;
import io.mhras.migrations.postgresql.PostgresSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine.Option;

/** Which database, and under which limits. */
final class DatabaseOptions {

    enum DbType {
        POSTGRESQL,
        MONGODB,
        ALL;

        @Override
        public String toString() {
            return OutputOptions.words(this);
        }
    }

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "The database: postgresql://user@host:port/database?sslmode=..., postgres://, postgresql+driver:// or"
                            + " jdbc:postgresql:. Default: DATABASE_URL; else DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD,"
                            + " DB_SSL_MODE; else PGHOST, PGPORT, PGDATABASE, PGUSER, PGPASSWORD, PGSERVICE, and ~/.pgpass.")
    @Nullable String url;

    @Option(
            names = "--db-type",
            paramLabel = "postgresql|mongodb|all",
            description = "Which kind of database. Default: postgresql, so far the only one; all is the same.")
    DbType type = DbType.POSTGRESQL;

    @Option(
            names = {"-U", "--username"},
            paramLabel = "NAME",
            description = "The user that migrates.")
    @Nullable String username;

    @Option(names = "--password-file", paramLabel = "FILE", description = "A file with nothing but the password in it.")
    @Nullable Path passwordFile;

    @Option(
            names = "--password",
            description = "Ask for the password. On a terminal it is asked for in any case, if the server wants one.")
    boolean askPassword;

    @Option(
            names = "--schema",
            paramLabel = "NAME",
            description = "Where the history lives and scripts create their objects. Default: the connection's own.")
    @Nullable String schema;

    @Option(names = "--table", paramLabel = "NAME", description = "The history's name. Default: migration_history.")
    @Nullable String table;

    @Option(
            names = "--lock-timeout",
            paramLabel = "TIME",
            description = "How long a statement may wait for a lock; 0 for no limit. Default: 2s.")
    @Nullable Duration lockTimeout;

    @Option(
            names = "--statement-timeout",
            paramLabel = "TIME",
            description = "How long a statement may run; 0 for what the connection has set, which is the default.")
    @Nullable Duration statementTimeout;

    @Option(
            names = "--retry-limit",
            paramLabel = "TIME",
            description = "How long a script that gets no lock is tried again; 0 for not at all. Default: 10m.")
    @Nullable Duration retryLimit;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            description = "How long to wait for another process that migrates. Default: as long as it lives.")
    @Nullable Duration wait;

    private Settings settings = Settings.NONE;
    private @Nullable CancellableDataSource dataSource;

    void use(Settings newSettings) {
        settings = newSettings;
    }

    static InvalidSettingException noMongoDb() {
        return new InvalidSettingException(
                "MongoDB cannot be migrated yet: this version has the driver of PostgreSQL only.",
                "Use --db-type postgresql and the address of a PostgreSQL database; MongoDB's files (.js) are left alone.");
    }

    PostgresDriver driver(Terminal terminal) {
        return new PostgresDriver(dataSource(terminal), settings());
    }

    /** One that can do what needs no connection. */
    PostgresDriver offlineDriver() {
        return new PostgresDriver(new PGSimpleDataSource(), settings());
    }

    private PostgresSettings settings() {
        PostgresSettings.Limits limits = PostgresSettings.Limits.DEFAULT;
        PostgresSettings.Retry retry = PostgresSettings.Retry.DEFAULT;
        return new PostgresSettings(
                first(schema, settings.get("postgresql.schema")),
                Objects.requireNonNullElse(
                        first(table, settings.get("postgresql.table")), PostgresSettings.DEFAULT.table()),
                "migrations",
                new PostgresSettings.Limits(
                        time(lockTimeout, "postgresql.lock-timeout", limits.lock()),
                        time(statementTimeout, "postgresql.statement-timeout", limits.statement()),
                        time(wait, "postgresql.other-instance-timeout", limits.otherInstance())),
                new PostgresSettings.Retry(
                        time(retryLimit, "postgresql.retry.limit", retry.limit()),
                        settings.time("postgresql.retry.first-pause", retry.firstPause()),
                        settings.time("postgresql.retry.longest-pause", retry.longestPause())));
    }

    private Duration time(@Nullable Duration given, String key, Duration usual) {
        return given == null ? settings.time(key, usual) : given;
    }

    /** The database's name, as the server knows it. */
    String name(Terminal terminal) {
        // Whatever keeps us out is said by the engine.
        driver(terminal).newest();
        try (Connection connection = dataSource(terminal).getConnection()) {
            return connection.getCatalog();
        } catch (SQLException e) {
            throw new MigrationException.DatabaseUnavailable(
                    "The connection to PostgreSQL broke.", "Start again when the server is back.", e);
        }
    }

    /** Whether anything says which database; where nothing does, the driver cannot be had. */
    boolean isGiven(Terminal terminal) {
        return address(terminal.environment()) != null;
    }

    CancellableDataSource dataSource(Terminal terminal) {
        CancellableDataSource known = dataSource;
        if (known == null) {
            known = newDataSource(terminal);
            dataSource = known;
        }
        return known;
    }

    private CancellableDataSource newDataSource(Terminal terminal) {
        if (type == DbType.MONGODB) {
            throw noMongoDb();
        }
        Map<String, String> environment = terminal.environment();
        ConnectionUrl address = address(environment);
        if (address == null) {
            throw new InvalidSettingException(
                    "No database is given.",
                    "Give it with --url postgresql://user@host:5432/database, or set DATABASE_URL;"
                            + " 'migrations status --help' names the other ways.");
        }
        CancellableDataSource created = new CancellableDataSource(address, terminal);
        String user = first(
                username,
                address.user(),
                settings.inEnvironment("postgresql.username"),
                environment.get("PGUSER"),
                settings.inFile("postgresql.username"));
        if (user != null) {
            created.setUser(user);
        }
        String password = password(terminal, address);
        if (password != null) {
            created.setPassword(password);
        }
        return created;
    }

    private @Nullable String password(Terminal terminal, ConnectionUrl address) {
        if (passwordFile != null) {
            return read(passwordFile);
        }
        if (askPassword) {
            return terminal.askSecret("Password:");
        }
        return first(
                address.password(),
                settings.inEnvironment("postgresql.password"),
                terminal.environment().get("PGPASSWORD"),
                settings.inFile("postgresql.password"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new InvalidSettingException(
                    "The password file " + file + " cannot be read: "
                            + (Files.exists(file) ? e.getMessage() : "it is not there") + ".",
                    "Correct --password-file.");
        }
    }

    /** Null if none is given. */
    private @Nullable ConnectionUrl address(Map<String, String> environment) {
        String given = first(url, settings.inEnvironment("postgresql.url"), environment.get("DATABASE_URL"));
        if (given != null) {
            return ConnectionUrl.parse(given);
        }
        if (isAnySet(environment, "DB_HOST", "DB_NAME")) {
            return ofVariables(environment, "DB_", "DB_NAME", "DB_SSL_MODE");
        }
        if (isAnySet(environment, "PGHOST", "PGDATABASE")) {
            return ofVariables(environment, "PG", "PGDATABASE", "PGSSLMODE");
        }
        String service = environment.get("PGSERVICE");
        if (service != null && !service.isBlank()) {
            return new ConnectionUrl("jdbc:postgresql://?service=" + service, null, null);
        }
        String inFile = settings.inFile("postgresql.url");
        return inFile == null ? null : ConnectionUrl.parse(inFile);
    }

    private static boolean isAnySet(Map<String, String> environment, String... names) {
        for (String name : names) {
            if (!environment.getOrDefault(name, "").isBlank()) {
                return true;
            }
        }
        return false;
    }

    private static ConnectionUrl ofVariables(
            Map<String, String> environment, String prefix, String name, String sslMode) {
        ConnectionUrl address = ConnectionUrl.of(
                Objects.requireNonNullElse(first(environment.get(prefix + "HOST")), "localhost"),
                Objects.requireNonNullElse(first(environment.get(prefix + "PORT")), "5432"),
                first(environment.get(name)),
                first(environment.get(sslMode)),
                first(environment.get(prefix + "USER")));
        return new ConnectionUrl(address.jdbcUrl(), address.user(), first(environment.get(prefix + "PASSWORD")));
    }

    private static @Nullable String first(@Nullable String... values) {
        for (String value : values) {
            if (value != null && !value.isBlank()) {
                return value;
            }
        }
        return null;
    }
}
