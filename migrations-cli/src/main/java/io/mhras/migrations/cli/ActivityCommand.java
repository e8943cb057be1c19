package io.mhras.migrations.cli;

import io.mhras.migrations.MigrationActivity;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationPrinter;
import io.mhras.migrations.cli.connection.Database;
import io.mhras.migrations.cli.report.Answer;
import io.mhras.migrations.cli.terminal.ExitCode;
import io.mhras.migrations.engine.Migrator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code migrations activity}: what runs at this moment. */
@Command(
        name = "activity",
        mixinStandardHelpOptions = true,
        description = "Show what migrates the database at this moment, in whichever process.",
        footer = {"", "Example: migrations activity --watch"})
final class ActivityCommand extends DatabaseVerb {

    private static final long PERIOD_MS = 1_000;

    @Option(
            names = {"-w", "--watch"},
            description = "Look again each second, until nothing runs.")
    boolean watch;

    private boolean isRunning;

    @Override
    ExitCode run(Invocation call) {
        List<Database> databases = call.databases().usual();
        ExitCode code = call.turns().forEach(databases, this::look);
        while (watch && isRunning && call.turns().answer().isRead()) {
            pause();
            isRunning = false;
            code = call.turns().forEach(databases, this::look);
        }
        return code;
    }

    private ExitCode look(Database database, Answer answer) {
        // Without files it is shown nevertheless, in less detail.
        Migrator migrator = new Migrator(database.connection().driver(), database::loadIfAny);
        Optional<MigrationActivity> activity = migrator.activity();
        isRunning |= activity.isPresent();
        if (answer.isJson()) {
            answer.printJson(activity.orElse(null));
        } else {
            answer.println(activity.map(MigrationPrinter::activity).orElse("Nothing migrates the database."));
        }
        return ExitCode.DONE;
    }

    private static void pause() {
        try {
            Thread.sleep(PERIOD_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MigrationException.TimedOut("The watch was interrupted.", "Start again.");
        }
    }
}
