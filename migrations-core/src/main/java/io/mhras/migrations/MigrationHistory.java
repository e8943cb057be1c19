package io.mhras.migrations;

import io.mhras.migrations.HistoryEntry.Event;
import java.io.IOException;
import java.io.Reader;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What has happened to a database; reading it takes no lock and changes nothing. */
public interface MigrationHistory {

    /** That of a database in which nothing has happened. */
    MigrationHistory EMPTY = new MigrationHistory() {
        @Override
        public Optional<HistoryEntry> newest() {
            return Optional.empty();
        }

        @Override
        public List<HistoryEntry> entries() {
            return List.of();
        }

        @Override
        public Map<MigrationVersion, KeptScripts> scripts(Collection<MigrationVersion> versions) {
            return Map.of();
        }

        @Override
        public boolean isBlank() {
            return true;
        }
    };

    /** The newest event; empty if there is no history yet. One query. */
    Optional<HistoryEntry> newest();

    /** All events, oldest first; empty if there is no history yet. One query. */
    List<HistoryEntry> entries();

    /** The scripts of these migrations, as they were when they were applied. One query. */
    Map<MigrationVersion, KeptScripts> scripts(Collection<MigrationVersion> versions);

    /**
     * The newest events of the migrations whose script was cut off in the middle of a statement, where the driver could not
     * find out whether that was done. Empty for a database that undoes what is cut off.
     */
    default List<HistoryEntry> inDoubt() {
        return List.of();
    }

    /**
     * Whether there is nothing beside the history in what it is the history of: the schema that it lies in, or the database.
     * What extensions have brought does not count. False where that is not known.
     */
    default boolean isBlank() {
        return false;
    }

    /**
     * The texts that the history keeps of a migration.
     *
     * @param up what ran; null where it was too long to keep
     * @param down what takes it back; null where there was nothing
     */
    record KeptScripts(@Nullable String up, @Nullable String down) {

        // A longer text is not kept; rolling it back then takes its file.
        private static final int MAX_CHARACTERS = 1_000_000;

        /**
         * What is to be kept with the event of this step; nothing once the migration is not applied any more, and nothing anew
         * of one without a file.
         */
        public static KeptScripts of(MigrationStep step) {
            boolean isKeptAlready = step.event() == Event.ARCHIVED;
            boolean isGone = step.event() == Event.ROLLED_BACK || step.event() == Event.UNSTAMPED;
            boolean isOnlyObserved = step.event() == Event.OBSERVED;
            return isGone || isKeptAlready || isOnlyObserved
                    ? new KeptScripts(null, null)
                    : new KeptScripts(
                            text(step.migration().up()), text(step.migration().down()));
        }

        /** The text to keep; null if it is too long, or if there is none. */
        public static @Nullable String text(@Nullable MigrationBody body) {
            if (!(body instanceof MigrationScript script)) {
                return null;
            }
            char[] buffer = new char[8192];
            StringBuilder text = new StringBuilder();
            try (Reader reader = script.open()) {
                for (int read = reader.read(buffer); read >= 0; read = reader.read(buffer)) {
                    text.append(buffer, 0, read);
                    if (text.length() > MAX_CHARACTERS) {
                        return null;
                    }
                }
            } catch (IOException e) {
                throw MigrationException.InvalidMigration.unreadable(script.location(), e);
            }
            return text.toString();
        }

        /** These, or what was kept before where nothing was kept since: a repair may no longer have the down script's file. */
        public KeptScripts orElse(KeptScripts before) {
            return new KeptScripts(up == null ? before.up : up, down == null ? before.down : down);
        }
    }
}
