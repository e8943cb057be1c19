package io.mhras.migrations.cli.terminal;

import io.mhras.migrations.MigrationListener;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.ScriptOutput;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What scripts said, for an answer that is given when they are done. */
public final class OutputRecord implements MigrationListener {

    // A script may print in a loop over a large collection, and the command has little memory.
    private static final int MOST_CHARACTERS = 2_000_000;

    private final List<Line> lines = new ArrayList<>();
    private int characters;
    private int leftOut;

    /** Something that a script said. */
    public record Line(String script, String level, String text) {}

    @Override
    public synchronized void onOutput(String database, MigrationStep step, ScriptOutput output) {
        if (characters + output.text().length() > MOST_CHARACTERS) {
            leftOut++;
            return;
        }
        characters += output.text().length();
        lines.add(new Line(step.scriptName(), Wording.words(output.level()), output.text()));
    }

    /** All that was said, in order; but for what is left out. */
    public synchronized List<Line> lines() {
        return List.copyOf(lines);
    }

    /** How much more was said than is kept; null if nothing. */
    public synchronized @Nullable Integer leftOut() {
        return leftOut == 0 ? null : leftOut;
    }
}
