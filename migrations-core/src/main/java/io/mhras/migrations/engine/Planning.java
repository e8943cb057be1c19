package io.mhras.migrations.engine;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.MigrationDriver;
import io.mhras.migrations.MigrationHistory;
import io.mhras.migrations.MigrationPlan;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.OfflinePlan;
import io.mhras.migrations.Target;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the planner for what is asked, after the checks that come before each plan.
 *
 * @param migrations the files, which are loaded when they are first needed
 */
record Planning(MigrationDriver driver, Supplier<MigrationSet> migrations, MigratorSettings settings) {

    /** Where the database stands. */
    StatusAssessment assessment() {
        StatusAssessment assessment = assess(driver);
        refuseBesideAnother(assessment);
        return assessment;
    }

    MigrationPlan migrate(Target target, MigrationHistory history) {
        MigrationHistory read = history;
        if (target instanceof Target.Head) {
            // One row, whatever the number of migrations.
            HistoryEntry newest = history.newest().orElse(null);
            if (newest == null && migrations.get().baselines().isEmpty()) {
                read = MigrationHistory.EMPTY;
            } else if (newest != null && isAt(target, newest)) {
                return new MigrationPlan(driver.database(), List.of(), List.of());
            }
        }
        StatusAssessment assessment = assess(read);
        List<String> notes = history == driver ? refuseBesideAnother(assessment) : List.of();
        MigrationPlan plan = new MigrationPlanner(assessment).toMigrate(target, settings.outOfOrder());
        return checked(notes.isEmpty() ? plan : plan.with(notes));
    }

    /** What is left to do; the whole history is read. */
    MigrationPlan validate(Target target) {
        MigrationPlanner planner = new MigrationPlanner(assessment());
        MigrationPlan plan = checked(planner.toMigrate(target, settings.outOfOrder()));
        planner.refuseDoubt();
        return plan;
    }

    /** The newest row's fingerprint stands for all that is applied: it tells whether that is everything. */
    boolean isAt(Target target, HistoryEntry newest) {
        // Not equals(): a record's first call takes a fresh JVM 15 ms.
        return target instanceof Target.Head && migrations.get().isWhole(newest.fingerprint());
    }

    MigrationPlan rollback(Target target, MigrationHistory history) {
        return checked(new RollbackPlanner(assessedBefore(history)).toRollback(target, history::scripts));
    }

    MigrationPlan repair(MigrationHistory history) {
        return new MarkPlanner(assessedBefore(history)).toRepair(history.inDoubt());
    }

    /** What marks by itself: that is what to do beside another tool's history. */
    MarkPlanner marks(MigrationHistory history) {
        return new MarkPlanner(assess(history));
    }

    OfflinePlan migrateOffline(List<Target> from, Target target) {
        return checked(OfflinePlanner.toMigrate(
                migrations.get(), driver, from, target, firstStart().refused()));
    }

    OfflinePlan rollbackOffline(List<Target> from, Target target) {
        return checked(OfflinePlanner.toRollback(migrations.get(), driver, from, target));
    }

    void refuseToCleanAnothers() {
        if (driver.newest().isEmpty()) {
            firstStart().check();
        }
    }

    FirstStart firstStart() {
        return new FirstStart(driver, settings.adopt());
    }

    /** Where the database stands, if the checks of the files may be sent as they are. */
    StatusAssessment checkedForVerification() {
        if (settings.undeclaredPlaceholders() == UndeclaredPlaceholders.ERROR) {
            PlaceholderCheck check = new PlaceholderCheck(settings.undeclaredPlaceholders(), driver.language());
            migrations.get().migrations().forEach(migration -> check.refuseIn(migration.verify()));
        }
        return assessment();
    }

    /** Not in a session: it has the one connection that there may be. Before it was opened, this was checked. */
    private StatusAssessment assessedBefore(MigrationHistory history) {
        return history == driver ? assessment() : assess(history);
    }

    private List<String> refuseBesideAnother(StatusAssessment assessment) {
        return assessment.applied().isUntouched() ? firstStart().check() : List.of();
    }

    private OfflinePlan checked(OfflinePlan plan) {
        return new OfflinePlan(plan.from(), plan.fingerprint(), checked(plan.plan()), plan.refusedBeside());
    }

    /** Most scripts have no placeholder, and need none of what looks for them. */
    private MigrationPlan checked(MigrationPlan plan) {
        for (MigrationStep step : plan.steps()) {
            if (mayHavePlaceholders(step.script()) || mayHavePlaceholders(step.verify())) {
                return new PlaceholderCheck(settings.undeclaredPlaceholders(), driver.language()).check(plan);
            }
        }
        return plan;
    }

    private static boolean mayHavePlaceholders(@Nullable MigrationScript script) {
        return script != null && script.content().hasPlaceholders();
    }

    private StatusAssessment assess(MigrationHistory history) {
        return StatusAssessment.of(migrations.get(), history, driver);
    }
}
