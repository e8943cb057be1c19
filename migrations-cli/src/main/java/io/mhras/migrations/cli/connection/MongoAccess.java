package io.mhras.migrations.cli.connection;

import static io.mhras.migrations.cli.options.Settings.first;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.cli.options.DatabaseOptions;
import io.mhras.migrations.cli.options.InvalidSettingException;
import io.mhras.migrations.cli.options.Settings;
import io.mhras.migrations.cli.terminal.Terminal;
import io.mhras.migrations.mongodb.MongoSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How MongoDB is reached. Its driver is loaded when it is. */
final class MongoAccess implements DatabaseAccess {

    @Override
    public DatabaseKind kind() {
        return DatabaseKind.MONGODB;
    }

    @Override
    public List<String> settings() {
        return List.of(
                "mongodb.uri",
                "mongodb.database",
                "mongodb.collection",
                "mongodb.lease",
                "mongodb.other-instance-timeout",
                "mongodb.script.timeout",
                "mongodb.script.statements",
                "mongodb.script.memory",
                "mongodb.target");
    }

    @Override
    public boolean isConfigured(DatabaseOptions options, Settings settings, Map<String, String> environment) {
        return address(options, settings, environment) != null;
    }

    /** Null if none is given. */
    private @Nullable MongoAddress address(
            DatabaseOptions options, Settings settings, Map<String, String> environment) {
        String inCommand = options.url(DatabaseKind.MONGODB);
        String given = first(
                inCommand,
                settings.inEnvironment("mongodb.uri"),
                environment.get("MONGODB_URL"),
                databaseUrl(environment),
                settings.inFile("mongodb.uri"));
        if (given == null) {
            return null;
        }
        MongoAddress address = MongoAddress.parse(given);
        return address.in(first(
                inCommand == null ? null : address.database(),
                settings.inEnvironment("mongodb.database"),
                environment.get("MONGODB_DB"),
                settings.inFile("mongodb.database"),
                address.database()));
    }

    @Override
    public DatabaseConnection connect(DatabaseOptions options, Settings settings, Terminal terminal) {
        refuseMissingDriver();
        MongoAddress address = address(options, settings, terminal.environment());
        if (address == null) {
            throw new InvalidSettingException(
                    "No MongoDB is given.",
                    "Give it with --url mongodb://user@host:27017/database, or set MONGODB_URL and MONGODB_DB,"
                            + " also in a file .env here or another one (--env-file).");
        }
        if (address.database() == null) {
            throw new InvalidSettingException(
                    "It is not said which database of MongoDB to migrate.",
                    "Write it after the hosts, as in mongodb://host:27017/clinic, or set MONGODB_DB.");
        }
        address = address.as(options.username(DatabaseKind.MONGODB), options.password(DatabaseKind.MONGODB, terminal));
        if (address.lacksPassword()) {
            address = address.as(null, askPassword(terminal));
        }
        return MongoConnection.open(address, settings(options, settings));
    }

    private static void refuseMissingDriver() {
        try {
            Class.forName("com.mongodb.client.MongoClients", false, MongoAccess.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new InvalidSettingException(
                    "MongoDB cannot be reached: its driver is not on the class path.",
                    "Use migrations-cli.jar, which has it; or add org.mongodb:mongodb-driver-sync and"
                            + " org.graalvm.js:js-language.");
        }
    }

    private static String askPassword(Terminal terminal) {
        if (!terminal.isInteractive()) {
            throw new InvalidSettingException(
                    "The password of the user of MongoDB is not given, and there is no terminal to ask at.",
                    "Give it with --password-file, or in the address: mongodb://user:password@host:27017/database.");
        }
        return DatabaseOptions.askPassword(terminal, "Password of MongoDB:");
    }

    private static MongoSettings settings(DatabaseOptions options, Settings settings) {
        MongoSettings usual = MongoSettings.DEFAULT;
        MongoSettings.Limits limits = usual.limits();
        return new MongoSettings(
                Objects.requireNonNullElse(
                        first(options.table, settings.get("mongodb.collection")), usual.collection()),
                "migrations",
                settings.time("mongodb.lease", usual.lease(), Duration.ofSeconds(1)),
                settings.time(options.wait, "mongodb.other-instance-timeout", usual.otherInstance()),
                new MongoSettings.Limits(
                        settings.time(null, "mongodb.script.timeout", limits.time()),
                        settings.count("mongodb.script.statements", limits.statements()),
                        settings.size("mongodb.script.memory", usualMemory())));
    }

    /** The default limit may be more than this process has, and an error is better than running out of memory. */
    private static long usualMemory() {
        return Math.min(
                MongoSettings.Limits.DEFAULT.memoryBytes(), Runtime.getRuntime().maxMemory() / 2);
    }

    @Override
    public boolean canWriteScripts() {
        return false;
    }

    @Override
    public ScriptWriter scriptWriter(DatabaseOptions options, Settings settings) {
        throw new InvalidSettingException(
                "There is no SQL for MongoDB: its files are scripts for mongosh as they are.",
                "Let 'migrations apply --db-type mongodb' run them: it records what it does and goes on where it"
                        + " stopped. 'migrations apply --dry-run' says which are pending.");
    }
}
