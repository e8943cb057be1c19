package io.mhras.migrations;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a script would do, statement by statement, as far as that can be known without running it. Immutable.
 *
 * @param step whose script it is
 * @param script the step's script, or its check
 * @param count how many statements it has
 * @param statements the first of them, without the values that can be user data
 * @param doubt from where on, and why, what is shown depends on data that is not written yet; null if nothing does
 * @param stop where it would end in an error; null if it runs to its end
 */
public record ScriptPreview(
        MigrationStep step,
        MigrationScript script,
        int count,
        List<Statement> statements,
        @Nullable String doubt,
        @Nullable ScriptStop stop) {

    /** How many statements of a script are shown; the others are only counted. */
    public static final int MOST_SHOWN = 1_000;

    public ScriptPreview {
        statements = List.copyOf(statements);
    }

    /** What will happen to a statement. */
    public enum State {
        /** An earlier run that stopped has done it. */
        DONE,
        /** An earlier run was cut off in the middle of it: whether it was done will be looked up. */
        IN_DOUBT,
        /** It will be sent. */
        PENDING,
        /** It may be another one, or missing: it depends on data that is not written yet. */
        UNCERTAIN
    }

    /**
     * One statement.
     *
     * @param line of the script, from 1; 0 if not known
     * @param text in a line
     * @param state what will happen to it
     * @param note what else there is to know; null if nothing
     */
    public record Statement(
            int line, String text, State state, @Nullable String note) {}

    /** Whether it is not the script itself, but the check after it. */
    public boolean isCheck() {
        return script.equals(step.verify());
    }
}
