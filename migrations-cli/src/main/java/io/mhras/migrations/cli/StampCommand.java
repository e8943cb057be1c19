package io.mhras.migrations.cli;

import io.mhras.migrations.MigrationResult;
import io.mhras.migrations.Target;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code migrations stamp}: marks without running. */
@Command(
        name = "stamp",
        mixinStandardHelpOptions = true,
        description = "Mark what leads to the targets as applied, and all else as not applied. Runs nothing.",
        footer = {"", "Example: migrations stamp head", "         migrations stamp --purge 003"})
final class StampCommand extends DatabaseCommand {

    @Parameters(arity = "1..*", paramLabel = "TARGET", description = "head, base, or versions.")
    List<String> targets = List.of();

    @Option(
            names = "--purge",
            description = "Mark what is applied already anew, too, as the files are now: changed ones are accepted.")
    boolean purge;

    @Override
    ExitCode callOn(Kind kind) {
        Target[] wanted = targets.stream().map(Target::parse).toArray(Target[]::new);
        MigrationResult result =
                purge ? migrator(kind).stampAnew(wanted) : migrator(kind).stamp(wanted);
        if (output.isJson()) {
            printJson(result);
        } else if (!output.quiet) {
            println(result.database() + ": " + result.events().size() + " marked");
        }
        return ExitCode.DONE;
    }

    @Override
    ExitCode callOnAll(List<Kind> kinds) {
        return turns(kinds).untilFailure(this::callOn);
    }
}
