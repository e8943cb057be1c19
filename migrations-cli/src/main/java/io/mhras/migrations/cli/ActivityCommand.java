package io.mhras.migrations.cli;

import io.mhras.migrations.MigrationActivity;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationPrinter;
import io.mhras.migrations.engine.Migrator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
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
            description = "Look again each second, until nothing runs.")
    boolean watch;

    private boolean isRunning;

    @Override
    ExitCode callOn(Kind kind) {
        return watched(() -> look(kind));
    }

    @Override
    ExitCode callOnAll(List<Kind> kinds) {
        return watched(() -> turns(kinds).forEach(this::look));
    }

    private ExitCode watched(Supplier<ExitCode> look) {
        ExitCode code = look.get();
        while (watch && isRunning) {
            pause();
            isRunning = false;
            code = look.get();
        }
        return code;
    }

    private ExitCode look(Kind kind) {
        // Without files it is seen all the same, with less said of it.
        Migrator migrator = new Migrator(connection(kind).driver(), () -> files.loadIfAny(terminal(), kind));
        Optional<MigrationActivity> activity = migrator.activity();
        isRunning |= activity.isPresent();
        if (output.isJson()) {
            printJson(activity.orElse(null));
        } else {
            println(activity.map(MigrationPrinter::activity).orElse("Nothing migrates the database."));
        }
        return ExitCode.DONE;
    }

    private static void pause() {
        try {
            Thread.sleep(PERIOD_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MigrationException.TimedOut("Nobody looks on any more.", "Start again.");
        }
    }
}
