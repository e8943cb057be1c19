package io.mhras.migrations;

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
    };

    /** The newest event; empty if there is no history yet. One query. */
    Optional<HistoryEntry> newest();

    /** All events, oldest first; empty if there is no history yet. One query. */
    List<HistoryEntry> entries();

    /** The scripts of these migrations, as they were when they were applied. One query. */
    Map<MigrationVersion, KeptScripts> scripts(Collection<MigrationVersion> versions);

    /**
     * The texts that the history keeps of a migration.
     *
     * @param up what ran; null where it was too long to keep
     * @param down what takes it back; null where there was nothing
     */
    record KeptScripts(@Nullable String up, @Nullable String down) {}
}
