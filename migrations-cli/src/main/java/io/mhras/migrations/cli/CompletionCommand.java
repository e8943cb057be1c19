package io.mhras.migrations.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

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
final class CompletionCommand implements Callable<Integer> {

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    MigrationsCommand parent;

    @Override
    public Integer call() {
        parent.terminal().out().print(AutoComplete.bash("migrations", parent.withAllVerbs()));
        parent.terminal().out().flush();
        return ExitCode.DONE.code();
    }
}
