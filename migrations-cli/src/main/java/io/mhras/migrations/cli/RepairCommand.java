package io.mhras.migrations.cli;

import io.mhras.migrations.MigrationPlan;
import io.mhras.migrations.MigrationResult;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code migrations repair}: accepts the files as they are. */
@Command(
        name = "repair",
        mixinStandardHelpOptions = true,
        description = {
            "Accept the files as they are: the new text of changed ones, the absence of missing ones.",
            "Take a statement of MongoDB as done, of which nobody can tell. Runs nothing."
        },
        footer = {"", "Example: migrations repair --dry-run"})
final class RepairCommand extends PlannedCommand {

    @Override
    List<Target> targets(Migrator migrator) {
        return List.of();
    }

    @Override
    MigrationPlan plan(Migrator migrator) {
        return migrator.planRepair();
    }

    @Override
    ExitCode change(Kind kind, Migrator migrator) {
        MigrationResult result = migrator.repair();
        return answer(result, result.events().size() + " accepted");
    }
}
