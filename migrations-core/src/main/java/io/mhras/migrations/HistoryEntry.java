package io.mhras.migrations;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event in the history of a database, as recorded in its append-only table.
 *
 * @param id counts up with each event
 * @param event what happened
 * @param recorded the migration that it happened to, as it was then
 * @param statement how far a script without a transaction came; null for all others
 * @param execution who did it, where, when, and how it ended
 * @param fingerprint stands for all that is applied after this event, without what is archived
 * @param structure the fingerprint of the database's structure after this event; null where it is not watched
 */
public record HistoryEntry(
        long id,
        Event event,
        Recorded recorded,
        @Nullable Integer statement,
        Execution execution,
        String fingerprint,
        @Nullable String structure) {

    /**
     * What the history records of a migration.
     *
     * @param version what identifies it
     * @param description its file name's words
     * @param script the name of the script that ran, or that was marked
     * @param checksum of the up script at that time
     * @param kind what it was made of
     * @param revision the revision that the author of code states; null for a script
     */
    public record Recorded(
            MigrationVersion version,
            String description,
            String script,
            String checksum,
            Kind kind,
            @Nullable String revision) {

        /** A migration as it is now, with the script of this name. */
        public static Recorded of(Migration migration, String script) {
            return new Recorded(
                    migration.version(),
                    migration.description(),
                    script,
                    migration.checksum(),
                    kind(migration),
                    migration.up().revision());
        }

        private static Kind kind(Migration migration) {
            if (migration.baseline()) {
                return Kind.BASELINE;
            }
            return migration.up() instanceof MigrationScript ? Kind.SCRIPT : Kind.JAVA;
        }

        /** What the history will record of this step. */
        public static Recorded of(MigrationStep step) {
            return of(step.migration(), step.scriptName());
        }
    }

    /** What a migration is made of. */
    public enum Kind {
        /** A script, which is text. */
        SCRIPT,
        /** A class of the service. */
        JAVA,
        /** A script that stands for all that came before it. */
        BASELINE;

        /** The kind of that name; a script where an older release recorded none, or the recorded one is unknown here. */
        public static Kind of(@Nullable String name) {
            try {
                return name == null ? SCRIPT : valueOf(name);
            } catch (IllegalArgumentException e) {
                return SCRIPT;
            }
        }
    }

    /**
     * Who did it, where, when, and how it ended.
     *
     * @param duration how long the script took, by the server's clock
     * @param error what went wrong; null if nothing did
     * @param appliedBy the database user
     * @param application the service that did it
     * @param host the machine that it ran on
     * @param appliedAt when, by the server's clock
     * @param release the service's release; null if it states none
     * @param commit the service's commit; null if it states none
     */
    public record Execution(
            Duration duration,
            @Nullable String error,
            String appliedBy,
            String application,
            String host,
            Instant appliedAt,
            @Nullable String release,
            @Nullable String commit) {

        /** For a service that states neither its release nor its commit. */
        public Execution(
                Duration duration,
                @Nullable String error,
                String appliedBy,
                String application,
                String host,
                Instant appliedAt) {
            this(duration, error, appliedBy, application, host, appliedAt, null, null);
        }

        /**
         * The machine that this process runs on; {@code unknown} if it has no name.
         *
         * <p>The environment variable first: a lookup can take seconds where DNS is slow.
         */
        public static String thisHost() {
            String named = System.getenv("HOSTNAME");
            if (named != null && !named.isBlank()) {
                return named;
            }
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException e) {
                return "unknown";
            }
        }
    }

    /** An event of a history that does not watch the database's structure. */
    public HistoryEntry(
            long id,
            Event event,
            Recorded recorded,
            @Nullable Integer statement,
            Execution execution,
            String fingerprint) {
        this(id, event, recorded, statement, execution, fingerprint, null);
    }

    /** See {@link Recorded#version}. */
    public MigrationVersion version() {
        return recorded.version();
    }

    /** See {@link Recorded#description}. */
    public String description() {
        return recorded.description();
    }

    /** See {@link Recorded#script}. */
    public String script() {
        return recorded.script();
    }

    /** See {@link Recorded#checksum}. */
    public String checksum() {
        return recorded.checksum();
    }

    /** See {@link Execution#duration}. */
    public Duration duration() {
        return execution.duration();
    }

    /** See {@link Execution#error}. */
    public @Nullable String error() {
        return execution.error();
    }

    /** See {@link Execution#appliedBy}. */
    public String appliedBy() {
        return execution.appliedBy();
    }

    /** See {@link Execution#application}. */
    public String application() {
        return execution.application();
    }

    /** See {@link Execution#host}. */
    public String host() {
        return execution.host();
    }

    /** See {@link Execution#appliedAt}. */
    public Instant appliedAt() {
        return execution.appliedAt();
    }

    /** Whether what it happened to is a baseline. */
    public boolean isOfBaseline() {
        return recorded.kind() == Kind.BASELINE;
    }

    /** Whether it happened to a baseline that stands for this migration. */
    public boolean standsFor(MigrationVersion other) {
        return isOfBaseline() && !other.isRepeatable() && other.compareTo(version()) <= 0;
    }

    /** The same event with what a repair has accepted since. */
    public HistoryEntry with(Recorded repaired, String newFingerprint) {
        return new HistoryEntry(id, event, repaired, statement, execution, newFingerprint, structure);
    }

    /** The same event of a script that came this far. */
    public HistoryEntry with(int statements) {
        return new HistoryEntry(id, event, recorded, statements, execution, fingerprint, structure);
    }

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
        REPAIRED("repair", "Repaired"),
        /** That its file is gone was accepted: it stays applied, with the text that ran. */
        ARCHIVED("archive", "Archived"),
        /** The baseline ran, in place of all migrations before it. */
        BASELINED("baseline", "Baselined"),
        /** Another tool had applied it, and its history was taken over. */
        ADOPTED("adopt", "Adopted"),
        /** The database's structure was looked at; nothing happened to the migration. */
        OBSERVED("observe", "Observed"),
        /** Something that only a newer release of this library knows. Never written. */
        NEWER("do", "Done");

        private final String verb;
        private final String past;

        Event(String verb, String past) {
            this.verb = verb;
            this.past = past;
        }

        /** The event of that name in a history; {@link #NEWER} for one that is unknown here. */
        public static Event of(String name) {
            try {
                return valueOf(name);
            } catch (IllegalArgumentException e) {
                return NEWER;
            }
        }

        String verb() {
            return verb;
        }

        /** How a log names it once it has happened. */
        public String past() {
            return past;
        }
    }
}
