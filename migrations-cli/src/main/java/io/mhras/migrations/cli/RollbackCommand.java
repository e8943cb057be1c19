package io.mhras.migrations.cli;

import io.mhras.migrations.MigrationPlan;
import io.mhras.migrations.MigrationResult;
import io.mhras.migrations.Migrator;
import io.mhras.migrations.Target;
import io.mhras.migrations.cli.OfflineSql.Direction;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
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

    @Option(names = "--target", paramLabel = "TARGET", description = "The same.")
    @Nullable String option;

    @Override
    String verb() {
        return "Roll back";
    }

    @Override
    MigrationPlan plan(Migrator migrator) {
        return migrator.planRollback(target());
    }

    @Override
    MigrationResult change(Migrator migrator) {
        return migrator.rollback(target());
    }

    @Override
    OfflineSql offline() {
        return OfflineSql.parse(Direction.DOWN, given());
    }

    @Override
    Target target() {
        return Target.parse(given());
    }

    private String given() {
        return Objects.requireNonNullElse(option == null ? position : option, "-1");
    }
}
