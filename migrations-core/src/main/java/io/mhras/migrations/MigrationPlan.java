package io.mhras.migrations;

import java.util.ArrayList;
import java.util.List;

/**
 * The ordered steps to a target. Immutable; making one changes nothing.
 *
 * @param database the database's name, for example {@code postgresql}
 * @param steps what is to happen, in order
 * @param notes what the user should know although it is no error
 */
public record MigrationPlan(String database, List<MigrationStep> steps, List<String> notes) {

    public MigrationPlan {
        steps = List.copyOf(steps);
        notes = List.copyOf(notes);
    }

    /** The same with these notes before its own. */
    public MigrationPlan with(List<String> more) {
        List<String> all = new ArrayList<>(more);
        all.addAll(notes);
        return new MigrationPlan(database, steps, all);
    }

    /** Whether nothing is to run: at most something is to be written down. */
    public boolean runsNothing() {
        for (MigrationStep step : steps) {
            if (step.body() != null) {
                return false;
            }
        }
        return true;
    }

    /** Whether there is nothing to do. */
    public boolean isEmpty() {
        return steps.isEmpty();
    }
}
