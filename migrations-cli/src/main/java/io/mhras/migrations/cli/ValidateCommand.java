package io.mhras.migrations.cli;

import io.mhras.migrations.Target;
import io.mhras.migrations.cli.connection.Database;
import io.mhras.migrations.cli.report.Answer;
import io.mhras.migrations.cli.terminal.ExitCode;
import io.mhras.migrations.engine.Migrator;
import java.util.List;
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
final class ValidateCommand extends DatabaseVerb {

    @Option(
            names = "--target",
            paramLabel = "TARGET",
            description = "Up to where everything has to be applied. Default: head.")
    @Nullable String option;

    @Override
    ExitCode run(Invocation call) {
        return call.forEach(this::validate);
    }

    private ExitCode validate(Database database, Answer answer) {
        String target = Objects.requireNonNullElseGet(option, database::usualTarget);
        Migrator migrator = database.migrator();
        migrator.validate(Target.parse(target));
        List<String> notes = migrator.migrations().notes();
        if (answer.isJson()) {
            answer.printJson(new Document("VALID", notes));
        } else if (!answer.isQuiet()) {
            notes.forEach(note -> answer.println("note: " + note));
            answer.println("Files and history agree, and everything up to " + target + " is applied.");
        }
        return ExitCode.DONE;
    }

    /** The answer in JSON. */
    private record Document(String result, List<String> notes) {}
}
