package io.mhras.migrations.cli;

import io.mhras.migrations.cli.change.Direction;
import io.mhras.migrations.cli.change.ScriptChange;
import io.mhras.migrations.cli.connection.Database;
import io.mhras.migrations.cli.options.ChangeOptions;
import io.mhras.migrations.cli.options.Settings;
import io.mhras.migrations.cli.terminal.ExitCode;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.engine.MigratorSettings.OutOfOrder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code migrations apply}: applies what is pending. */
@Command(
        name = "apply",
        aliases = {"upgrade", "migrate"},
        mixinStandardHelpOptions = true,
        description = "Apply what is pending: all of it, or up to a target.",
        footer = {"", "Example: migrations apply --target 003 --dry-run"})
final class ApplyCommand extends DatabaseVerb {

    @Mixin
    ChangeOptions change = new ChangeOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "TARGET",
            description = "head, +n (the next n), or a version. Default: head.")
    @Nullable String position;

    @Option(
            names = "--out-of-order",
            paramLabel = "fail|apply",
            description = "What to do with a late file below the newest applied one. Default: fail.")
    @Nullable OutOfOrder outOfOrder;

    @Override
    ExitCode run(Invocation call) {
        Settings settings = call.databases().settings();
        String given = change.target(position);
        return new ScriptChange(
                        Direction.UP,
                        database -> given == null ? settings.target(database) : given,
                        database -> migrator(database, settings),
                        change,
                        call.cancellation())
                .run(call.databases(), call.turns());
    }

    private Migrator migrator(Database database, Settings settings) {
        OutOfOrder late = outOfOrder == null ? settings.outOfOrder() : outOfOrder;
        return database.migrator(late);
    }
}
