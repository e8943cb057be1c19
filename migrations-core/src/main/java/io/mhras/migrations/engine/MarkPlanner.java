package io.mhras.migrations.engine;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationException.InvalidTarget;
import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.MigrationPlan;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationState;
import io.mhras.migrations.MigrationStatus.Item;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.Target;
import io.mhras.migrations.adopt.Adoption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Works out what to mark as applied or not, without running anything. Pure: reads nothing, changes nothing. */
final class MarkPlanner {

    private final StatusAssessment assessment;
    private final MigrationSet set;
    private final AppliedMigrations applied;

    MarkPlanner(StatusAssessment assessment) {
        this.assessment = assessment;
        this.set = assessment.set();
        this.applied = assessment.applied();
    }

    /** Marks exactly what leads to the targets as applied, and nothing else. */
    MigrationPlan toStamp(List<Target> targets) {
        refuseAnother();
        Set<MigrationVersion> marked = leadingTo(targets);
        MigrationSteps steps = new MigrationSteps(applied);
        unstamp(steps, marked);
        stamp(steps, migration -> marked.contains(migration.version()) && !applied.contains(migration.version()));
        return steps.plan(assessment.status().database(), List.of());
    }

    /** The same, and what is applied already is marked anew, as its file is now. */
    MigrationPlan toStampAnew(List<Target> targets) {
        Set<MigrationVersion> marked = leadingTo(targets);
        MigrationSteps steps = new MigrationSteps(applied);
        unstamp(steps, marked);
        stamp(steps, migration -> marked.contains(migration.version()));
        return steps.plan(assessment.status().database(), List.of());
    }

    /**
     * Marks what another tool has applied.
     *
     * @throws Refused if anything is applied according to the history here
     */
    MigrationPlan toAdopt(Adoption adoption) {
        refuseSecondAdoption();
        MigrationSteps steps = new MigrationSteps(applied);
        adoption.matches().forEach(match -> steps.adopt(match.migration(), match.origin()));
        return steps.plan(assessment.status().database(), adoption.notes());
    }

    /** It would overrule what the history already has. */
    void refuseSecondAdoption() {
        List<String> current =
                assessment.status().current().stream().map(Object::toString).toList();
        if (!current.isEmpty()) {
            throw new Refused(
                    "Nothing was adopted: the history is at " + String.join(", ", current) + " already.",
                    "To begin it anew, run 'migrations stamp base' and adopt again; 'migrations stamp VERSION' moves it.");
        }
    }

    private Set<MigrationVersion> leadingTo(List<Target> targets) {
        MigrationPlanner.refuseHalfRolledBack(applied);
        Set<MigrationVersion> marked = new LinkedHashSet<>();
        for (Target target : targets) {
            if (target instanceof Target.Head) {
                set.migrations().forEach(migration -> marked.add(migration.version()));
                markBaselines(marked, null);
            } else if (target instanceof Target.Version version) {
                MigrationVersion reached = set.resolve(version.text(), List.of());
                set.pathTo(reached).forEach(migration -> marked.add(migration.version()));
                markBaselines(marked, reached);
            } else if (!(target instanceof Target.Base)) {
                throw new InvalidTarget(
                        "'" + target + "' cannot be stamped.", "Use head, base, or one or more versions.");
            }
        }
        return marked;
    }

    /** The newest one stands for those whose files are gone. */
    private void markBaselines(Set<MigrationVersion> marked, @Nullable MigrationVersion most) {
        for (Migration baseline : set.baselines()) {
            if (set.find(baseline.version()).isEmpty()
                    && (most == null || baseline.version().compareTo(most) <= 0)) {
                marked.add(baseline.version());
            }
        }
    }

    /** What is archived has no file that could lead to a target: it stays, if it is older than what is marked. */
    private void unstamp(MigrationSteps steps, Set<MigrationVersion> marked) {
        applied.inOrder().stream()
                .filter(entry -> !entry.version().isRepeatable() && !marked.contains(entry.version()))
                .filter(entry -> !applied.isArchived(entry.version()) && !assessment.isReplaced(entry)
                        || marked.stream().noneMatch(newer -> newer.compareTo(entry.version()) > 0))
                .forEach(entry -> steps.add(Event.UNSTAMPED, assessment.migration(entry, null)));
    }

    /** Otherwise one service's marks would take another's migrations away. */
    private void refuseAnother() {
        for (Item item : assessment.status().migrations()) {
            if (assessment.isOfAnother(item)) {
                throw ConflictReport.ofAnother(assessment, item);
            }
        }
    }

    private void stamp(MigrationSteps steps, Predicate<Migration> which) {
        set.baselines().stream()
                .filter(baseline -> set.find(baseline.version()).isEmpty())
                .filter(which)
                .reduce((older, newer) -> newer)
                .ifPresent(baseline -> steps.add(Event.STAMPED, baseline));
        set.migrations().stream()
                .filter(migration -> !migration.isRepeatable() && isWithoutBaseline(migration))
                .filter(which)
                .forEach(migration -> steps.add(Event.STAMPED, migration));
    }

    /** What a baseline stands for that has run, or that is marked now, is marked by it. */
    private boolean isWithoutBaseline(Migration migration) {
        return assessment.baselines().madeBy(migration.version()) == null;
    }

    /**
     * Accepts the files as they are: changed ones with their new text, missing ones as gone, those that came back; and a history
     * that was changed by hand.
     *
     * @param inDoubt whose scripts are to be finished first, with what is in doubt in them taken as done
     */
    MigrationPlan toRepair(List<HistoryEntry> inDoubt) {
        MigrationSteps steps = new MigrationSteps(applied);
        if (!inDoubt.isEmpty()) {
            inDoubt.forEach(entry -> steps.settle(entry, assessment.migration(entry, null)));
            return steps.plan(assessment.status().database(), List.of());
        }
        refuseAnother();
        MigrationPlanner.refuseHalfRolledBack(applied);
        for (Item item : assessment.status().migrations()) {
            if (item.state() == MigrationState.CHANGED || item.state() == MigrationState.REFORMATTED || isBack(item)) {
                steps.add(Event.REPAIRED, assessment.file(item.version()).orElseThrow());
            } else if (item.state() == MigrationState.MISSING || MigrationPlanner.isUnexplained(item)) {
                steps.add(
                        Event.ARCHIVED,
                        assessment.migration(applied.find(item.version()).orElseThrow(), null));
            }
        }
        if (steps.isEmpty()) {
            applied.doubtful().ifPresent(doubtful -> accept(doubtful, steps));
        }
        return steps.plan(assessment.status().database(), List.of());
    }

    /** Its file was gone, which was accepted, and is there again. */
    private boolean isBack(Item item) {
        return item.location() != null && item.state().isApplied() && applied.isArchived(item.version());
    }

    /** Any mark states that somebody has looked at the database. */
    private void accept(HistoryEntry doubtful, MigrationSteps steps) {
        Migration newest = null;
        for (HistoryEntry entry : applied.inOrder()) {
            newest = assessment.file(entry.version()).orElse(newest);
        }
        if (newest != null) {
            steps.add(Event.REPAIRED, newest);
        } else if (!applied.contains(doubtful.version())) {
            steps.add(Event.UNSTAMPED, assessment.migration(doubtful, null));
        }
    }
}
