package io.mhras.migrations.cli;

import io.mhras.migrations.MigrationResult;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code migrations repair}: accepts the files as they are. */
@Command(
        name = "repair",
        mixinStandardHelpOptions = true,
        description =
                "Accept the files as they are: the new text of changed ones, the absence of missing ones. Runs nothing.",
        footer = {"", "Example: migrations repair"})
final class RepairCommand extends DatabaseCommand {

    @Override
    ExitCode callOn(Kind kind) {
        MigrationResult result = migrator(kind).repair();
        if (output.isJson()) {
            printJson(result);
        } else if (!output.quiet) {
            println(result.database() + ": " + result.events().size() + " accepted");
        }
        return ExitCode.DONE;
    }

    @Override
    ExitCode callOnAll(List<Kind> kinds) {
        return turns(kinds).untilFailure(this::callOn);
    }
}
