package io.mhras.migrations.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which database, and under which limits. */
final class DatabaseOptions {

    enum DbType {
        POSTGRESQL,
        MONGODB,
        ALL;

        List<Kind> kinds() {
            return switch (this) {
                case POSTGRESQL -> List.of(Kind.POSTGRESQL);
                case MONGODB -> List.of(Kind.MONGODB);
                case ALL -> List.of(Kind.values());
            };
        }

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
                            + " DB_SSL_MODE; else PGHOST, PGPORT, PGDATABASE, PGUSER, PGPASSWORD, PGSERVICE, and ~/.pgpass."
                            + " Or MongoDB: mongodb://user@host:port/database or mongodb+srv://. Default: MONGODB_URL and"
                            + " MONGODB_DB.")
    @Nullable String url;

    @Option(
            names = "--db-type",
            paramLabel = "postgresql|mongodb|all",
            description =
                    "Which kind of database. Default: that of --url; else whatever is configured, PostgreSQL first.")
    @Nullable DbType type;

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
            description =
                    "Where the history lives and scripts create their objects, in PostgreSQL. Default: the connection's own.")
    @Nullable String schema;

    @Option(
            names = "--table",
            paramLabel = "NAME",
            description = "The history's name; in MongoDB its collection. Default: migration_history.")
    @Nullable String table;

    @Option(
            names = "--lock-timeout",
            paramLabel = "TIME",
            description = "How long a statement may wait for a lock, in PostgreSQL; 0 for no limit. Default: 2s.")
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
    private final Map<Kind, DatabaseConnection> connections = new EnumMap<>(Kind.class);

    void use(Settings newSettings) {
        settings = newSettings;
    }

    /**
     * Which databases: what {@code --db-type} says, else what the URL says, else what is configured.
     *
     * @throws InvalidSettingException if what is given contradicts itself
     */
    List<Kind> kinds(Terminal terminal) {
        if (type != null) {
            refuseContradiction(type.kinds());
            return type.kinds();
        }
        List<Kind> kinds = url != null
                ? List.of(Kind.of(url))
                : Stream.of(Kind.values())
                        .filter(kind -> isConfigured(kind, terminal))
                        .toList();
        refuseContradiction(kinds);
        return kinds;
    }

    private void refuseContradiction(List<Kind> kinds) {
        if (url != null && !kinds.contains(Kind.of(url))) {
            throw new InvalidSettingException(
                    "--url leads to " + Kind.of(url).title() + ", and --db-type asks for "
                            + kinds.get(0).title() + ".",
                    "Leave out one of them.");
        }
        if (url == null && kinds.size() > 1 && (username != null || passwordFile != null || askPassword)) {
            throw new InvalidSettingException(
                    "There are two databases, and it is not said whose --username or --password is meant.",
                    "Name one with --db-type; or put user and password where the database is configured.");
        }
    }

    /** Whether anything says which database of this kind; where nothing does, there is no connection to be had. */
    boolean isConfigured(Kind kind, Terminal terminal) {
        return switch (kind) {
            case POSTGRESQL -> PostgresAddress.find(this, settings, terminal.environment()) != null;
            case MONGODB -> MongoAddress.find(this, settings, terminal.environment()) != null;
        };
    }

    /** What {@code --url} says for this kind; null if it is not given, or leads to the other kind. */
    @Nullable String url(Kind kind) {
        return url == null || Kind.of(url) != kind ? null : url;
    }

    /** The same connection for as long as the command runs. */
    DatabaseConnection connection(Kind kind, Terminal terminal) {
        return connections.computeIfAbsent(kind, missing -> switch (missing) {
            case POSTGRESQL -> PostgresConnection.of(this, settings, terminal);
            case MONGODB -> mongo(terminal);
        });
    }

    private DatabaseConnection mongo(Terminal terminal) {
        try {
            Class.forName("com.mongodb.client.MongoClients", false, DatabaseOptions.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new InvalidSettingException(
                    "MongoDB cannot be reached: its driver is not on the class path.",
                    "Use migrations-cli.jar, which has it; or add org.mongodb:mongodb-driver-sync and"
                            + " org.graalvm.js:js-language.");
        }
        return MongoConnection.of(this, settings, terminal);
    }

    void close() {
        connections.values().forEach(DatabaseConnection::close);
        connections.clear();
    }

    /** {@code --password-file} or {@code --password}, if they are meant for this kind; null if neither is given. */
    @Nullable String givenPassword(Kind kind, Terminal terminal) {
        if (url != null && Kind.of(url) != kind) {
            return null;
        }
        if (passwordFile != null) {
            return read(passwordFile);
        }
        return askPassword ? terminal.askSecret("Password:") : null;
    }

    /** {@code --username}, if it is meant for this kind. */
    @Nullable String givenUser(Kind kind) {
        return url != null && Kind.of(url) != kind ? null : username;
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

    /** The first that says something; null if none does. */
    static @Nullable String first(@Nullable String... values) {
        for (String value : values) {
            if (value != null && !value.isBlank()) {
                return value;
            }
        }
        return null;
    }
}
