package io.mhras.migrations.cli;

import io.mhras.migrations.MigrationResult;
import io.mhras.migrations.Migrator;
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
            description =
                    "Mark everything as not applied first, so that the targets are marked anew, as the files are now.")
    boolean purge;

    @Override
    public Integer call() {
        Target[] wanted = targets.stream().map(Target::parse).toArray(Target[]::new);
        Migrator migrator = migrator();
        if (purge) {
            // A target that there is no file for is to be known before.
            for (Target target : wanted) {
                if (target instanceof Target.Version version) {
                    migrator.migrations().resolve(version.text());
                }
            }
            MigrationResult purged = migrator.stamp(Target.BASE);
            tell(purged.database() + ": " + purged.events().size() + " marked as not applied");
        }
        MigrationResult result = migrator.stamp(wanted);
        if (output.isJson()) {
            printJson(result);
        } else if (!output.quiet) {
            println(result.database() + ": " + result.events().size() + " marked");
        }
        return ExitCode.DONE.code();
    }
}
