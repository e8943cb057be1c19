package io.mhras.migrations.schema.rehearsal;

import io.mhras.migrations.MigrationListener;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.schema.report.RehearsalListener;

/** Tells a rehearsal's listener of each step of a run. */
record Watch(RehearsalListener.Phase phase, RehearsalListener listener) implements MigrationListener {

    @Override
    public void onStep(String database, MigrationStep step) {
        listener.onStep(phase, step.migration());
    }
}
