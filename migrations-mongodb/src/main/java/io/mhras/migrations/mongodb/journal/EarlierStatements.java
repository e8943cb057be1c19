package io.mhras.migrations.mongodb.journal;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the statements of a run that stopped.
 *
 * @param entries by their numbers, in order
 */
public record EarlierStatements(Map<Integer, JournalEntry> entries) {

    /** Those of a script that runs from its beginning. */
    public static final EarlierStatements NONE = new EarlierStatements(Map.of());

    @Nullable JournalEntry get(int number) {
        return entries.get(number);
    }

    /** The first statement with a higher number; null if there is none. */
    @Nullable JournalEntry firstAfter(int number) {
        return entries.values().stream()
                .filter(entry -> entry.number() > number)
                .findFirst()
                .orElse(null);
    }

    /** The number of the last statement that is done; 0 if there is none. */
    int lastDone() {
        return progress().done();
    }

    /** The number of the last statement of which something is known; 0 if there is none. */
    int lastKnown() {
        return entries.keySet().stream().mapToInt(number -> number).max().orElse(0);
    }

    /** How far the run came. */
    RunProgress progress() {
        JournalEntry done = null;
        for (JournalEntry entry : entries.values()) {
            done = entry.isDone() ? entry : done;
        }
        RunProgress progress = done == null ? RunProgress.NONE : new RunProgress(done.number(), done.line(), 0);
        JournalEntry open = firstAfter(progress.done());
        return open == null ? progress : progress.open(open.line());
    }
}
