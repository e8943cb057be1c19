package io.mhras.migrations.cli;

import io.mhras.migrations.MigrationPlan;
import io.mhras.migrations.MigrationResult;
import io.mhras.migrations.cli.OfflineSql.Direction;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.engine.MigratorSettings;
import io.mhras.migrations.engine.MigratorSettings.OutOfOrder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code migrations apply}: applies what is pending. */
@Command(
        name = "apply",
        aliases = {"upgrade", "migrate"},
        mixinStandardHelpOptions = true,
        description = "Apply what is pending: all of it, or up to a target.",
        footer = {"", "Example: migrations apply --target 003 --dry-run"})
final class ApplyCommand extends ChangingCommand {

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
    String verb() {
        return "Apply";
    }

    @Override
    Migrator migrator(Kind kind) {
        return migrator(
                kind, new MigratorSettings(outOfOrder == null ? settings().outOfOrder() : outOfOrder, false));
    }

    @Override
    MigrationPlan plan(Migrator migrator) {
        return migrator.plan(target(migrator));
    }

    @Override
    MigrationResult run(Migrator migrator) {
        return migrator.migrate(target(migrator));
    }

    @Override
    Direction direction() {
        return Direction.UP;
    }

    @Override
    @Nullable String position() {
        return position;
    }

    @Override
    String usual(String database) {
        return settings().target(database);
    }
}
