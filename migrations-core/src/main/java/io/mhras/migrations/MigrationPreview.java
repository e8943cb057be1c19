package io.mhras.migrations;

import java.util.List;
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

    private static boolean isSure(@Nullable ScriptStop stop) {
        return stop != null && stop.isSure();
    }
}
