package io.mhras.migrations.engine;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.InvalidTarget;
import io.mhras.migrations.MigrationPlan;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationState;
import io.mhras.migrations.MigrationStatus.Item;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.MigratorSettings.OutOfOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Works out what to apply to get from where a database stands to a target. Pure: reads nothing, changes nothing. */
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
        MigrationSteps steps = new MigrationSteps(applied);
        archive(steps);
        Migration baseline = baseline(target, wanted);
        if (baseline != null) {
            steps.add(Event.BASELINED, baseline);
            wanted.removeIf(migration -> baseline.standsFor(migration.version()));
        }
        wanted.removeIf(migration -> !isPending(migration.version()));
        wanted.forEach(migration -> steps.add(Event.APPLIED, migration));
        return steps.plan(assessment.status().database(), notes);
    }

    /** From then on the newest row has the fingerprint of the files that there are. */
    private void archive(MigrationSteps steps) {
        applied.inOrder().stream()
                .filter(entry -> !applied.isArchived(entry.version()) && assessment.isReplaced(entry))
                .filter(entry -> set.find(entry.version()).isEmpty())
                .forEach(entry -> steps.add(Event.ARCHIVED, assessment.migration(entry, null)));
    }

    /** The one to run in place of the first of what is wanted; null if there is none, or the database is not empty. */
    private @Nullable Migration baseline(Target target, List<Migration> wanted) {
        if (!assessment.hasBaselines()) {
            return null;
        }
        if (!assessment.baselines().isBeginning() || target instanceof Target.Head) {
            return assessment.baselines().first();
        }
        return assessment
                .baselines()
                .upTo(
                        target instanceof Target.Version version
                                ? set.resolve(version.text())
                                : wanted.get(wanted.size() - 1).version());
    }

    /** Refuses if files and history contradict each other, or the history contradicts itself. */
    void refuseConflicts(OutOfOrder outOfOrder) {
        List<Item> conflicts = assessment.status().migrations().stream()
                .filter(item -> item.state().isConflict())
                .filter(item -> outOfOrder == OutOfOrder.FAIL || item.state() != MigrationState.OUT_OF_ORDER)
                .toList();
        if (!conflicts.isEmpty() || applied.endsInDoubt()) {
            throw ConflictReport.of(assessment, conflicts);
        }
        refuseHalfRolledBack(applied);
        String gap = assessment.status().problem();
        if (gap != null) {
            throw new MigrationException.HistoryConflict(
                    gap, assessment.baselines().remedy());
        }
    }

    /** Refuses if the history ever contradicted itself, although what came later does not. */
    void refuseDoubt() {
        if (assessment.doubt() != null) {
            throw ConflictReport.of(assessment, List.of());
        }
    }

    /** Nothing else may run until its rollback is complete. */
    static void refuseHalfRolledBack(AppliedMigrations applied) {
        for (HistoryEntry entry : applied.halfRolledBack()) {
            throw new MigrationException.Refused(
                    "The rollback of " + entry.version() + " came to a stop after statement " + entry.statement()
                            + " of " + entry.script() + ".",
                    "Roll back again: it goes on where it stopped.");
        }
    }

    /** What is to be applied once the target is reached; what is applied already included. */
    private List<Migration> wanted(Target target, List<String> notes) {
        if (target instanceof Target.Head) {
            noteIfSeveralHeads(notes);
            return set.migrations();
        }
        if (target instanceof Target.Forward forward) {
            return next(forward);
        }
        if (target instanceof Target.Version version) {
            MigrationVersion reached = set.resolve(version.text(), List.of());
            noteIfBehind(reached, notes);
            return set.pathTo(reached);
        }
        throw new InvalidTarget(
                "'" + target + "' goes back, and applying migrations only goes forward.",
                "To take migrations back, use rollback.");
    }

    private List<Migration> next(Target.Forward forward) {
        // A baseline counts as one, where it stands for files that are gone.
        List<Migration> pending = Stream.concat(
                        assessment.baselines().runnable().stream().filter(baseline -> !set.hasFilesBefore(baseline)),
                        set.migrations().stream()
                                .filter(migration -> !migration.isRepeatable() && isPending(migration.version())))
                .toList();
        if (pending.size() < forward.count()) {
            throw new InvalidTarget(
                    "'" + forward + "' asks for " + forward.count() + ", and there " + isOrAre(pending.size())
                            + " to apply.",
                    "Use head to apply all there is.");
        }
        return pending.subList(0, forward.count());
    }

    static String isOrAre(int count) {
        return count == 1 ? "is only 1" : count == 0 ? "is nothing" : "are only " + count;
    }

    private void noteIfSeveralHeads(List<String> notes) {
        List<MigrationVersion> heads = set.heads();
        if (heads.size() > 1 && heads.stream().anyMatch(this::isPending)) {
            notes.add("there are " + heads.size() + " heads, "
                    + heads.stream().map(MigrationVersion::toString).collect(joining(" and "))
                    + ", and head means all of them. To go to one, name it; to join them, use 'merge'.");
        }
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
        return pending.contains(version)
                || assessment.hasBaselines() && assessment.baselines().runInPlaceOf(version);
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        List<Item> ahead = assessment.status().in(MigrationState.AHEAD).stream()
                .filter(item -> !isUnexplained(item))
                .toList();
        if (!ahead.isEmpty()) {
            notes.add("the database is ahead of these files: " + versions(ahead)
                    + " applied by a newer release. Starting all the same.");
        }
        List<Item> withoutFile = assessment.status().migrations().stream()
                .filter(MigrationPlanner::isUnexplained)
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

    /** A repeatable without a file: a newer release's, or deleted. */
    static boolean isUnexplained(Item item) {
        return item.version().isRepeatable() && item.location() == null && item.state() != MigrationState.ARCHIVED;
    }

    private static String versions(List<Item> items) {
        return items.stream().map(item -> item.version().toString()).collect(joining(", "));
    }
}
