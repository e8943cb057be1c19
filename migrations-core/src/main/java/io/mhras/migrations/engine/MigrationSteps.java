package io.mhras.migrations.engine;

import io.mhras.migrations.Fingerprint;
import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationPlan;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.MigrationStep.Origin;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects the steps of a plan, each with the fingerprint of what will be applied after it. What is archived does not count:
 * a start that has no file of it finds the fingerprint of its own files.
 */
final class MigrationSteps {

    private static final Set<Event> COUNTS =
            EnumSet.of(Event.APPLIED, Event.STAMPED, Event.BASELINED, Event.ADOPTED, Event.REPAIRED);

    private final AppliedMigrations applied;
    private final List<MigrationStep> steps = new ArrayList<>();
    private Fingerprint fingerprint;

    MigrationSteps(AppliedMigrations applied) {
        this.applied = applied;
        this.fingerprint = applied.fingerprint();
    }

    void add(Event event, Migration migration) {
        add(event, migration, null);
    }

    /** What another tool has applied. */
    void adopt(Migration migration, Origin origin) {
        add(Event.ADOPTED, migration, origin);
    }

    private void add(Event event, Migration migration, @Nullable Origin origin) {
        applied.find(migration.version())
                .filter(entry -> !applied.isArchived(entry.version()))
                .ifPresent(entry -> fingerprint = fingerprint.toggle(entry.version(), entry.checksum()));
        if (COUNTS.contains(event)) {
            fingerprint = fingerprint.toggle(migration.version(), migration.checksum());
        }
        Migration checked = event == Event.APPLIED ? withCurrentCheck(migration) : migration;
        steps.add(new MigrationStep(
                event, checked, fingerprint.toString(), applied.unfinished(migration, event), origin));
    }

    /** A repeatable runs again after what has ended its check. */
    private Migration withCurrentCheck(Migration migration) {
        if (migration.verify() == null) {
            return migration;
        }
        return migration.with(migration.verifyBeside(version -> applied.contains(version)
                || steps.stream().anyMatch(step -> step.version().equals(version))));
    }

    /** Takes as done what is in doubt in a script. What is applied stays the same. */
    void settle(HistoryEntry unfinished, Migration migration) {
        steps.add(new MigrationStep(Event.REPAIRED, migration, fingerprint.toString(), unfinished));
    }

    boolean isEmpty() {
        return steps.isEmpty();
    }

    MigrationPlan plan(String database, List<String> notes) {
        return new MigrationPlan(database, steps, notes);
    }
}
