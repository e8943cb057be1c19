package io.mhras.migrations;

import java.time.Duration;
import java.util.List;

/**
 * What a run did.
 *
 * @param database the database's name, for example {@code postgresql}
 * @param operation what was asked for
 * @param events what was recorded, in order; empty if there was nothing to do
 * @param duration how long the whole run took, the wait for the lock included
 * @param notes what the user should know although it is no error
 */
public record MigrationResult(
        String database, Operation operation, List<HistoryEntry> events, Duration duration, List<String> notes) {

    /** What can be asked for. */
    public enum Operation {
        MIGRATE("apply"),
        ROLLBACK("roll back"),
        STAMP("stamp"),
        ADOPT("adopt"),
        REPAIR("repair");

        private final String verb;

        Operation(String verb) {
            this.verb = verb;
        }

        /** As the log reports it. */
        public String verb() {
            return verb;
        }
    }

    public MigrationResult {
        events = List.copyOf(events);
        notes = List.copyOf(notes);
    }

    /** Whether there was nothing to do. */
    public boolean isUpToDate() {
        return events.isEmpty();
    }
}
