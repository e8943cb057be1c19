package io.mhras.migrations.cli;

import io.mhras.migrations.MigrationPlan;
import io.mhras.migrations.MigrationResult;
import io.mhras.migrations.Target;
import io.mhras.migrations.cli.change.ChangeRun;
import io.mhras.migrations.cli.change.PlannedChange;
import io.mhras.migrations.cli.connection.Database;
import io.mhras.migrations.cli.options.DryRunOptions;
import io.mhras.migrations.cli.report.Answer;
import io.mhras.migrations.cli.terminal.ExitCode;
import io.mhras.migrations.engine.Migrator;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code migrations repair}: accepts the files as they are. */
@Command(
        name = "repair",
        mixinStandardHelpOptions = true,
        description = {
            "Accept the files as they are: the new text of changed ones, the absence of missing ones.",
            "Take a MongoDB statement that is in doubt as done. Runs nothing."
        },
        footer = {"", "Example: migrations repair --dry-run"})
final class RepairCommand extends DatabaseVerb implements PlannedChange {

    @Mixin
    DryRunOptions dryRun = new DryRunOptions();

    @Override
    ExitCode run(Invocation call) {
        return new ChangeRun(this, dryRun, call.turns()).run(call.databases().usual());
    }

    @Override
    public List<Target> targets(Migrator migrator) {
        return List.of();
    }

    @Override
    public MigrationPlan plan(Migrator migrator) {
        return migrator.planRepair();
    }

    @Override
    public ExitCode make(Database database, Migrator migrator, Answer answer) {
        MigrationResult result = migrator.repair();
        return answer.print(result, result.events().size() + " accepted");
    }
}
