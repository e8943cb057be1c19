package io.mhras.migrations.engine;

import io.mhras.migrations.Fingerprint;
import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.source.ScriptNames;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the history adds up to: which migrations are applied, in which order, and each one's newest event. */
final class AppliedMigrations {

    private final LinkedHashMap<MigrationVersion, HistoryEntry> applied = new LinkedHashMap<>();
    private final Map<MigrationVersion, HistoryEntry> newestEvents = new HashMap<>();

    /** Adds up events, oldest first. */
    static AppliedMigrations of(List<HistoryEntry> history) {
        AppliedMigrations result = new AppliedMigrations();
        history.forEach(result::add);
        return result;
    }

    private void add(HistoryEntry entry) {
        if (entry.event() == Event.OBSERVED) {
            return;
        }
        newestEvents.put(entry.version(), entry);
        switch (entry.event()) {
            case APPLIED, STAMPED, BASELINED, ADOPTED -> {
                applied.remove(entry.version());
                applied.put(entry.version(), entry);
            }
            case REPAIRED -> {
                if (entry.statement() == null) {
                    applied.computeIfPresent(
                            entry.version(), (version, old) -> old.with(entry.recorded(), entry.fingerprint()));
                }
            }
            case ROLLED_BACK, UNSTAMPED -> applied.remove(entry.version());
            case STARTED, FAILED, ARCHIVED, OBSERVED, NEWER -> {}
        }
    }

    /** Whether nothing has ever happened to any migration. */
    boolean isUntouched() {
        return newestEvents.isEmpty();
    }

    /** The applied ones' newest application, in the order in which they were applied. */
    List<HistoryEntry> inOrder() {
        return List.copyOf(applied.values());
    }

    Optional<HistoryEntry> find(MigrationVersion version) {
        return Optional.ofNullable(applied.get(version));
    }

    boolean contains(MigrationVersion version) {
        return applied.containsKey(version);
    }

    Optional<HistoryEntry> newestEvent(MigrationVersion version) {
        return Optional.ofNullable(newestEvents.get(version));
    }

    /** How far an earlier run came with what this event is to do; null if there is nothing to go on with. */
    @Nullable HistoryEntry unfinished(Migration migration, Event event) {
        return newestEvent(migration.version())
                .filter(entry -> entry.statement() != null)
                .filter(entry -> (event == Event.ROLLED_BACK) == isRollback(entry))
                .orElse(null);
    }

    /**
     * An unfinished run of an applied migration was a rollback, that of any other an apply; for a repeatable, its script
     * tells.
     */
    private boolean isRollback(HistoryEntry entry) {
        return entry.version().isRepeatable() ? ScriptNames.isDown(entry.script()) : contains(entry.version());
    }

    /** The applied ones whose rollback stopped halfway. */
    List<HistoryEntry> halfRolledBack() {
        return stopped().stream().filter(this::isRollback).toList();
    }

    /** Those that are not applied because their script stopped halfway. */
    List<HistoryEntry> halfApplied() {
        return stopped().stream().filter(entry -> !isRollback(entry)).toList();
    }

    private List<HistoryEntry> stopped() {
        return newestEvents.values().stream()
                .filter(entry -> entry.statement() != null && entry.statement() > 0)
                .sorted(Comparator.comparing(HistoryEntry::version))
                .toList();
    }

    /** The highest applied version. */
    Optional<MigrationVersion> newest() {
        return applied.keySet().stream()
                .filter(version -> !version.isRepeatable())
                .max(Comparator.naturalOrder());
    }

    Fingerprint fingerprint() {
        Fingerprint all = Fingerprint.EMPTY;
        for (HistoryEntry entry : applied.values()) {
            all = all.toggle(entry.version(), entry.checksum());
        }
        return all;
    }
}
