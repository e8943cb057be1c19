package io.mhras.migrations.schema.rehearsal;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationListener;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.VerificationResult;
import io.mhras.migrations.schema.SchemaDifference;
import io.mhras.migrations.schema.measure.Measurement;
import io.mhras.migrations.schema.report.MigrationFacts;
import io.mhras.migrations.schema.report.Proof;
import io.mhras.migrations.schema.report.RehearsalListener;
import io.mhras.migrations.schema.report.RehearsalListener.Phase;
import io.mhras.migrations.schema.report.RehearsedMigration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Applies what is rehearsed in one run of the engine, measured, and reads the schema after each. */
final class FirstUp implements MigrationListener {

    private final Stage stage;
    private final SchemaStates states;
    private final String server;
    private final RehearsalListener listener;
    private final Measurement measurement;
    private final List<RehearsedMigration> rehearsed = new ArrayList<>();
    private List<Migration> migrations = List.of();
    private @Nullable Migration running;
    private long started;

    /** @param server where it is measured, in words */
    FirstUp(Stage stage, SchemaStates states, String server, RehearsalListener listener) {
        this.stage = stage;
        this.server = server;
        this.states = states;
        this.listener = listener;
        this.measurement = new Measurement(stage.database().dataSource());
    }

    /**
     * Applies these, of which the first are applied already, up to the first that fails.
     *
     * @throws MigrationException if it failed before the first of them began
     */
    List<RehearsedMigration> run(List<Migration> all) {
        migrations = all;
        try {
            stage.apply(all, stage.driver(measurement), this);
        } catch (MigrationException e) {
            Migration failed = running;
            if (failed == null) {
                throw e;
            }
            add(RehearsedMigration.failed(failed, Proof.failed(elapsed(), e.problem())));
        }
        return rehearsed;
    }

    @Override
    public void onStep(String database, MigrationStep step) {
        running = asWritten(step);
        started = System.nanoTime();
        listener.onStep(Phase.FIRST_UP, step.migration());
    }

    @Override
    public void onStepDone(String database, MigrationStep step, HistoryEntry entry) {
        Migration migration = asWritten(step);
        MigrationFacts facts = facts(step);
        List<SchemaDifference> changes = states.add(stage.snapshot());
        running = null;
        add(new RehearsedMigration(
                migration,
                Proof.of(Objects.requireNonNullElse(entry.duration(), elapsed()), List.of()),
                facts,
                changes,
                checks(migration),
                Findings.of(migration, facts, server),
                Proof.NOT_REHEARSED));
    }

    /** Code has none. */
    private @Nullable MigrationFacts facts(MigrationStep step) {
        return measurement.migrations().stream()
                .filter(measured -> measured.step().equals(step))
                .reduce((one, later) -> later)
                .orElse(null);
    }

    /** They held, for it is applied; by themselves they have names. */
    private List<VerificationResult.Check> checks(Migration migration) {
        return migration.verify() == null
                ? List.of()
                : stage.verify(migrations, List.of(migration.version().toString()));
    }

    /** What is sent to a scratch database may name that. */
    private Migration asWritten(MigrationStep step) {
        return migrations.stream()
                .filter(migration -> migration.version().equals(step.version()))
                .findFirst()
                .orElseThrow();
    }

    private void add(RehearsedMigration one) {
        rehearsed.add(one);
        listener.onUp(one);
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - started);
    }
}
