package io.mhras.migrations;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.MigrationException.InvalidTarget;
import io.mhras.migrations.MigrationHistory.KeptScripts;
import io.mhras.migrations.MigrationStatus.Item;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Works out the steps from where a database stands to where it is to be. Pure: reads nothing, changes nothing. */
final class MigrationPlanner {

    private final StatusAssessment assessment;
    private final MigrationSet set;
    private final AppliedMigrations applied;
    private final Set<MigrationVersion> pending;

    MigrationPlanner(StatusAssessment assessment) {
        this.assessment = assessment;
        this.set = assessment.set();
        this.applied = assessment.applied();
        this.pending = assessment.status().migrations().stream()
                .filter(item -> !item.state().isApplied())
                .map(Item::version)
                .collect(toSet());
    }

    /**
     * Applies what is pending up to the target.
     *
     * @throws MigrationException.HistoryConflict if files and history contradict each other
     */
    MigrationPlan toMigrate(Target target, OutOfOrder outOfOrder) {
        refuseConflicts(outOfOrder);
        List<String> notes = notes();
        List<Migration> wanted = new ArrayList<>(wanted(target, notes));
        wanted.removeIf(migration -> !isPending(migration.version()));
        return plan(Event.APPLIED, wanted, notes);
    }

    /** Refuses if files and history contradict each other. */
    void refuseConflicts(OutOfOrder outOfOrder) {
        List<Item> conflicts = assessment.status().migrations().stream()
                .filter(item -> item.state().isConflict())
                .filter(item -> outOfOrder == OutOfOrder.FAIL || item.state() != MigrationState.OUT_OF_ORDER)
                .toList();
        if (!conflicts.isEmpty()) {
            throw ConflictReport.of(assessment, conflicts);
        }
    }

    /** What is to be applied once the target is reached; what is applied already included. */
    private List<Migration> wanted(Target target, List<String> notes) {
        if (target instanceof Target.Head) {
            return set.migrations();
        }
        if (target instanceof Target.Forward forward) {
            return next(forward);
        }
        if (target instanceof Target.Version version) {
            MigrationVersion reached = resolve(version.text(), fileVersions());
            noteIfBehind(reached, notes);
            return set.pathTo(reached);
        }
        throw new InvalidTarget(
                "'" + target + "' goes back, and applying migrations only goes forward.",
                "To take migrations back, use rollback.");
    }

    private List<Migration> next(Target.Forward forward) {
        List<Migration> pending = set.migrations().stream()
                .filter(migration -> !migration.isRepeatable() && isPending(migration.version()))
                .toList();
        if (pending.size() < forward.count()) {
            throw new InvalidTarget(
                    "'" + forward + "' asks for " + forward.count() + ", and there " + isOrAre(pending.size())
                            + " to apply.",
                    "Use head to apply all there is.");
        }
        return pending.subList(0, forward.count());
    }

    private static String isOrAre(int count) {
        return count == 1 ? "is only 1" : count == 0 ? "is nothing" : "are only " + count;
    }

    private void noteIfBehind(MigrationVersion reached, List<String> notes) {
        List<MigrationVersion> beyond = set.dependents(reached).stream()
                .filter(version -> !version.isRepeatable() && applied.contains(version))
                .toList();
        if (!beyond.isEmpty()) {
            notes.add("the target " + reached + " is behind: "
                    + beyond.stream().map(MigrationVersion::toString).collect(joining(", "))
                    + " applied already. To go back to " + reached + ", use rollback.");
        }
    }

    private boolean isPending(MigrationVersion version) {
        return pending.contains(version);
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        List<Item> ahead = assessment.status().in(MigrationState.AHEAD).stream()
                .filter(item -> !isRepeatableWithoutFile(item))
                .toList();
        if (!ahead.isEmpty()) {
            notes.add("the database is ahead of these files: " + versions(ahead)
                    + " applied by a newer release. Starting all the same.");
        }
        List<Item> withoutFile = assessment.status().migrations().stream()
                .filter(MigrationPlanner::isRepeatableWithoutFile)
                .toList();
        if (!withoutFile.isEmpty()) {
            notes.add(versions(withoutFile) + " applied, and without a file here: of a newer release, or deleted."
                    + " If deleted, run 'repair'.");
        }
        List<Item> reformatted = assessment.status().in(MigrationState.REFORMATTED);
        if (!reformatted.isEmpty()) {
            notes.add(versions(reformatted) + " reformatted since applied: only comments or white space differ.");
        }
        return notes;
    }

    private static boolean isRepeatableWithoutFile(Item item) {
        return item.version().isRepeatable() && item.location() == null;
    }

    private static String versions(List<Item> items) {
        return items.stream().map(item -> item.version().toString()).collect(joining(", "));
    }

    /**
     * Takes back, in the reverse of the order in which it was applied.
     *
     * @param kept the texts that the history keeps of what is applied
     * @throws MigrationException.Refused if any of it has no down script: then nothing is rolled back
     */
    MigrationPlan toRollback(
            Target target, Function<Collection<MigrationVersion>, Map<MigrationVersion, KeptScripts>> kept) {
        List<HistoryEntry> undone = new ArrayList<>(undone(target));
        if (undone.isEmpty()) {
            return plan(Event.ROLLED_BACK, List.of(), List.of("nothing is applied beyond " + target + "."));
        }
        Map<MigrationVersion, KeptScripts> scripts =
                kept.apply(applied.inOrder().stream().map(HistoryEntry::version).toList());
        Set<MigrationVersion> versions = new HashSet<>();
        undone.forEach(entry -> versions.add(entry.version()));
        int earliest = applied.inOrder().indexOf(undone.get(0));
        List<Migration> backwards = new ArrayList<>();
        List<String> withoutDown = new ArrayList<>();
        for (HistoryEntry entry :
                applied.inOrder().subList(earliest, applied.inOrder().size())) {
            Migration migration = withDown(entry, scripts.get(entry.version()));
            boolean undo = versions.contains(entry.version());
            if (undo && migration.down() == null) {
                withoutDown.add(entry.script());
            } else if (undo || migration.isRepeatable()) {
                backwards.add(migration);
            }
        }
        refuseWithoutDown(withoutDown);
        Collections.reverse(backwards);
        Steps steps = new Steps(applied.fingerprint());
        backwards.forEach(
                migration -> steps.add(migration.down() == null ? Event.UNSTAMPED : Event.ROLLED_BACK, migration));
        return new MigrationPlan(assessment.status().database(), steps.all, notesOnRepeatables(backwards));
    }

    /** What they built on is gone, so they must run again although their content has not changed. */
    private static List<String> notesOnRepeatables(List<Migration> backwards) {
        return backwards.stream()
                .filter(migration -> migration.down() == null)
                .map(migration -> migration.version()
                        + " has no down script: what it made stays, and it runs again with the next migrate.")
                .toList();
    }

    private static void refuseWithoutDown(List<String> withoutDown) {
        if (!withoutDown.isEmpty()) {
            throw new MigrationException.Refused(
                    "Nothing was rolled back: there is no down script for " + String.join(", ", withoutDown) + ".",
                    "Write the file that takes it back beside it, for example "
                            + withoutDown.get(0).replaceFirst("(\\.up)?\\.(\\w+)$", ".down.$2") + ", and try again.");
        }
    }

    /** The versioned migrations to take back, in the order in which they were applied. */
    private List<HistoryEntry> undone(Target target) {
        List<HistoryEntry> versioned = applied.inOrder().stream()
                .filter(entry -> !entry.version().isRepeatable())
                .toList();
        if (target instanceof Target.Base) {
            return versioned;
        }
        if (target instanceof Target.Back back) {
            if (back.count() > versioned.size()) {
                throw new InvalidTarget(
                        "'" + back + "' asks for " + back.count() + ", and there " + isOrAre(versioned.size())
                                + " to roll back.",
                        "Use base to roll back all there is.");
            }
            return versioned.subList(versioned.size() - back.count(), versioned.size());
        }
        if (target instanceof Target.Version version) {
            return appliedBeyond(
                    resolve(
                            version.text(),
                            Stream.concat(fileVersions(), versioned.stream().map(HistoryEntry::version))),
                    versioned);
        }
        throw new InvalidTarget(
                "'" + target + "' does not go back, and a rollback does.",
                "Use base, -n (the last n), or the version that is to stay the newest.");
    }

    private List<HistoryEntry> appliedBeyond(MigrationVersion stays, List<HistoryEntry> versioned) {
        HistoryEntry newest = applied.find(stays)
                .orElseThrow(() -> new InvalidTarget(
                        "The rollback cannot end at " + stays + ": it is not applied.",
                        "Choose an applied version; 'status' lists them."));
        Set<MigrationVersion> dependents = set.dependents(stays);
        return versioned.stream()
                .filter(entry -> (hasFile(entry.version()) && hasFile(stays))
                        ? dependents.contains(entry.version())
                        : entry.id() > newest.id())
                .toList();
    }

    private boolean hasFile(MigrationVersion version) {
        return set.find(version).isPresent();
    }

    /** The file's down script if there is one: it may have been mended. Else what the history kept. */
    private Migration withDown(HistoryEntry entry, @Nullable KeptScripts kept) {
        Migration file = set.find(entry.version()).orElse(null);
        if (file != null && (file.down() != null || kept == null || kept.down() == null)) {
            return file;
        }
        String location = "the history of " + assessment.status().database() + ", ";
        String up = kept == null || kept.up() == null ? "" : kept.up();
        String down = kept == null ? null : kept.down();
        String downName = entry.script().replaceFirst("(\\.up)?\\.(\\w+)$", ".down.$2");
        return new Migration(
                entry.version(),
                entry.description(),
                null,
                new MigrationScript(
                        entry.script(),
                        location + entry.script(),
                        entry.checksum(),
                        MigrationScript.Options.DEFAULT,
                        () -> new StringReader(up)),
                down == null ? null : MigrationScript.ofText(downName, location + downName, down),
                null);
    }

    /** Marks exactly what leads to the targets as applied, and nothing else. */
    MigrationPlan toStamp(List<Target> targets) {
        Set<MigrationVersion> marked = new LinkedHashSet<>();
        for (Target target : targets) {
            if (target instanceof Target.Head) {
                set.migrations().forEach(migration -> marked.add(migration.version()));
            } else if (target instanceof Target.Version version) {
                set.pathTo(resolve(version.text(), fileVersions()))
                        .forEach(migration -> marked.add(migration.version()));
            } else if (!(target instanceof Target.Base)) {
                throw new InvalidTarget(
                        "'" + target + "' cannot be stamped.", "Use head, base, or one or more versions.");
            }
        }
        Steps steps = new Steps(applied.fingerprint());
        applied.inOrder().stream()
                .filter(entry -> !entry.version().isRepeatable() && !marked.contains(entry.version()))
                .forEach(entry -> steps.add(Event.UNSTAMPED, withDown(entry, null)));
        set.migrations().stream()
                .filter(migration -> !migration.isRepeatable() && marked.contains(migration.version()))
                .filter(migration -> !applied.contains(migration.version()))
                .forEach(migration -> steps.add(Event.STAMPED, migration));
        return new MigrationPlan(assessment.status().database(), steps.all, List.of());
    }

    /** Accepts the files as they are: changed ones with their new text, missing ones as gone. */
    MigrationPlan toRepair() {
        Steps steps = new Steps(applied.fingerprint());
        for (Item item : assessment.status().migrations()) {
            if (item.state() == MigrationState.CHANGED || item.state() == MigrationState.REFORMATTED) {
                steps.add(Event.REPAIRED, set.find(item.version()).orElseThrow());
            } else if (item.state() == MigrationState.MISSING || isRepeatableWithoutFile(item)) {
                steps.add(Event.UNSTAMPED, withDown(applied.find(item.version()).orElseThrow(), null));
            }
        }
        return new MigrationPlan(assessment.status().database(), steps.all, List.of());
    }

    private Stream<MigrationVersion> fileVersions() {
        return set.migrations().stream().map(Migration::version).filter(version -> !version.isRepeatable());
    }

    /** The version that the text names, in full or as an unambiguous beginning. */
    private static MigrationVersion resolve(String text, Stream<MigrationVersion> candidates) {
        TreeSet<MigrationVersion> known = candidates.collect(toCollection(TreeSet::new));
        MigrationVersion exact = MigrationVersion.of(text);
        if (known.contains(exact)) {
            return known.floor(exact);
        }
        List<MigrationVersion> matching = known.stream()
                .filter(version -> version.toString().startsWith(text))
                .toList();
        if (matching.size() == 1) {
            return matching.get(0);
        }
        String list = (matching.isEmpty() ? known : matching)
                .stream().map(MigrationVersion::toString).collect(joining(", "));
        throw matching.isEmpty()
                ? new InvalidTarget(
                        "There is no migration " + text + ".",
                        known.isEmpty()
                                ? "There are no migrations at all; check the locations."
                                : "There are: " + list + ".")
                : new InvalidTarget("'" + text + "' is ambiguous.", "Write more of it; it could be " + list + ".");
    }

    private MigrationPlan plan(Event event, List<Migration> migrations, List<String> notes) {
        Steps steps = new Steps(applied.fingerprint());
        migrations.forEach(migration -> steps.add(event, migration));
        return new MigrationPlan(assessment.status().database(), steps.all, notes);
    }

    /** Collects steps, each with the fingerprint of what will be applied after it. */
    private final class Steps {
        private final List<MigrationStep> all = new ArrayList<>();
        private Fingerprint fingerprint;

        Steps(Fingerprint before) {
            this.fingerprint = before;
        }

        void add(Event event, Migration migration) {
            applied.find(migration.version())
                    .ifPresent(entry -> fingerprint = fingerprint.toggle(entry.version(), entry.checksum()));
            if (event == Event.APPLIED || event == Event.STAMPED || event == Event.REPAIRED) {
                fingerprint = fingerprint.toggle(migration.version(), migration.checksum());
            }
            all.add(new MigrationStep(event, migration, fingerprint.toString()));
        }
    }
}
