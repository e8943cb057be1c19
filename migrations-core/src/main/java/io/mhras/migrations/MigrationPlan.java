package io.mhras.migrations;

import static java.util.stream.Collectors.joining;

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

    /** Whether there is nothing to do. */
    public boolean isEmpty() {
        return steps.isEmpty();
    }

    /** A line for each step, then the notes. */
    public String describe() {
        return title() + steps.stream().map(step -> "  " + step + "\n").collect(joining()) + describeNotes();
    }

    String title() {
        return isEmpty() ? database + ": nothing to do\n" : database + ": " + steps.size() + " to do\n";
    }

    String describeNotes() {
        return notes.stream().map(note -> "  note: " + note + "\n").collect(joining());
    }
}
