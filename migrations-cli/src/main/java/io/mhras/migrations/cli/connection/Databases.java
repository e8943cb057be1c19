package io.mhras.migrations.cli.connection;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.cli.options.CommonOptions;
import io.mhras.migrations.cli.options.InvalidSettingException;
import io.mhras.migrations.cli.options.MigrationFiles;
import io.mhras.migrations.cli.options.Settings;
import io.mhras.migrations.cli.terminal.Terminal;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The databases that the options, the environment and the settings lead to: a verb decides which of them it works with. */
public final class Databases implements AutoCloseable {

    private final CommonOptions options;
    private final Settings settings;
    private final List<Database> all;
    private final Consumer<String> notes;

    private Databases(CommonOptions options, Settings settings, List<Database> all, Consumer<String> notes) {
        this.options = options;
        this.settings = settings;
        this.all = all;
        this.notes = notes;
    }

    /**
     * Reads the settings.
     *
     * @param notes is given what the user should know of the choice
     * @throws InvalidSettingException if there is something wrong with them
     */
    public static Databases of(CommonOptions options, Terminal terminal, Consumer<String> notes) {
        List<DatabaseAccess> kinds =
                Stream.of(DatabaseKind.values()).map(Databases::access).toList();
        Set<String> keys = new TreeSet<>();
        kinds.forEach(kind -> keys.addAll(kind.settings()));
        Settings settings = Settings.read(terminal.environment(), options.config, keys);
        MigrationFiles files = new MigrationFiles(options.files, settings, terminal.environment());
        return new Databases(
                options,
                settings,
                kinds.stream()
                        .map(kind -> new Database(kind, options.database, settings, files, terminal))
                        .toList(),
                notes);
    }

    private static DatabaseAccess access(DatabaseKind kind) {
        return switch (kind) {
            case POSTGRESQL -> new PostgresAccess();
            case MONGODB -> new MongoAccess();
        };
    }

    public Settings settings() {
        return settings;
    }

    /** Those that are asked for, else those that are configured; of several, one without any files is left out. */
    public List<Database> usual() {
        return usual(withFiles -> withFiles.subList(0, 1));
    }

    /** Those whose files are to be read: the same, but where no database is known, all that there are files for. */
    public List<Database> forReading() {
        return usual(withFiles -> withFiles);
    }

    /** PostgreSQL by default. */
    private List<Database> usual(UnaryOperator<List<Database>> withoutAny) {
        List<Database> asked = asked();
        if (options.database.type != null && asked.size() == 1) {
            return asked;
        }
        List<Database> withFiles = all.stream().filter(Database::hasFiles).toList();
        if (asked.isEmpty()) {
            // Connecting to it then reports what is missing.
            return withFiles.isEmpty() ? all.subList(0, 1) : withoutAny.apply(withFiles);
        }
        List<Database> askedWithFiles =
                asked.stream().filter(withFiles::contains).toList();
        if (asked.size() > 1) {
            return askedWithFiles.isEmpty() ? asked : askedWithFiles;
        }
        withFiles.stream()
                .filter(other -> !asked.contains(other))
                .map(Database::kind)
                .forEach(other -> notes.accept("note: there are files for " + other.title() + " too (."
                        + other.extension() + "), and no " + other.title()
                        + " is configured. They are left alone."));
        return asked;
    }

    /**
     * The usual one.
     *
     * @param refusal what to say if there are several
     * @throws InvalidSettingException if there are
     */
    public List<Database> onlyOne(String refusal) {
        if (asked().size() > 1) {
            throw new InvalidSettingException(refusal, "Name it with " + choice(DatabaseKind::toString) + ".");
        }
        return usual();
    }

    /**
     * The one that a new file is for.
     *
     * @throws InvalidSettingException if several are named
     */
    public Database forNewFile() {
        if (options.database.kinds().size() > 1) {
            throw new InvalidSettingException(
                    "A file is for one kind of database.",
                    "Write " + choice(kind -> kind + " (." + kind.extension() + ")") + ".");
        }
        List<Database> asked = asked();
        return asked.isEmpty() ? all.get(0) : asked.get(0);
    }

    /**
     * The one that scripts for others to run can be written for.
     *
     * @throws InvalidSettingException if only another is asked for
     */
    public Database forScripts() {
        List<Database> asked = asked();
        Database one = Stream.concat(asked.stream(), all.stream())
                .filter(Database::canWriteScripts)
                .findFirst()
                .orElseThrow();
        if (asked.size() == 1 && !asked.contains(one)) {
            asked.get(0).scriptWriter();
        }
        asked.stream()
                .filter(other -> !other.canWriteScripts())
                .map(Database::kind)
                .forEach(other -> notes.accept("note: this is " + one.kind().title() + "'s part. " + other.title()
                        + "'s files are applied with 'migrations apply --db-type " + other + "'."));
        return one;
    }

    private String choice(Function<DatabaseKind, String> text) {
        return all.stream()
                .map(database -> "--db-type " + text.apply(database.kind()))
                .collect(Collectors.joining(" or "));
    }

    private List<Database> asked() {
        List<DatabaseKind> named = options.database.kinds();
        List<Database> asked = all.stream()
                .filter(one -> named.isEmpty() ? one.isConfigured() : named.contains(one.kind()))
                .toList();
        options.database.refuseUnclearLogin(asked.size());
        return asked;
    }

    @Override
    public void close() {
        all.forEach(Database::close);
    }
}
