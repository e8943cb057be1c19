package io.mhras.migrations.schema.rehearsal;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationSession;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.schema.SchemaDifference;
import io.mhras.migrations.schema.report.Proof;
import io.mhras.migrations.schema.report.RehearsalListener;
import io.mhras.migrations.schema.report.RehearsalListener.Phase;
import io.mhras.migrations.schema.report.RehearsedMigration;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Takes back what was applied, the newest first, and compares the schema with the one before.
 *
 * <p>Where a versioned migration has no down script, or one that fails or does not give the schema before, the database is
 * made anew as it was before that migration, so that the older ones are still proved. A repeatable without one leaves what it made, as a rollback does.
 */
final class DownRun {

    /** Of a database with which nothing can go on. */
    private static final int UNKNOWN = Integer.MAX_VALUE;

    private final Stages stages;
    private final SchemaStates states;
    private final RehearsalListener listener;

    private Stage stage;

    /** How many of the rehearsed migrations are applied on the stage. */
    private int applied;

    /** In what the schema differs already from what it has to be: told once, and not again. */
    private Set<SchemaDifference> known = new HashSet<>();

    DownRun(Stages stages, Stage stage, SchemaStates states, int applied, RehearsalListener listener) {
        this.stages = stages;
        this.stage = stage;
        this.states = states;
        this.applied = applied;
        this.listener = listener;
    }

    /** Takes back all of them; returns them with what became of that. */
    void run(List<RehearsedMigration> migrations) {
        for (int i = migrations.size() - 1; i >= 0; i--) {
            RehearsedMigration one = migrations.get(i);
            listener.onStep(Phase.DOWN, one.migration());
            RehearsedMigration shown = one.with(takeBack(i, one.migration()));
            migrations.set(i, shown);
            listener.onDown(shown);
        }
    }

    /** A database on which none of them is applied, as a rollback leaves it, if all could be taken back. */
    Stage afterwards() {
        if (applied > 0) {
            stage = stages.atStart();
        }
        return stage;
    }

    private Proof takeBack(int number, Migration migration) {
        if (stages.replaces(migration)) {
            // Its down script takes away what it made, and does not bring back what it had made before.
            return Proof.NOT_REHEARSED;
        }
        if (migration.down() == null) {
            if (migration.isRepeatable()) {
                leave(number, migration);
            }
            return Proof.MISSING;
        }
        if (applied != number + 1) {
            stage = stages.after(number + 1);
            known = new HashSet<>();
        }
        applied = number;
        long started = System.nanoTime();
        try (MigrationSession session = stage.session()) {
            HistoryEntry entry = session.execute(step(Event.ROLLED_BACK, number, migration));
            Duration duration =
                    Objects.requireNonNullElse(entry.duration(), Duration.ofNanos(System.nanoTime() - started));
            List<SchemaDifference> differences = compare(number);
            if (!differences.isEmpty()) {
                // What is left over would stop the older ones, and what is missing, too: they are not to blame.
                applied = UNKNOWN;
            }
            return Proof.of(duration, differences);
        } catch (MigrationException e) {
            // What it left is nobody's to know.
            applied = UNKNOWN;
            return Proof.failed(Duration.ofNanos(System.nanoTime() - started), e.problem());
        }
    }

    /** What it made stays, and it runs again with the next apply. */
    private void leave(int number, Migration migration) {
        if (applied != number + 1) {
            return;
        }
        try (MigrationSession session = stage.session()) {
            session.record(List.of(step(Event.UNSTAMPED, number, migration)));
        }
        applied = number;
        compare(number);
    }

    private MigrationStep step(Event event, int number, Migration migration) {
        Migration sent =
                stage.sent(stages.applied(number + 1)).find(migration.version()).orElseThrow();
        return new MigrationStep(
                event, sent, MigrationSet.of(stages.applied(number)).fingerprint(), null);
    }

    /** What differs from the schema before this migration, and did not before it was taken back. */
    private List<SchemaDifference> compare(int number) {
        List<SchemaDifference> all = stage.differencesFrom(states.before(number));
        List<SchemaDifference> fresh =
                all.stream().filter(difference -> !known.contains(difference)).toList();
        known = new HashSet<>(all);
        return fresh;
    }
}
