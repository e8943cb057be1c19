package io.mhras.migrations.engine;

import io.mhras.migrations.Fingerprint;
import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.source.ScriptNames;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the history adds up to: which migrations are applied, in which order, and each one's newest event. */
final class AppliedMigrations {

    /** What somebody states who has looked at the database: from there on the rows count as they are. */
    private static final Set<Event> STATED = EnumSet.of(Event.REPAIRED, Event.ARCHIVED, Event.STAMPED, Event.UNSTAMPED);

    private final LinkedHashMap<MigrationVersion, HistoryEntry> applied = new LinkedHashMap<>();
    private final Map<MigrationVersion, HistoryEntry> newestEvents = new HashMap<>();
    private final Set<MigrationVersion> archived = new HashSet<>();

    /** Of what is applied and not archived. */
    private Fingerprint fingerprint = Fingerprint.EMPTY;

    /** Of what is archived, too: an older release does not tell it apart. */
    private Fingerprint whole = Fingerprint.EMPTY;

    private @Nullable HistoryEntry doubtful;
    private boolean endsInDoubt;
    private boolean isKnown = true;

    /** Adds up events, oldest first. */
    static AppliedMigrations of(List<HistoryEntry> history) {
        AppliedMigrations result = new AppliedMigrations();
        history.forEach(result::add);
        return result;
    }

    private void add(HistoryEntry entry) {
        switch (entry.event()) {
            case APPLIED, STAMPED, BASELINED, ADOPTED, REPAIRED, ARCHIVED, ROLLED_BACK, UNSTAMPED -> change(entry);
            case STARTED, FAILED -> newestEvents.put(entry.version(), entry);
            case NEWER -> {
                newestEvents.put(entry.version(), entry);
                isKnown = false;
            }
            case OBSERVED -> {}
        }
        compare(entry);
    }

    private void change(HistoryEntry entry) {
        MigrationVersion version = entry.version();
        newestEvents.put(version, entry);
        toggle(version);
        switch (entry.event()) {
            case APPLIED, STAMPED, BASELINED, ADOPTED -> {
                applied.remove(version);
                applied.put(version, entry);
                archived.remove(version);
            }
            case REPAIRED -> {
                if (entry.statement() == null) {
                    applied.computeIfPresent(version, (same, old) -> old.with(entry.recorded(), entry.fingerprint()));
                    archived.remove(version);
                }
            }
            case ARCHIVED -> {
                if (applied.containsKey(version)) {
                    archived.add(version);
                }
            }
            default -> {
                applied.remove(version);
                archived.remove(version);
            }
        }
        toggle(version);
    }

    /** Adds it to the fingerprints, or takes it out of them. */
    private void toggle(MigrationVersion version) {
        HistoryEntry entry = applied.get(version);
        if (entry == null) {
            return;
        }
        if (archived.isEmpty()) {
            fingerprint = fingerprint.toggle(entry.version(), entry.checksum());
            whole = fingerprint;
            return;
        }
        whole = whole.toggle(entry.version(), entry.checksum());
        if (!archived.contains(version)) {
            fingerprint = fingerprint.toggle(entry.version(), entry.checksum());
        }
    }

    /** Each finished event holds the fingerprint of all that was applied then: whoever wrote it had every row before it. */
    private void compare(HistoryEntry entry) {
        if (!isKnown || entry.fingerprint().isEmpty()) {
            return;
        }
        boolean follows = entry.fingerprint().equals(fingerprint.toString())
                || (!archived.isEmpty() && entry.fingerprint().equals(whole.toString()));
        if (!follows && doubtful == null) {
            doubtful = entry;
        } else if (follows && STATED.contains(entry.event())) {
            doubtful = null;
        }
        endsInDoubt = !follows;
    }

    /** The first event that does not follow from those before it, unless somebody has stated since how things are. */
    Optional<HistoryEntry> doubtful() {
        return Optional.ofNullable(doubtful);
    }

    /** Whether the newest event does not follow either: then what is applied is not what the rows say. */
    boolean endsInDoubt() {
        return endsInDoubt;
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

    /** The applied versions that no applied one requires. */
    List<MigrationVersion> current(MigrationSet set) {
        List<MigrationVersion> versions = applied.keySet().stream()
                .filter(version -> !version.isRepeatable())
                .sorted()
                .toList();
        List<MigrationVersion> ahead =
                versions.stream().filter(version -> set.find(version).isEmpty()).toList();
        if (!ahead.isEmpty() && ahead.get(ahead.size() - 1).equals(versions.get(versions.size() - 1))) {
            return List.of(ahead.get(ahead.size() - 1));
        }
        Set<MigrationVersion> required = new HashSet<>();
        versions.forEach(version -> required.addAll(set.requirements(version)));
        return versions.stream()
                .filter(version -> set.find(version).isPresent() && !required.contains(version))
                .toList();
    }

    /** The newest baseline that it was made by; empty if it was made step by step. */
    Optional<HistoryEntry> baseline() {
        return applied.values().stream()
                .filter(HistoryEntry::isOfBaseline)
                .max(Comparator.comparing(HistoryEntry::version));
    }

    /** Whether this service has applied or marked something. */
    boolean isWrittenBy(String application) {
        return newestEvents.values().stream()
                .anyMatch(entry -> entry.application().equals(application));
    }

    /** Whether it is applied, and that its file is gone was accepted. */
    boolean isArchived(MigrationVersion version) {
        return archived.contains(version);
    }

    /** Stands for all that is applied and has its file: what is archived is left out. */
    Fingerprint fingerprint() {
        return fingerprint;
    }
}
