package io.mhras.migrations.cli;

import io.mhras.migrations.MigrationPlan;
import io.mhras.migrations.MigrationResult;
import io.mhras.migrations.cli.OfflineSql.Direction;
import io.mhras.migrations.engine.Migrator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code migrations rollback}: takes migrations back. */
@Command(
        name = "rollback",
        aliases = "downgrade",
        mixinStandardHelpOptions = true,
        description = "Take migrations back with their down scripts, newest first.",
        footer = {"", "Example: migrations rollback -1", "         migrations rollback base --force"})
final class RollbackCommand extends ChangingCommand {

    @Parameters(
            arity = "0..1",
            paramLabel = "TARGET",
            description = "-n (the last n, as applied), a version that stays, or base. Default: -1.")
    @Nullable String position;

    @Override
    String verb() {
        return "Roll back";
    }

    @Override
    MigrationPlan plan(Migrator migrator) {
        return migrator.planRollback(target(migrator));
    }

    @Override
    MigrationResult run(Migrator migrator) {
        return migrator.rollback(target(migrator));
    }

    @Override
    Direction direction() {
        return Direction.DOWN;
    }

    @Override
    @Nullable String position() {
        return position;
    }

    @Override
    String usual(String database) {
        return "-1";
    }
}
