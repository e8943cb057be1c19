package io.mhras.migrations.cli.terminal;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.MigrationListener;
import io.mhras.migrations.MigrationPlan;
import io.mhras.migrations.MigrationResult.Operation;
import io.mhras.migrations.MigrationStep;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The outcome of each step of a run. */
public final class RunRecord implements MigrationListener {

    private static final int MOST_NAMED = 10;

    private final List<MigrationStep> open = new ArrayList<>();
    private final List<MigrationStep> done = new ArrayList<>();
    private @Nullable MigrationStep running;

    @Override
    public void onPlan(MigrationPlan plan, Operation operation) {
        open.addAll(plan.steps());
    }

    @Override
    public void onStep(String database, MigrationStep step) {
        running = step;
        open.remove(step);
    }

    @Override
    public void onStepDone(String database, MigrationStep step, HistoryEntry entry) {
        open.remove(step);
        done.add(step);
        running = null;
    }

    /** What was done and what was not. */
    public String describe() {
        if (done.isEmpty() && running == null && open.isEmpty()) {
            return "Nothing was begun, and nothing was changed.";
        }
        return line("Done, and kept", done)
                + line("Stopped", running == null ? List.of() : List.of(running))
                + line("Not begun", open)
                + "The lock is free.";
    }

    private static String line(String title, List<MigrationStep> steps) {
        if (steps.isEmpty()) {
            return "";
        }
        String named =
                steps.stream().limit(MOST_NAMED).map(MigrationStep::scriptName).collect(Collectors.joining(", "));
        int more = steps.size() - MOST_NAMED;
        return title + ": " + named + (more > 0 ? " and " + more + " more" : "") + ".\n";
    }
}
