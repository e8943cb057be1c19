package io.mhras.migrations;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event in the history of a database, as it stands in its append-only table.
 *
 * @param id counts up with each event
 * @param event what happened
 * @param version the migration that it happened to
 * @param description the migration's description
 * @param script the name of the script that ran, or that was marked
 * @param checksum of the up script at that time
 * @param statement how far a script without a transaction came; null for all others
 * @param duration how long the script took, by the server's clock
 * @param error what went wrong; null if nothing did
 * @param appliedBy the database user
 * @param application the service that did it
 * @param host the machine that it ran on
 * @param appliedAt when, by the server's clock
 * @param fingerprint stands for all that is applied after this event
 */
public record HistoryEntry(
        long id,
        Event event,
        MigrationVersion version,
        String description,
        String script,
        String checksum,
        @Nullable Integer statement,
        Duration duration,
        @Nullable String error,
        String appliedBy,
        String application,
        String host,
        Instant appliedAt,
        String fingerprint) {

    /** What can happen to a migration. */
    public enum Event {
        /** A script without a transaction began. */
        STARTED("start", "Started"),
        /** The up script ran. */
        APPLIED("apply", "Applied"),
        /** A script failed. */
        FAILED("fail", "Failed"),
        /** The down script ran. */
        ROLLED_BACK("roll back", "Rolled back"),
        /** Marked as applied without running it. */
        STAMPED("stamp", "Stamped"),
        /** Marked as not applied without running anything. */
        UNSTAMPED("unstamp", "Unstamped"),
        /** The file as it is now was accepted in place of the one that ran; or a statement in doubt was taken as done. */
        REPAIRED("repair", "Repaired");

        private final String verb;
        private final String past;

        Event(String verb, String past) {
            this.verb = verb;
            this.past = past;
        }

        String verb() {
            return verb;
        }

        public String past() {
            return past;
        }
    }
}
