package io.mhras.migrations.cli;

import io.mhras.migrations.cli.change.Direction;
import io.mhras.migrations.cli.change.ScriptChange;
import io.mhras.migrations.cli.connection.Database;
import io.mhras.migrations.cli.options.ChangeOptions;
import io.mhras.migrations.cli.terminal.ExitCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code migrations rollback}: takes migrations back. */
@Command(
        name = "rollback",
        aliases = "downgrade",
        mixinStandardHelpOptions = true,
        description = "Take migrations back with their down scripts, newest first.",
        footer = {"", "Example: migrations rollback -1", "         migrations rollback base --force"})
final class RollbackCommand extends DatabaseVerb {

    @Mixin
    ChangeOptions change = new ChangeOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "TARGET",
            description = "-n (the last n, as applied), a version that stays, or base. Default: -1.")
    @Nullable String position;

    @Override
    ExitCode run(Invocation call) {
        String given = change.target(position);
        String target = given == null ? "-1" : given;
        return new ScriptChange(Direction.DOWN, database -> target, Database::migrator, change, call.cancellation())
                .run(call.databases(), call.turns());
    }
}
