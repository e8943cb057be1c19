package io.mhras.migrations;

import io.mhras.migrations.MigrationResult.Operation;

/**
 * Is notified of what a run does, in the thread of the run.
 *
 * <p>What it throws stops the run; a step that was applied before stays applied.
 */
public interface MigrationListener {

    /** A run begins; whether there is anything to do is not known yet. */
    default void onStart(String database, Operation operation) {}

    /** There is something to do, and the lock is held. */
    default void onPlan(MigrationPlan plan, Operation operation) {}

    /** A step begins. */
    default void onStep(String database, MigrationStep step) {}

    /**
     * A step takes long, and this is what it does. In another thread than the run's; what is thrown here stops nothing.
     *
     * @param activity seen about once a second, where the database has a second connection for us
     */
    default void onActivity(String database, MigrationActivity activity) {}

    /**
     * A step's script, or its check, says something; in the order in which it is said. It may be in another thread than the
     * run's, but never in two at a time; what is thrown here stops nothing.
     */
    default void onOutput(String database, MigrationStep step, ScriptOutput output) {}

    /** A step is done and recorded. */
    default void onStepDone(String database, MigrationStep step, HistoryEntry entry) {}

    /** The run failed; what was done before stays. */
    default void onFailure(String database, Operation operation, MigrationException failure) {}

    /** The run is over. */
    default void onDone(MigrationResult result) {}

    /** The status was read anew. */
    default void onStatus(MigrationStatus status) {}

    /** The checks of what is applied were run again. */
    default void onVerified(VerificationResult result) {}

    /** The database's structure was compared with what it was after the newest run. */
    default void onDrift(DriftResult result) {}
}
