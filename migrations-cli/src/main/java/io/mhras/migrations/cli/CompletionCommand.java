package io.mhras.migrations.cli;

import java.io.PrintWriter;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code migrations completion}: what a shell needs to complete a command line. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Write the completion script for bash and zsh.",
        footer = {
            "",
            "Example: source <(migrations completion)",
            "         migrations completion > /etc/bash_completion.d/migrations"
        })
final class CompletionCommand implements DescribingVerb {

    @Override
    public void write(CommandLine all, PrintWriter out) {
        out.print(AutoComplete.bash("migrations", all));
    }
}
