package io.mhras.migrations;

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
        newestEvents.put(entry.version(), entry);
        switch (entry.event()) {
            case APPLIED, STAMPED -> {
                applied.remove(entry.version());
                applied.put(entry.version(), entry);
            }
            case REPAIRED -> applied.computeIfPresent(entry.version(), (version, old) -> repaired(old, entry));
            case ROLLED_BACK, UNSTAMPED -> applied.remove(entry.version());
            case STARTED, FAILED -> {}
        }
    }

    private static HistoryEntry repaired(HistoryEntry old, HistoryEntry repair) {
        return new HistoryEntry(
                old.id(),
                old.event(),
                repair.version(),
                repair.description(),
                repair.script(),
                repair.checksum(),
                old.statement(),
                old.duration(),
                old.error(),
                old.appliedBy(),
                old.application(),
                old.host(),
                old.appliedAt(),
                repair.fingerprint());
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

    /** The newest event, if it says that this script ran in part. */
    @Nullable HistoryEntry unfinished(MigrationVersion version, String script) {
        return newestEvent(version)
                .filter(entry -> entry.statement() != null && entry.script().equals(script))
                .orElse(null);
    }

    /** The applied ones whose rollback came to a stop half-way. */
    List<HistoryEntry> halfRolledBack() {
        return applied.keySet().stream()
                .map(newestEvents::get)
                .filter(entry -> entry != null && entry.statement() != null)
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
