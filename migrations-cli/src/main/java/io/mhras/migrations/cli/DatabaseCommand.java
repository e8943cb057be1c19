package io.mhras.migrations.cli;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationResult;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.cli.Cancellation.CancelledException;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.engine.MigratorSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A verb that works with a database and migration files. */
abstract class DatabaseCommand implements Callable<Integer> {

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    MigrationsCommand parent;

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Mixin
    DatabaseOptions database = new DatabaseOptions();

    @Mixin
    FileOptions files = new FileOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "Settings, by the names of mhras.migrations.*. Default: " + Settings.FILE + ", if it is there.")
    @Nullable Path config;

    private Settings settings = Settings.NONE;
    private @Nullable Turns turns;

    /** Reads the settings; before anything else. */
    void prepare() {
        settings = Settings.read(terminal().environment(), config);
        database.use(settings);
        files.use(settings);
    }

    @Override
    public final Integer call() {
        try {
            List<Kind> kinds = kinds();
            return (kinds.size() == 1 ? callOn(kinds.get(0)) : callOnAll(kinds)).code();
        } finally {
            database.close();
        }
    }

    /** Does it with one database. */
    abstract ExitCode callOn(Kind kind);

    /** Does it with one after the other: what goes wrong with one does not keep the next from its turn. */
    ExitCode callOnAll(List<Kind> kinds) {
        return turns(kinds).forEach(this::callOn);
    }

    /** From now on there are several. */
    Turns turns(List<Kind> kinds) {
        Turns begun = new Turns(this, kinds);
        turns = begun;
        return begun;
    }

    /** Which databases; PostgreSQL where nothing says it. Of two, one without any files is left out. */
    List<Kind> kinds() {
        List<Kind> asked = database.kinds(terminal());
        if (database.type != null && asked.size() == 1) {
            return asked;
        }
        List<Kind> withFiles = Stream.of(Kind.values())
                .filter(kind -> files.areThere(terminal(), kind))
                .toList();
        if (asked.isEmpty()) {
            return withFiles.isEmpty() ? List.of(Kind.POSTGRESQL) : kindsWithoutDatabase(withFiles);
        }
        if (asked.size() > 1) {
            return withFiles.isEmpty() ? asked : withFiles;
        }
        Kind other = asked.get(0).other();
        if (withFiles.contains(other)) {
            tell("note: there are files for " + other.title() + " too (." + other.extension() + "), and no "
                    + other.title() + " is configured. They are left alone.");
        }
        return asked;
    }

    /** No database is known: whoever needs one will say so, for one. */
    List<Kind> kindsWithoutDatabase(List<Kind> withFiles) {
        return withFiles.subList(0, 1);
    }

    Settings settings() {
        return settings;
    }

    Terminal terminal() {
        return parent.terminal();
    }

    DatabaseConnection connection(Kind kind) {
        return database.connection(kind, terminal());
    }

    MigrationSet load(Kind kind) {
        return files.load(terminal(), kind);
    }

    Migrator migrator(Kind kind) {
        return migrator(kind, new MigratorSettings(settings().outOfOrder(), false));
    }

    Migrator migrator(Kind kind, MigratorSettings migratorSettings) {
        return new Migrator(connection(kind).driver(), () -> load(kind)).with(migratorSettings);
    }

    /** Changes the database, and shows how far it is; {@code Ctrl-C} stops it. */
    ExitCode carryOut(
            Kind kind,
            Migrator migrator,
            Function<Migrator, MigrationResult> change,
            Consumer<MigrationResult> answer) {
        RunRecord record = new RunRecord();
        MigrationResult result;
        try (Cancellation.Run run = parent.cancellation().begin(connection(kind));
                Progress progress = Progress.of(terminal(), output)) {
            result = change.apply(migrator.with(run).with(record).with(progress));
        } catch (CancelledException e) {
            return cancelled(record);
        } catch (MigrationException e) {
            if (!parent.cancellation().isCancelled()) {
                throw e;
            }
            terminal().err().println(e.problem() + "\n");
            return cancelled(record);
        }
        answer.accept(result);
        return ExitCode.DONE;
    }

    private ExitCode cancelled(RunRecord record) {
        // The interruption has done its work, and to close a connection is to talk to the server once more.
        Thread.interrupted();
        terminal().err().println("Cancelled.\n" + record.describe());
        return ExitCode.CANCELLED;
    }

    /** The answer. */
    void print(String text) {
        if (turns != null) {
            turns.beginAnswer();
        }
        terminal().out().print(text);
        terminal().out().flush();
    }

    void println(String line) {
        print(line + "\n");
    }

    /** Answers with what a run came to. */
    ExitCode answer(MigrationResult result, String inWords) {
        if (output.isJson()) {
            printJson(result);
            return ExitCode.DONE;
        }
        result.notes().forEach(note -> tell("note: " + note));
        if (!output.quiet) {
            println(result.database() + ": " + inWords);
        }
        return ExitCode.DONE;
    }

    /** Where there are several databases: whose progress follows. */
    void tellTurn() {
        if (!output.quiet && turns != null) {
            terminal().err().println(turns.heading());
        }
    }

    /** All that is not the answer. */
    void tell(String line) {
        if (!output.quiet) {
            terminal().err().println(turns == null ? line : turns.title() + line);
        }
    }

    /** What was answered of each of several databases, by its kind. */
    void answerAll(Map<String, @Nullable Object> answers) {
        if (output.isJson()) {
            print(Json.of(answers) + "\n");
        }
    }

    /** With several databases their answers become one document. */
    void printJson(@Nullable Object answer) {
        if (turns == null) {
            print(Json.of(answer) + "\n");
        } else {
            turns.answer(answer);
        }
    }
}
