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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code migrations stamp}: marks without running. */
@Command(
        name = "stamp",
        mixinStandardHelpOptions = true,
        description = "Mark what leads to the targets as applied, and all else as not applied. Runs nothing.",
        footer = {"", "Example: migrations stamp head", "         migrations stamp --purge 003 --dry-run"})
final class StampCommand extends DatabaseVerb implements PlannedChange {

    @Mixin
    DryRunOptions dryRun = new DryRunOptions();

    @Parameters(arity = "1..*", paramLabel = "TARGET", description = "head, base, or versions.")
    List<String> names = List.of();

    @Option(
            names = "--purge",
            description = "Mark what is applied already anew, too, as the files are now: changed ones are accepted.")
    boolean purge;

    @Override
    ExitCode run(Invocation call) {
        return new ChangeRun(this, dryRun, call.turns()).run(call.databases().usual());
    }

    @Override
    public List<Target> targets(Migrator migrator) {
        return List.of(all());
    }

    @Override
    public MigrationPlan plan(Migrator migrator) {
        return purge ? migrator.planStampAnew(all()) : migrator.planStamp(all());
    }

    @Override
    public ExitCode make(Database database, Migrator migrator, Answer answer) {
        MigrationResult result = purge ? migrator.stampAnew(all()) : migrator.stamp(all());
        return answer.print(result, result.events().size() + " marked");
    }

    private Target[] all() {
        return names.stream().map(Target::parse).toArray(Target[]::new);
    }
}
