package io.mhras.migrations;

import io.mhras.migrations.HistoryEntry.Event;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One step of a plan: what is to happen to which migration.
 *
 * @param event the event that the history will record
 * @param migration the file; or, where there is none any more, what the history kept of it
 * @param fingerprint stands for all that will be applied after this step, without what is archived
 * @param unfinished how far an earlier run of the same script came; null if it is to run from its beginning
 * @param origin who has applied it before this history began, and when; null unless it is taken over
 * @param structure the fingerprint of the database's structure after it; null unless that was observed
 */
public record MigrationStep(
        Event event,
        Migration migration,
        String fingerprint,
        @Nullable HistoryEntry unfinished,
        @Nullable Origin origin,
        @Nullable String structure) {

    /**
     * What another tool has written down of a migration that it has applied.
     *
     * @param appliedAt when; null if it does not say
     * @param appliedBy the database user; null if it does not say
     * @param duration how long it took; null if it does not say
     */
    public record Origin(
            @Nullable Instant appliedAt,
            @Nullable String appliedBy,
            @Nullable Duration duration) {

        /** It says nothing of the kind. */
        public static final Origin UNKNOWN = new Origin(null, null, null);
    }

    /** A step of what this history itself has brought about. */
    public MigrationStep(Event event, Migration migration, String fingerprint, @Nullable HistoryEntry unfinished) {
        this(event, migration, fingerprint, unfinished, null);
    }

    /** A step after which nobody looks at the structure. */
    public MigrationStep(
            Event event,
            Migration migration,
            String fingerprint,
            @Nullable HistoryEntry unfinished,
            @Nullable Origin origin) {
        this(event, migration, fingerprint, unfinished, origin, null);
    }

    /** Records what the database's structure is after the step that came last. */
    public static MigrationStep observing(Migration last, String fingerprint, String structure) {
        return new MigrationStep(Event.OBSERVED, last, fingerprint, null, null, structure);
    }

    /** What is to run; null if the step only marks. */
    public @Nullable MigrationBody body() {
        if (event == Event.APPLIED || event == Event.BASELINED) {
            return migration.up();
        }
        return event == Event.ROLLED_BACK ? migration.down() : null;
    }

    /** The script to run; null if the step only marks, or runs code. */
    public @Nullable MigrationScript script() {
        return body() instanceof MigrationScript script ? script : null;
    }

    /** Whether it runs code, and no script. */
    public boolean runsCode() {
        return body() != null && script() == null;
    }

    /** The check to run after the script; null if there is none. */
    public @Nullable MigrationScript verify() {
        return event == Event.APPLIED ? migration.verify() : null;
    }

    /** The migration's version. */
    public MigrationVersion version() {
        return migration.version();
    }

    /** The file name that stands for this step in the history and in logs. */
    public String scriptName() {
        MigrationBody body = body();
        return (body == null ? migration.up() : body).name();
    }

    @Override
    public String toString() {
        return event.verb() + " " + migration.title() + " (" + scriptName() + ")";
    }
}
