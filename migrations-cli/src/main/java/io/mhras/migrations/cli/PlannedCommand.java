package io.mhras.migrations.cli;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.InvalidTarget;
import io.mhras.migrations.MigrationPlan;
import io.mhras.migrations.MigrationPrinter;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Option;

/** A verb that changes the database as planned: with several, all of them are planned before the first is changed. */
abstract class PlannedCommand extends DatabaseCommand {

    @Option(
            names = {"-n", "--dry-run"},
            description =
                    "Only show what would be done; apply and rollback show each statement with --verbose. Writes nothing at"
                            + " all, and takes no lock.")
    boolean dryRun;

    /** Which versions the plan is about; the files of another database may know none of them. */
    abstract List<Target> targets(Migrator migrator);

    abstract MigrationPlan plan(Migrator migrator);

    /** Does what was planned. */
    abstract ExitCode change(Kind kind, Migrator migrator);

    /** Whether somebody has to agree first. */
    boolean mustAsk() {
        return false;
    }

    /** Whether they do. */
    boolean isWanted(List<MigrationPlan> plans) {
        return true;
    }

    @Override
    ExitCode callOn(Kind kind) {
        Migrator migrator = migrator(kind);
        if (dryRun) {
            return dryRun(migrator);
        }
        return mustAsk() && !isWanted(List.of(plan(migrator))) ? refused() : change(kind, migrator);
    }

    @Override
    final ExitCode callOnAll(List<Kind> kinds) {
        if (dryRun) {
            return super.callOnAll(kinds);
        }
        Map<Kind, Migrator> migrators = new EnumMap<>(Kind.class);
        List<MigrationPlan> plans = new ArrayList<>();
        try {
            plan(kinds, migrators, plans);
        } catch (MigrationException e) {
            tell("Neither database was changed.");
            throw e;
        }
        if (mustAsk() && !isWanted(plans)) {
            return refused();
        }
        return turns(new ArrayList<>(migrators.keySet()))
                .untilFailure(kind -> change(kind, Objects.requireNonNull(migrators.get(kind))));
    }

    private void plan(List<Kind> kinds, Map<Kind, Migrator> migrators, List<MigrationPlan> plans) {
        Map<Kind, InvalidTarget> strange = new EnumMap<>(Kind.class);
        for (Kind kind : kinds) {
            Migrator migrator = migrator(kind);
            try {
                plans.add(plan(migrator));
                migrators.put(kind, migrator);
            } catch (InvalidTarget e) {
                if (targets(migrator).stream().noneMatch(target -> isOfTheOther(target, migrator))) {
                    throw e;
                }
                strange.put(kind, e);
            }
        }
        Turns.leaveOut(this, strange, kinds);
    }

    /** Whether a target means nothing here, and may mean something in another database. */
    private static boolean isOfTheOther(Target target, Migrator migrator) {
        return target instanceof Target.Version version
                ? migrator.status().migrations().stream()
                        .map(item -> item.version().toString())
                        .noneMatch(known -> known.startsWith(version.text()) || isSame(known, version.text()))
                : target instanceof Target.Forward || target instanceof Target.Back;
    }

    private static boolean isSame(String known, String text) {
        return MigrationVersion.isValid(known) && MigrationVersion.of(known).equals(MigrationVersion.of(text));
    }

    private ExitCode refused() {
        tell("Nothing was done.");
        return ExitCode.REFUSED;
    }

    /** Shows the plan. */
    ExitCode dryRun(Migrator migrator) {
        MigrationPlan plan = plan(migrator);
        if (output.isJson()) {
            printJson(new PlanAnswer(
                    plan.database(), plan.steps().stream().map(Object::toString).toList(), plan.notes()));
        } else {
            print(MigrationPrinter.plan(plan));
        }
        return ExitCode.DONE;
    }

    /** What JSON says of a plan. */
    private record PlanAnswer(String database, List<String> steps, List<String> notes) {}
}
