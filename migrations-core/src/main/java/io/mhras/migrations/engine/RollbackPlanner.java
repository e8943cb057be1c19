package io.mhras.migrations.engine;

import static java.util.stream.Collectors.joining;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.InvalidTarget;
import io.mhras.migrations.MigrationHistory.KeptScripts;
import io.mhras.migrations.MigrationPlan;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.Target;
import io.mhras.migrations.source.ScriptNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Works out what to take back to get from where a database stands to a target. Pure, but for asking for kept scripts. */
final class RollbackPlanner {

    private final StatusAssessment assessment;
    private final MigrationSet set;
    private final AppliedMigrations applied;

    RollbackPlanner(StatusAssessment assessment) {
        this.assessment = assessment;
        this.set = assessment.set();
        this.applied = assessment.applied();
    }

    /**
     * Takes back, in the reverse of the order in which it was applied.
     *
     * @param kept the texts that the history keeps of what is applied
     * @throws MigrationException.Refused if any of it has no down script: then nothing is rolled back
     */
    MigrationPlan toRollback(
            Target target, Function<Collection<MigrationVersion>, Map<MigrationVersion, KeptScripts>> kept) {
        if (applied.endsInDoubt()) {
            throw ConflictReport.of(assessment, List.of());
        }
        refuseHalfApplied();
        List<HistoryEntry> undone = new ArrayList<>(undone(target));
        if (undone.isEmpty()) {
            return new MigrationPlan(
                    assessment.status().database(), List.of(), List.of("nothing is applied beyond " + target + "."));
        }
        undone.stream().filter(HistoryEntry::isOfBaseline).findFirst().ifPresent(RollbackPlanner::refuseBaseline);
        Map<MigrationVersion, KeptScripts> scripts =
                kept.apply(applied.inOrder().stream().map(HistoryEntry::version).toList());
        Set<MigrationVersion> versions = new HashSet<>();
        undone.forEach(entry -> versions.add(entry.version()));
        int earliest = applied.inOrder().indexOf(undone.get(0));
        List<Migration> backwards = new ArrayList<>();
        List<HistoryEntry> withoutDown = new ArrayList<>();
        for (HistoryEntry entry :
                applied.inOrder().subList(earliest, applied.inOrder().size())) {
            Migration migration = assessment.migration(entry, scripts.get(entry.version()));
            boolean undo = versions.contains(entry.version());
            if (undo && migration.down() == null) {
                withoutDown.add(entry);
            } else if (undo || migration.isRepeatable()) {
                backwards.add(migration);
            }
        }
        refuseWithoutDown(withoutDown);
        Collections.reverse(backwards);
        MigrationSteps steps = new MigrationSteps(applied);
        backwards.forEach(
                migration -> steps.add(migration.down() == null ? Event.UNSTAMPED : Event.ROLLED_BACK, migration));
        return steps.plan(assessment.status().database(), notesOnRepeatables(backwards));
    }

    private static void refuseBaseline(HistoryEntry made) {
        throw new MigrationException.Refused(
                "Nothing was rolled back: this database was made by " + made.script()
                        + ", in place of the migrations up to " + made.version() + ", and that has no way back.",
                "Roll back to " + made.version() + " at most; or begin anew on an empty database.");
    }

    /** The part that is done would lose what it was built on, and still count as done. */
    private void refuseHalfApplied() {
        for (HistoryEntry entry : applied.halfApplied()) {
            throw new MigrationException.Refused(
                    "Nothing was rolled back: " + entry.script() + " came to a stop after statement "
                            + entry.statement() + ", and is neither applied nor not.",
                    "Apply it to its end first, or finish it by hand and mark it as applied with 'stamp'.");
        }
    }

    /** What they built on is gone, so they must run again although their content has not changed. */
    private static List<String> notesOnRepeatables(List<Migration> backwards) {
        return backwards.stream()
                .filter(migration -> migration.down() == null)
                .map(migration -> migration.version()
                        + " has no down script: what it made stays, and it runs again with the next migrate.")
                .toList();
    }

    private void refuseWithoutDown(List<HistoryEntry> withoutDown) {
        if (withoutDown.isEmpty()) {
            return;
        }
        HistoryEntry first = withoutDown.get(0);
        String down = ScriptNames.downOf(first.script());
        throw new MigrationException.Refused(
                "Nothing was rolled back: there is no down script for "
                        + withoutDown.stream().map(HistoryEntry::script).collect(joining(", ")) + ".",
                hasFile(first.version())
                        ? "Write the file that takes it back beside it, for example " + down + ", and try again."
                        : "Its file is gone, and the history kept no down script. Put back " + first.script()
                                + " together with " + down + ", and try again.");
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
                        "'" + back + "' asks for " + back.count() + ", and there "
                                + MigrationPlanner.isOrAre(versioned.size()) + " to roll back.",
                        "Use base to roll back all there is.");
            }
            return versioned.subList(versioned.size() - back.count(), versioned.size());
        }
        if (target instanceof Target.Version version) {
            HistoryEntry made = assessment.baselines().madeBy(MigrationVersion.of(version.text()));
            if (made != null && !applied.contains(MigrationVersion.of(version.text()))) {
                refuseBaseline(made);
            }
            return appliedBeyond(
                    set.resolve(
                            version.text(),
                            versioned.stream().map(HistoryEntry::version).toList()),
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
}
