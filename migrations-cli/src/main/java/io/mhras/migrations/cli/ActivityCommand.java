package io.mhras.migrations.cli;

import io.mhras.migrations.MigrationActivity;
import io.mhras.migrations.Migrator;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code migrations activity}: what runs at this moment. */
@Command(
        name = "activity",
        mixinStandardHelpOptions = true,
        description = "Show what migrates the database at this moment, in whichever process.",
        footer = {"", "Example: migrations activity --watch"})
final class ActivityCommand extends DatabaseCommand {

    private static final long PERIOD_MS = 1_000;

    @Option(
            names = {"-w", "--watch"},
            description = "Go on, with a line a second, until nothing runs.")
    boolean watch;

    @Override
    public Integer call() throws InterruptedException {
        // Without files it is seen all the same, with less said of it.
        Migrator migrator = new Migrator(database.driver(terminal()), () -> files.loadIfAny(terminal()));
        Optional<MigrationActivity> activity = migrator.activity();
        show(activity);
        while (watch && activity.isPresent()) {
            Thread.sleep(PERIOD_MS);
            activity = migrator.activity();
            show(activity);
        }
        return ExitCode.DONE.code();
    }

    private void show(Optional<MigrationActivity> activity) {
        if (output.isJson()) {
            print(activity.map(Json::of).orElse("null") + "\n");
        } else {
            println(activity.map(MigrationActivity::describe).orElse("Nothing migrates the database."));
        }
    }
}
