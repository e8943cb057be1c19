package io.mhras.migrations.cli.change;

import io.mhras.migrations.MigrationPlan;
import io.mhras.migrations.MigrationResult;
import io.mhras.migrations.OfflinePlan;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import java.util.List;

/** Whether scripts change a database, or take changes back. */
public enum Direction {
    UP("Apply", "base", "head") {
        @Override
        MigrationPlan plan(Migrator migrator, Target target) {
            return migrator.plan(target);
        }

        @Override
        MigrationResult run(Migrator migrator, Target target) {
            return migrator.migrate(target);
        }

        @Override
        OfflinePlan planOffline(Migrator migrator, List<Target> from, Target to) {
            return migrator.planOffline(from, to);
        }

        @Override
        String otherWay(String range) {
            return "For the way back: migrations script --down " + range + ".";
        }
    },
    DOWN("Roll back", "head", "-1") {
        @Override
        MigrationPlan plan(Migrator migrator, Target target) {
            return migrator.planRollback(target);
        }

        @Override
        MigrationResult run(Migrator migrator, Target target) {
            return migrator.rollback(target);
        }

        @Override
        OfflinePlan planOffline(Migrator migrator, List<Target> from, Target to) {
            return migrator.planOfflineRollback(from, to);
        }

        @Override
        String otherWay(String range) {
            return "For the way forward: migrations script " + range + ".";
        }
    };

    private final String verb;
    private final String usualFrom;
    private final String usualTo;

    Direction(String verb, String usualFrom, String usualTo) {
        this.verb = verb;
        this.usualFrom = usualFrom;
        this.usualTo = usualTo;
    }

    abstract MigrationPlan plan(Migrator migrator, Target target);

    abstract MigrationResult run(Migrator migrator, Target target);

    abstract OfflinePlan planOffline(Migrator migrator, List<Target> from, Target to);

    /** How to go the other way. */
    abstract String otherWay(String range);

    /** As a question begins. */
    String verb() {
        return verb;
    }

    /** Where a database usually stands. */
    String usualFrom() {
        return usualFrom;
    }

    /** Where it usually is to go. */
    String usualTo() {
        return usualTo;
    }
}
