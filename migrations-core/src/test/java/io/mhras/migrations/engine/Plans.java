package io.mhras.migrations.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationPlan;
import io.mhras.migrations.Target;
import io.mhras.migrations.TestMigrations;
import io.mhras.migrations.engine.MigratorSettings.OutOfOrder;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What is planned for a database, with these files. */
record Plans(RecordedDatabase database) {

    MigrationPlanner planner(Migration... files) {
        return new MigrationPlanner(assessment(files));
    }

    StatusAssessment assessment(Migration... files) {
        return StatusAssessment.of(TestMigrations.set(files), database, database);
    }

    MigrationPlan migrate(String target, Migration... files) {
        return planner(files).toMigrate(Target.parse(target), OutOfOrder.FAIL);
    }

    MigrationPlan rollback(String target, Migration... files) {
        return new RollbackPlanner(assessment(files)).toRollback(Target.parse(target), database::scripts);
    }

    MigrationPlan stamp(List<String> targets, Migration... files) {
        return new MarkPlanner(assessment(files))
                .toStamp(targets.stream().map(Target::parse).toList());
    }

    MigrationPlan stampAnew(String target, Migration... files) {
        return new MarkPlanner(assessment(files)).toStampAnew(List.of(Target.parse(target)));
    }

    MigrationPlan repair(Migration... files) {
        return new MarkPlanner(assessment(files)).toRepair(List.of());
    }

    static List<String> steps(MigrationPlan plan) {
        return plan.steps().stream()
                .map(step -> step.event() + " " + step.version())
                .toList();
    }

    static void refused(ThrowingCallable call, Class<? extends MigrationException> type, String message) {
        assertThatThrownBy(call).isInstanceOf(type).hasMessage(message);
    }
}
