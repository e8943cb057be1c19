package io.mhras.migrations.cli.options;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which database, and under which limits. */
public final class DatabaseOptions {

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "The database: postgresql://user@host:port/database?sslmode=..., postgres://, postgresql+driver:// or"
                            + " jdbc:postgresql:. Default: DATABASE_URL; else DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD,"
                            + " DB_SSL_MODE; else PGHOST, PGPORT, PGDATABASE, PGUSER, PGPASSWORD, PGSERVICE, and ~/.pgpass."
                            + " Or MongoDB: mongodb://user@host:port/database or mongodb+srv://. Default: MONGODB_URL and"
                            + " MONGODB_DB.")
    public @Nullable String url;

    @Option(
            names = "--db-type",
            paramLabel = "postgresql|mongodb|all",
            converter = DatabaseChoice.Names.class,
            completionCandidates = DatabaseChoice.Names.class,
            description =
                    "Which kind of database. Default: that of --url; else whatever is configured, PostgreSQL first.")
    public @Nullable DatabaseChoice type;

    @Option(
            names = {"-U", "--username"},
            paramLabel = "NAME",
            description = "The user that migrates.")
    private @Nullable String username;

    @Option(names = "--password-file", paramLabel = "FILE", description = "A file with nothing but the password in it.")
    private @Nullable Path passwordFile;

    @Option(
            names = "--password",
            description = "Ask for the password. On a terminal it is asked for in any case, if the server wants one.")
    private boolean askPassword;

    @Option(
            names = "--schema",
            paramLabel = "NAME",
            description =
                    "Where the history lives and scripts create their objects, in PostgreSQL. Default: the connection's own.")
    public @Nullable String schema;

    @Option(
            names = "--table",
            paramLabel = "NAME",
            description = "The history's name; in MongoDB its collection. Default: migration_history.")
    public @Nullable String table;

    @Option(
            names = "--lock-timeout",
            paramLabel = "TIME",
            description = "How long a statement may wait for a lock, in PostgreSQL; 0 for no limit. Default: 2s.")
    public @Nullable Duration lockTimeout;

    @Option(
            names = "--statement-timeout",
            paramLabel = "TIME",
            description = "How long a statement may run; 0 for what the connection has set, which is the default.")
    public @Nullable Duration statementTimeout;

    @Option(
            names = "--retry-limit",
            paramLabel = "TIME",
            description = "How long a script that gets no lock is tried again; 0 for not at all. Default: 10m.")
    public @Nullable Duration retryLimit;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            description = "How long to wait for another process that migrates. Default: as long as it lives.")
    public @Nullable Duration wait;

    @Option(
            names = "--connect-timeout",
            paramLabel = "TIME",
            description = "How long to try again while the database is not up yet; 0 for one attempt, the default.")
    public @Nullable Duration connectTimeout;

    @Option(
            names = "--adopt",
            paramLabel = "none",
            description = "What another tool's history means where ours is empty. With none: nothing, all files run."
                    + " Default: nothing runs; 'migrations adopt' takes it over.")
    public @Nullable String adopt;

    /**
     * Which kinds of database {@code --db-type} or else the URL names; empty if neither names one.
     *
     * @throws InvalidSettingException if they contradict each other
     */
    public List<DatabaseKind> kinds() {
        DatabaseKind ofUrl = url == null ? null : kind(url);
        List<DatabaseKind> kinds = type != null ? type.kinds() : ofUrl == null ? List.of() : List.of(ofUrl);
        if (ofUrl != null && !kinds.contains(ofUrl)) {
            throw new InvalidSettingException(
                    "--url leads to " + ofUrl.title() + ", and --db-type asks for "
                            + kinds.get(0).title() + ".",
                    "Leave out one of them.");
        }
        return kinds;
    }

    /** @throws InvalidSettingException if there are several databases, and a login that may be for any of them */
    public void refuseUnclearLogin(int databases) {
        if (url == null && databases > 1 && (username != null || passwordFile != null || askPassword)) {
            throw new InvalidSettingException(
                    "There are two databases, and it is not said whose --username or --password is meant.",
                    "Name one with --db-type; or put user and password where the database is configured.");
        }
    }

    /** The kind that a URL leads to; an unknown one is reported as a wrong PostgreSQL URL. */
    public static DatabaseKind kind(String url) {
        return DatabaseKind.ofUrl(url).orElse(DatabaseKind.POSTGRESQL);
    }

    /** The {@code --url} for this kind; null if it is not given, or leads to another kind. */
    public @Nullable String url(DatabaseKind kind) {
        return url == null || kind(url) != kind ? null : url;
    }

    /** {@code --username}, if it is meant for this kind. */
    public @Nullable String username(DatabaseKind kind) {
        return isMeant(kind) ? username : null;
    }

    /** {@code --password-file} or {@code --password}, if they are meant for this kind; null if neither is given. */
    public @Nullable String password(DatabaseKind kind, Terminal terminal) {
        if (!isMeant(kind)) {
            return null;
        }
        if (passwordFile != null) {
            return read(passwordFile);
        }
        return askPassword ? askPassword(terminal, "Password:") : null;
    }

    private boolean isMeant(DatabaseKind kind) {
        return url == null || kind(url) == kind;
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

    /** @throws InvalidSettingException if there is no terminal on which it can be asked for */
    public static String askPassword(Terminal terminal, String question) {
        return Objects.requireNonNullElseGet(terminal.askSecret(question), () -> {
            throw new InvalidSettingException(
                    "The password cannot be asked for: input and output are not a terminal.",
                    "Give it with --password-file, in PGPASSWORD, or in ~/.pgpass.");
        });
    }
}
