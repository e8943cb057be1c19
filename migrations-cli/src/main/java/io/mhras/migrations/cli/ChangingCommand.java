package io.mhras.migrations.cli;

import io.mhras.migrations.MigrationPlan;
import io.mhras.migrations.MigrationPreview;
import io.mhras.migrations.MigrationPrinter;
import io.mhras.migrations.MigrationResult;
import io.mhras.migrations.Target;
import io.mhras.migrations.cli.OfflineSql.Direction;
import io.mhras.migrations.engine.Migrator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A verb that runs scripts up to a target: it shows what it is about to do, asks on a terminal, and does it. */
abstract class ChangingCommand extends PlannedCommand {

    @Option(names = "--target", paramLabel = "TARGET", description = "The same.")
    @Nullable String option;

    @Option(names = "--force", description = "Do not ask. Checks are made all the same.")
    boolean force;

    @Option(
            names = "--sql",
            description = "Do not run it: write the SQL for psql, as 'migrations script' does. TARGET may be FROM:TO.")
    boolean sql;

    /** What it does, as the question begins. */
    abstract String verb();

    /** The target as it stands behind the verb. */
    abstract @Nullable String position();

    /** The target where none is given. */
    abstract String usual(String database);

    abstract Direction direction();

    abstract MigrationResult run(Migrator migrator);

    private String given(String database) {
        return Objects.requireNonNullElseGet(option == null ? position() : option, () -> usual(database));
    }

    final Target target(Migrator migrator) {
        return Target.parse(given(migrator.database()));
    }

    @Override
    final List<Target> targets(Migrator migrator) {
        return List.of(target(migrator));
    }

    @Override
    List<Kind> kinds() {
        return sql ? OfflineSql.kinds(this) : super.kinds();
    }

    @Override
    final ExitCode callOn(Kind kind) {
        return sql ? OfflineSql.parse(direction(), given(kind.toString())).write(this) : super.callOn(kind);
    }

    /** What the scripts would do, too. */
    @Override
    final ExitCode dryRun(Migrator migrator) {
        MigrationPreview preview = migrator.preview(plan(migrator));
        if (output.isJson()) {
            printJson(PreviewAnswer.of(preview));
        } else {
            print(output.verbose ? MigrationPrinter.statements(preview) : MigrationPrinter.summary(preview));
        }
        return preview.isSureToFail() ? ExitCode.FAILED : ExitCode.DONE;
    }

    @Override
    final ExitCode change(Kind kind, Migrator migrator) {
        tellTurn();
        return carryOut(kind, migrator, this::run, this::answer);
    }

    @Override
    final boolean mustAsk() {
        return !force && terminal().isInteractive();
    }

    @Override
    final boolean isWanted(List<MigrationPlan> plans) {
        int steps = plans.stream().mapToInt(plan -> plan.steps().size()).sum();
        if (steps == 0) {
            return true;
        }
        plans.forEach(plan -> terminal().err().print(MigrationPrinter.plan(plan)));
        return terminal().agrees(verb() + " " + steps + "? [y/N]");
    }

    private void answer(MigrationResult result) {
        answer(
                result,
                result.isUpToDate()
                        ? "nothing to do"
                        : result.events().size() + " done in "
                                + result.duration().toMillis() + " ms");
    }
}
