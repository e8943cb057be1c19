package io.mhras.migrations.cli;

import io.mhras.migrations.Target;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code migrations validate}: whether files and history agree. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = "Check that files and history agree and that everything up to the target is applied.",
        footer = {"", "Example: migrations validate --target 003"})
final class ValidateCommand extends DatabaseCommand {

    @Option(
            names = "--target",
            paramLabel = "TARGET",
            description = "Up to where everything has to be applied. Default: head.")
    @Nullable String option;

    @Override
    ExitCode callOn(Kind kind) {
        String target = Objects.requireNonNullElseGet(option, () -> settings().target(kind.toString()));
        migrator(kind).validate(Target.parse(target));
        if (output.isJson()) {
            printJson(new Answer("VALID"));
        } else if (!output.quiet) {
            println("Files and history agree, and everything up to " + target + " is applied.");
        }
        return ExitCode.DONE;
    }

    /** What JSON says. */
    private record Answer(String result) {}
}
