package io.mhras.migrations.cli;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationResult;
import io.mhras.migrations.Migrator;
import io.mhras.migrations.MigratorSettings;
import io.mhras.migrations.cli.Cancellation.CancelledException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
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

    /** Reads the settings; before anything else. */
    void prepare() {
        settings = Settings.read(terminal().environment(), config);
        database.use(settings);
        files.use(settings);
        checkDatabase();
    }

    /** Whether there is a driver for the kind of database that is asked for. */
    void checkDatabase() {
        if (database.type == DatabaseOptions.DbType.MONGODB) {
            throw DatabaseOptions.noMongoDb();
        }
        if (database.type == DatabaseOptions.DbType.ALL) {
            tell("All is PostgreSQL here: this version has no driver of another database.");
        }
    }

    Settings settings() {
        return settings;
    }

    Terminal terminal() {
        return parent.terminal();
    }

    Migrator migrator() {
        return migrator(MigratorSettings.DEFAULT);
    }

    Migrator migrator(MigratorSettings migratorSettings) {
        Terminal terminal = terminal();
        return new Migrator(database.driver(terminal), () -> files.load(terminal)).with(migratorSettings);
    }

    /** Changes the database, and shows how far it is; {@code Ctrl-C} stops it. */
    int carryOut(Migrator migrator, Function<Migrator, MigrationResult> change, Consumer<MigrationResult> answer) {
        RunRecord record = new RunRecord();
        MigrationResult result;
        try (Cancellation.Run run = parent.cancellation().begin(database.dataSource(terminal()));
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
        return ExitCode.DONE.code();
    }

    private int cancelled(RunRecord record) {
        terminal().err().println("Cancelled.\n" + record.describe());
        return ExitCode.CANCELLED.code();
    }

    /** The answer. */
    void print(String text) {
        terminal().out().print(text);
        terminal().out().flush();
    }

    void println(String line) {
        print(line + "\n");
    }

    /** All that is not the answer. */
    void tell(String line) {
        if (!output.quiet) {
            terminal().err().println(line);
        }
    }

    void printJson(Object answer) {
        print(Json.of(answer) + "\n");
    }
}
