package io.mhras.migrations;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a script would do, statement by statement, as far as that can be told without doing it. Immutable.
 *
 * @param step whose script it is
 * @param script the step's script, or its check
 * @param count how many statements it has
 * @param statements the first of them, without the values that can be anybody's data
 * @param doubt from where on, and why, what is shown depends on data that is not written yet; null if nothing does
 * @param stop where it would end in an error; null if it comes to its end
 */
public record ScriptPreview(
        MigrationStep step,
        MigrationScript script,
        int count,
        List<Statement> statements,
        @Nullable String doubt,
        @Nullable Stop stop) {

    /** So many statements of a script are shown; the others are counted. */
    public static final int MOST_SHOWN = 1_000;

    public ScriptPreview {
        statements = List.copyOf(statements);
    }

    /** What is to become of a statement. */
    public enum State {
        /** An earlier run that stopped has done it. */
        DONE("  -- done already"),
        /** An earlier run was cut off in the middle of it: whether it was done will be looked up. */
        IN_DOUBT("  -- in doubt: it is looked up whether it was done"),
        /** It will be sent. */
        PENDING(""),
        /** It may be another one, or missing: it depends on data that is not written yet. */
        UNCERTAIN("");

        private final String words;

        State(String words) {
            this.words = words;
        }
    }

    /**
     * One statement.
     *
     * @param line of the script, from 1; 0 if not known
     * @param text in a line
     * @param state what is to become of it
     * @param note what else there is to know; null if nothing
     */
    public record Statement(
            int line, String text, State state, @Nullable String note) {

        private String describe() {
            String place = line == 0 ? "" : Integer.toString(line);
            String more = state.words + (note == null ? "" : "  -- " + note);
            return String.format(Locale.ROOT, "%9s  %s%s\n", place, text, more);
        }
    }

    /**
     * Where a script would end in an error.
     *
     * @param location the place in the file
     * @param reason why
     * @param isSure false if it may be due to the dry run: the script depends on data that is not written yet
     */
    public record Stop(SourceLocation location, String reason, boolean isSure) {

        /** Where this error ends the script. */
        public static Stop of(MigrationException e, MigrationScript script, boolean isSure) {
            SourceLocation place = e.location();
            return place == null
                    ? new Stop(SourceLocation.of(script.location()), e.problem(), isSure)
                    : new Stop(place, e.problem().replace(place + ": ", ""), isSure);
        }

        private String describe() {
            String place = location.line() == 0 ? "Stops: " : "Stops in line " + location.line() + ": ";
            return place + reason + (isSure ? "" : "\nThat may be due to the dry run: see the line above.");
        }
    }

    /** Whether it is not the script itself, but the check behind it. */
    public boolean isCheck() {
        return script.equals(step.verify());
    }

    /** In a line, with what is in doubt and where it would stop. */
    String summary() {
        return title() + (doubt == null ? "" : indented(doubt)) + ending();
    }

    /** The same with each statement; what is in doubt begins behind a line that says so. */
    String describe() {
        StringBuilder text = new StringBuilder(title());
        String untold = doubt;
        for (Statement statement : statements) {
            if (untold != null && statement.state() == State.UNCERTAIN) {
                text.append(indented(untold));
                untold = null;
            }
            text.append(statement.describe());
        }
        int more = count - statements.size();
        return text.append(more == 0 ? "" : indented(String.format(Locale.ROOT, "... in all %,d statements", count)))
                .append(untold == null ? "" : indented(untold))
                .append(ending())
                .toString();
    }

    private String title() {
        String name = isCheck() ? "check " + script.name() : step.toString();
        return String.format(Locale.ROOT, "  %s: %,d statement%s\n", name, count, count == 1 ? "" : "s");
    }

    private String ending() {
        return stop == null ? "" : indented(stop.describe());
    }

    private static String indented(String text) {
        return text.indent(11);
    }
}
