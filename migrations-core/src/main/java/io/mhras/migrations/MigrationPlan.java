package io.mhras.migrations;

import static java.util.stream.Collectors.joining;

import io.mhras.migrations.HistoryEntry.Event;
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

    /** Collects the steps of a plan, each with the fingerprint of what will be applied after it. */
    static final class MigrationSteps {

        private final AppliedMigrations applied;
        private final List<MigrationStep> steps = new ArrayList<>();
        private Fingerprint fingerprint;

        MigrationSteps(AppliedMigrations applied) {
            this.applied = applied;
            this.fingerprint = applied.fingerprint();
        }

        void add(Event event, Migration migration) {
            applied.find(migration.version())
                    .ifPresent(entry -> fingerprint = fingerprint.toggle(entry.version(), entry.checksum()));
            if (event == Event.APPLIED || event == Event.STAMPED || event == Event.REPAIRED) {
                fingerprint = fingerprint.toggle(migration.version(), migration.checksum());
            }
            steps.add(
                    new MigrationStep(event, migration, fingerprint.toString(), applied.unfinished(migration, event)));
        }

        /** Takes as done what is in doubt in a script. What is applied stays the same. */
        void settle(HistoryEntry unfinished, Migration migration) {
            steps.add(new MigrationStep(Event.REPAIRED, migration, fingerprint.toString(), unfinished));
        }

        MigrationPlan plan(String database, List<String> notes) {
            return new MigrationPlan(database, steps, notes);
        }
    }
}
