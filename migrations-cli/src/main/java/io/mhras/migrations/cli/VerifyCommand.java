package io.mhras.migrations.cli;

import io.mhras.migrations.VerificationResult;
import io.mhras.migrations.VerificationResult.Check;
import io.mhras.migrations.VerificationResult.Outcome;
import io.mhras.migrations.cli.connection.Database;
import io.mhras.migrations.cli.report.Answer;
import io.mhras.migrations.cli.report.JUnitVerification;
import io.mhras.migrations.cli.report.OutputFile;
import io.mhras.migrations.cli.terminal.ExitCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code migrations verify}: whether the checks of what is applied still hold. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Run the checks of the applied migrations again, on any database: a line for each, and exit code 1 if one does not"
                    + " hold.",
            "It only reads, takes no lock on the migrations, and gives a statement 30s, unless --statement-timeout says"
                    + " otherwise. A check that writes is skipped."
        },
        footer = {
            "",
            "Example: migrations verify",
            "         migrations verify 003 R_active_patients",
            "         migrations verify --junit target/TEST-verify.xml"
        })
final class VerifyCommand extends DatabaseVerb {

    @Parameters(
            paramLabel = "VERSION",
            arity = "0..*",
            description = "Only the checks of these migrations, which have to be applied. Default: of all.")
    List<String> versions = new ArrayList<>();

    @Option(
            names = "--junit",
            paramLabel = "FILE",
            description = "Write the results into this file, too, as JUnit's XML; a file that is there is replaced.")
    @Nullable Path junit;

    private final List<VerificationResult> results = new ArrayList<>();

    @Override
    ExitCode run(Invocation call) {
        ExitCode code = call.forEach(this::verify);
        if (junit != null) {
            new OutputFile(junit, "--junit").write(new JUnitVerification(results).toString());
        }
        return code;
    }

    private ExitCode verify(Database database, Answer answer) {
        VerificationResult result = database.migrator()
                .verify(
                        versions,
                        Objects.requireNonNullElse(options.database.statementTimeout, VerificationResult.USUAL_TIMEOUT),
                        check -> show(check, answer));
        results.add(result);
        result.notes().forEach(note -> answer.tell("note: " + note));
        if (answer.isJson()) {
            answer.printJson(result);
        } else if (!answer.isQuiet()) {
            if (answer.isVerbose() && !result.unchecked().isEmpty()) {
                result.unchecked().forEach(version -> answer.println("  " + version + " has no check"));
            }
            answer.println(result.database() + ": " + result.summary());
        }
        return result.failed().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static void show(Check check, Answer answer) {
        if (answer.isJson()) {
            return;
        }
        if (check.outcome() == Outcome.FAILED) {
            answer.println("red", check.line());
            answer.println(check.details() + "\n");
        } else if (!answer.isQuiet()) {
            answer.println(check.line());
        }
    }
}
