package io.mhras.migrations.engine;

import static java.util.stream.Collectors.joining;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.HistoryEntry.Execution;
import io.mhras.migrations.HistoryEntry.Recorded;
import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationDriver;
import io.mhras.migrations.MigrationException.InvalidTarget;
import io.mhras.migrations.MigrationHistory;
import io.mhras.migrations.MigrationPlan;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.OfflinePlan;
import io.mhras.migrations.OfflinePlan.OtherTable;
import io.mhras.migrations.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Works out steps from where a database is assumed to stand, without looking at it. */
final class OfflinePlanner {

    private OfflinePlanner() {}

    static OfflinePlan toMigrate(
            MigrationSet set, MigrationDriver driver, List<Target> from, Target to, List<OtherTable> refusedBeside) {
        AssumedHistory history = AssumedHistory.at(from, set);
        StatusAssessment assessment = StatusAssessment.of(set, history, driver);
        MigrationPlan plan = new MigrationPlanner(assessment).toMigrate(to, MigratorSettings.OutOfOrder.APPLY);
        return new OfflinePlan(text(from), history.fingerprint(), plan, refusedBeside);
    }

    static OfflinePlan toRollback(MigrationSet set, MigrationDriver driver, List<Target> from, Target to) {
        AssumedHistory versioned = AssumedHistory.at(from, set);
        AssumedHistory history = versioned.withRepeatables(set);
        StatusAssessment assessment = StatusAssessment.of(set, history, driver);
        return new OfflinePlan(
                text(from),
                versioned.fingerprint(),
                new RollbackPlanner(assessment).toRollback(to, history::scripts),
                List.of());
    }

    private static String text(List<Target> from) {
        return from.stream().map(Target::toString).collect(joining(","));
    }

    /** The history as it would be if just these had been applied as their files are now. */
    private record AssumedHistory(List<Migration> applied) implements MigrationHistory {

        /** All that leads to one of these, in the order in which it runs. */
        static AssumedHistory at(List<Target> from, MigrationSet set) {
            Set<MigrationVersion> versions = new HashSet<>();
            from.forEach(one -> leadingTo(one, set).forEach(migration -> versions.add(migration.version())));
            return new AssumedHistory(set.migrations().stream()
                    .filter(migration -> versions.contains(migration.version()))
                    .toList());
        }

        private static List<Migration> leadingTo(Target from, MigrationSet set) {
            if (from instanceof Target.Base) {
                return List.of();
            }
            if (from instanceof Target.Version version) {
                return set.pathTo(set.resolve(version.text()));
            }
            if (from instanceof Target.Head) {
                return set.migrations().stream()
                        .filter(migration -> !migration.isRepeatable())
                        .toList();
            }
            throw new InvalidTarget(
                    "'" + from + "' does not say where a script begins.",
                    "Without the database there is nothing to count from: use base, head, or a version; or those of several"
                            + " branches, such as 003,004.");
        }

        AssumedHistory withRepeatables(MigrationSet set) {
            List<Migration> all = new ArrayList<>(applied);
            set.migrations().stream().filter(Migration::isRepeatable).forEach(all::add);
            return new AssumedHistory(all);
        }

        String fingerprint() {
            return AppliedMigrations.of(entries()).fingerprint().toString();
        }

        @Override
        public Optional<HistoryEntry> newest() {
            return entries().stream().reduce((older, newer) -> newer);
        }

        @Override
        public List<HistoryEntry> entries() {
            List<HistoryEntry> entries = new ArrayList<>();
            for (Migration migration : applied) {
                entries.add(new HistoryEntry(
                        entries.size() + 1L,
                        Event.APPLIED,
                        Recorded.of(migration, migration.up().name()),
                        null,
                        new Execution(Duration.ZERO, null, "", "", "", Instant.EPOCH),
                        ""));
            }
            return entries;
        }

        @Override
        public boolean isBlank() {
            return applied.isEmpty();
        }

        /** The files are all there is. */
        @Override
        public Map<MigrationVersion, KeptScripts> scripts(Collection<MigrationVersion> versions) {
            return Map.of();
        }
    }
}
