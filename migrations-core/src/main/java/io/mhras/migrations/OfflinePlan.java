package io.mhras.migrations;

/**
 * Steps that are planned without looking at the database, for a script that is run later. Immutable.
 *
 * @param from where the database is assumed to stand: {@code base}, {@code head}, a version, or those of several branches, such
 *     as {@code 003,004}
 * @param fingerprint stands for the versioned migrations that are assumed to be applied; which repeatables are, and in
 *     which text, only the database knows
 * @param plan the steps from there; a repeatable's is to be left out where it has nothing to do
 */
public record OfflinePlan(String from, String fingerprint, MigrationPlan plan) {

    /** @throws MigrationException.InvalidMigration if a step runs code, of which there is no text */
    public OfflinePlan {
        for (MigrationStep step : plan.steps()) {
            if (step.runsCode()) {
                throw MigrationCode.withoutText(step.migration());
            }
        }
    }
}
