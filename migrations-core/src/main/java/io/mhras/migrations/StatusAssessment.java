package io.mhras.migrations;

import static java.util.stream.Collectors.toMap;

import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.MigrationHistory.KeptScripts;
import io.mhras.migrations.MigrationStatus.Item;
import io.mhras.migrations.MigrationStatus.Summary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds the files against the history: which state is each migration in, and what contradicts what.
 *
 * @param set the files
 * @param applied what the history adds up to
 * @param kept the texts that ran, of those whose file has another checksum now
 * @param status what follows
 */
record StatusAssessment(
        MigrationSet set, AppliedMigrations applied, Map<MigrationVersion, KeptScripts> kept, MigrationStatus status) {

    /** Reads the history: one query, and one more if a file has another checksum than what ran. */
    static StatusAssessment of(MigrationSet set, MigrationHistory history, MigrationDriver driver) {
        AppliedMigrations applied = AppliedMigrations.of(history.entries());
        List<MigrationVersion> changed = set.migrations().stream()
                .filter(migration -> !migration.isRepeatable() && differs(migration, applied))
                .map(Migration::version)
                .toList();
        Map<MigrationVersion, KeptScripts> kept = changed.isEmpty() ? Map.of() : history.scripts(changed);
        return new StatusAssessment(set, applied, kept, new Assessor(set, applied, kept, driver).status());
    }

    private static boolean differs(Migration migration, AppliedMigrations applied) {
        return applied.find(migration.version())
                .filter(entry -> !entry.checksum().equals(migration.checksum()))
                .isPresent();
    }

    private record Assessor(
            MigrationSet set,
            AppliedMigrations applied,
            Map<MigrationVersion, KeptScripts> kept,
            MigrationDriver driver) {

        MigrationStatus status() {
            List<Item> items = new ArrayList<>();
            set.migrations().forEach(migration -> items.add(item(migration)));
            applied.inOrder().stream()
                    .filter(entry -> set.find(entry.version()).isEmpty())
                    .map(this::itemWithoutFile)
                    .forEach(items::add);
            if (items.size() > set.migrations().size()) {
                items.sort(Comparator.comparing(item -> item.version().isRepeatable()));
            }
            Map<MigrationState, Integer> counts = new EnumMap<>(items.stream()
                    .collect(toMap(Item::state, item -> 1, Integer::sum, () -> new EnumMap<>(MigrationState.class))));
            return new MigrationStatus(
                    driver.database(),
                    summary(counts),
                    current(),
                    set.heads(),
                    Collections.unmodifiableMap(counts),
                    List.copyOf(items));
        }

        private Item item(Migration migration) {
            HistoryEntry entry = applied.find(migration.version()).orElse(null);
            MigrationState state = entry == null ? notApplied(migration) : appliedAs(entry, migration);
            return new Item(
                    migration.version(),
                    migration.description(),
                    state,
                    migration.up().name(),
                    migration.up().location(),
                    migration.checksum(),
                    entry == null ? null : entry.appliedAt(),
                    entry == null ? null : entry.duration(),
                    entry == null ? null : entry.appliedBy(),
                    set.requirements(migration.version()),
                    state == MigrationState.FAILED ? error(migration.version()) : null);
        }

        private MigrationState appliedAs(HistoryEntry entry, Migration migration) {
            if (entry.checksum().equals(migration.checksum())) {
                return entry.event() == Event.STAMPED ? MigrationState.STAMPED : MigrationState.APPLIED;
            }
            if (migration.isRepeatable()) {
                return isBehindANewerRelease() ? MigrationState.AHEAD : notApplied(migration);
            }
            KeptScripts ran = kept.get(migration.version());
            String text = ran == null ? null : ran.up();
            return text != null && driver.sameStatements(text, migration.up().text())
                    ? MigrationState.REFORMATTED
                    : MigrationState.CHANGED;
        }

        private MigrationState notApplied(Migration migration) {
            if (isOutOfOrder(migration)) {
                return MigrationState.OUT_OF_ORDER;
            }
            Event event = applied.newestEvent(migration.version())
                    .map(HistoryEntry::event)
                    .orElse(Event.UNSTAMPED);
            return switch (event) {
                case STARTED, FAILED -> MigrationState.FAILED;
                case ROLLED_BACK -> MigrationState.ROLLED_BACK;
                case APPLIED, STAMPED, UNSTAMPED, REPAIRED -> MigrationState.PENDING;
            };
        }

        private boolean isOutOfOrder(Migration migration) {
            return migration.requires() == null
                    && !migration.isRepeatable()
                    && applied.newest()
                            .filter(newest -> newest.compareTo(migration.version()) > 0)
                            .isPresent();
        }

        /** Then an older release must not put its own text over that of the newer one. */
        private boolean isBehindANewerRelease() {
            return applied.newest().filter(this::isNewerThanEveryFile).isPresent();
        }

        private boolean isNewerThanEveryFile(MigrationVersion version) {
            return set.newest().filter(newest -> newest.compareTo(version) >= 0).isEmpty();
        }

        private Item itemWithoutFile(HistoryEntry entry) {
            boolean ahead = entry.version().isRepeatable() || isNewerThanEveryFile(entry.version());
            return new Item(
                    entry.version(),
                    entry.description(),
                    ahead ? MigrationState.AHEAD : MigrationState.MISSING,
                    entry.script(),
                    null,
                    entry.checksum(),
                    entry.appliedAt(),
                    entry.duration(),
                    entry.appliedBy(),
                    List.of(),
                    null);
        }

        private @Nullable String error(MigrationVersion version) {
            return applied.newestEvent(version).map(HistoryEntry::error).orElse(null);
        }

        private List<MigrationVersion> current() {
            List<MigrationVersion> versions = applied.inOrder().stream()
                    .map(HistoryEntry::version)
                    .filter(version -> !version.isRepeatable())
                    .sorted()
                    .toList();
            List<MigrationVersion> ahead = versions.stream()
                    .filter(version -> set.find(version).isEmpty())
                    .toList();
            if (!ahead.isEmpty() && ahead.get(ahead.size() - 1).equals(versions.get(versions.size() - 1))) {
                return List.of(ahead.get(ahead.size() - 1));
            }
            Set<MigrationVersion> required = new HashSet<>();
            versions.forEach(version -> required.addAll(set.requirements(version)));
            return versions.stream()
                    .filter(version -> set.find(version).isPresent() && !required.contains(version))
                    .toList();
        }

        private static Summary summary(Map<MigrationState, Integer> counts) {
            if (counts.keySet().stream().anyMatch(MigrationState::isConflict)) {
                return Summary.CONFLICT;
            }
            if (counts.containsKey(MigrationState.FAILED)) {
                return Summary.FAILED;
            }
            if (counts.keySet().stream().anyMatch(state -> !state.isApplied())) {
                return Summary.PENDING;
            }
            return counts.containsKey(MigrationState.AHEAD) ? Summary.AHEAD : Summary.UP_TO_DATE;
        }
    }
}
