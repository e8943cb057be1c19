package io.mhras.migrations.cli;

import io.mhras.migrations.cli.options.ForeignOptions;
import io.mhras.migrations.cli.options.OutputOptions;
import io.mhras.migrations.text.Nearest;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * A command line that means nothing.
 *
 * @param failure what is wrong with it
 * @param arguments all of it
 */
record WrongUsage(ParameterException failure, List<String> arguments) {

    /** How to answer, as far as it can be told: where options are wrong, not all of them have been read. */
    OutputOptions output() {
        String line = String.join(" ", arguments).toLowerCase(Locale.ROOT);
        OutputOptions output = new OutputOptions();
        if (line.contains(OutputOptions.FORMAT + " json") || line.contains(OutputOptions.FORMAT + "=json")) {
            output.format = OutputOptions.Format.JSON;
        }
        return output;
    }

    /** What is wrong, and what may have been meant. */
    String message() {
        return problem() + "\n\nWhat to do: " + remedy();
    }

    private String problem() {
        if (isUnknownVerb()) {
            return "There is no verb '" + unmatched() + "'.";
        }
        if (isNeedlessForce()) {
            return "'" + failure.getCommandLine().getCommandSpec().qualifiedName()
                    + "' has no --force: it does not ask.";
        }
        StringWriter suggestions = new StringWriter();
        UnmatchedArgumentException.printSuggestions(failure, new PrintWriter(suggestions, true));
        return (failure.getMessage() + "\n" + suggestions).strip();
    }

    private String remedy() {
        CommandLine command = failure.getCommandLine();
        String help = "'" + command.getCommandSpec().qualifiedName() + " --help'";
        String given = unmatched();
        if (given != null && isUnknownVerb()) {
            List<String> near =
                    Nearest.to(given, new TreeSet<>(command.getSubcommands().keySet()));
            return near.isEmpty() ? help + " lists them." : "Did you mean " + String.join(", ", near) + "?";
        }
        if (isNeedlessForce()) {
            return "Leave --force out."
                    + (command.getCommandSpec().findOption("--dry-run") == null
                            ? ""
                            : " '" + command.getCommandSpec().qualifiedName() + " --dry-run' shows what it would do.");
        }
        String ours = given == null ? null : ForeignOptions.ours(given);
        return (ours == null ? "" : "Use " + ours + ". ") + help + " explains it.";
    }

    private boolean isUnknownVerb() {
        return failure instanceof UnmatchedArgumentException unmatched
                && !failure.getCommandLine().getSubcommands().isEmpty()
                && !unmatched.isUnknownOption();
    }

    /** Those who are used to it from the verbs that ask. */
    private boolean isNeedlessForce() {
        return "--force".equals(unmatched());
    }

    private @Nullable String unmatched() {
        return failure instanceof UnmatchedArgumentException unmatched
                ? unmatched.getUnmatched().get(0)
                : null;
    }
}
