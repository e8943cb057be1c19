package io.mhras.migrations.mongodb.shell;

import io.mhras.migrations.ScriptOutput;
import io.mhras.migrations.ScriptOutput.Level;
import java.util.function.Consumer;

/** Passes on what a script prints, within bounds: it ends up in the log. */
final class PrintedOutput {

    private static final int MOST_LINES = 10_000;
    private static final int LONGEST_LINE = 20_000;

    private final Consumer<ScriptOutput> listener;
    private int printed;

    PrintedOutput(Consumer<ScriptOutput> listener) {
        this.listener = listener;
    }

    /** The shell's answer to it: nothing. */
    String print(Level level, String text) {
        printed++;
        if (printed <= MOST_LINES) {
            boolean fits = text.length() <= LONGEST_LINE;
            String shown = fits ? text : text.substring(0, LONGEST_LINE) + "... (" + text.length() + " characters)";
            listener.accept(new ScriptOutput(level, shown));
        } else if (printed == MOST_LINES + 1) {
            listener.accept(new ScriptOutput(
                    Level.WARNING, "... the script prints more than " + MOST_LINES + " times; the rest is left out"));
        }
        return "";
    }
}
