package io.mhras.migrations;

import io.mhras.migrations.ScriptPreview.Stop;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the steps of a plan would do. Immutable; making one changes nothing.
 *
 * @param plan the steps
 * @param scripts what their scripts and checks would do, in order; up to one that is sure to stop
 */
public record MigrationPreview(MigrationPlan plan, List<ScriptPreview> scripts) {

    public MigrationPreview {
        scripts = List.copyOf(scripts);
    }

    /** Whether one of the scripts is sure to end in an error. */
    public boolean isSureToFail() {
        return scripts.stream().map(ScriptPreview::stop).anyMatch(MigrationPreview::isSure);
    }

    private static boolean isSure(@Nullable Stop stop) {
        return stop != null && stop.isSure();
    }

    /** A line for each script, with what is in doubt and where one would stop; then the plan's notes. */
    public String summary() {
        return describe(ScriptPreview::summary);
    }

    /** The same with each statement. */
    public String describe() {
        return describe(ScriptPreview::describe);
    }

    private String describe(Function<ScriptPreview, String> words) {
        return plan.title()
                + plan.steps().stream().map(step -> describe(step, words)).collect(Collectors.joining())
                + plan.describeNotes();
    }

    private String describe(MigrationStep step, Function<ScriptPreview, String> words) {
        List<ScriptPreview> seen =
                scripts.stream().filter(script -> script.step().equals(step)).toList();
        if (seen.isEmpty()) {
            return "  " + step + (step.script() == null ? "\n" : ": not reached\n");
        }
        return seen.stream().map(words).collect(Collectors.joining());
    }
}
