package io.mhras.migrations.observation;

import java.util.Locale;
import io.mhras.migrations.VerificationResult.Outcome;
import io.mhras.migrations.DriftResult;
import io.mhras.migrations.MigrationState;
import io.mhras.migrations.MigrationStatus;
import io.mhras.migrations.engine.Migrator;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Gauges that count a database's migrations by what they need: nothing, a run, or attention; and their checks by what they came
 * to last.
 */
public final class MigrationMeters implements MeterBinder {

    private static final List<Count> COUNTS = List.of(
            new Count("applied", "Migrations whose change is in the database", MigrationState::isApplied),
            new Count("pending", "Migrations that are to be applied", state -> !state.isApplied()),
            new Count("failed", "Migrations whose newest run failed", state -> state == MigrationState.FAILED),
            new Count(
                    "conflicting",
                    "Migrations whose file and history contradict each other",
                    MigrationState::isConflict));

    private final Map<String, Migrator> migrators;
    private final LastKnownStatus status;
    private final LastResults results;

    /** Gauges for these migrators, by the names of their databases. */
    public MigrationMeters(Map<String, Migrator> migrators, LastKnownStatus status, LastResults results) {
        this.results = results;
        this.migrators = migrators;
        this.status = status;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        migrators.values().forEach(migrator -> bind(migrator, registry));
    }

    private void bind(Migrator migrator, MeterRegistry registry) {
        for (Count count : COUNTS) {
            Gauge.builder("mhras.migrations." + count.name(), migrator, target -> value(target, count))
                    .description(count.description())
                    .tag("database", migrator.database())
                    .register(registry);
        }
        for (Outcome outcome : Outcome.values()) {
            Gauge.builder("mhras.migrations.checks", migrator, target -> value(target, outcome))
                    .description("Checks of applied migrations, by what they came to when they were run last")
                    .tag("database", migrator.database())
                    .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        if (migrator.driver().watchesStructure()) {
            Gauge.builder("mhras.migrations.drift", migrator, this::drift)
                    .description("Whether something else has changed the database's structure: 1 if so, 0 if not")
                    .tag("database", migrator.database())
                    .register(registry);
        }
    }

    private double value(Migrator migrator, Outcome outcome) {
        return results.verification(migrator.database())
                .map(result -> (double) result.count(outcome))
                .orElse(Double.NaN);
    }

    private double drift(Migrator migrator) {
        DriftResult.State state =
                results.drift(migrator.database()).map(DriftResult::state).orElse(DriftResult.State.UNKNOWN);
        return switch (state) {
            case SAME -> 0;
            case DRIFTED -> 1;
            case UNKNOWN -> Double.NaN;
        };
    }

    private double value(Migrator migrator, Count count) {
        return status.of(migrator).map(count::in).orElse(Double.NaN);
    }

    private record Count(String name, String description, Predicate<MigrationState> states) {

        private double in(MigrationStatus status) {
            return status.counts().entrySet().stream()
                    .filter(entry -> states.test(entry.getKey()))
                    .mapToInt(Map.Entry::getValue)
                    .sum();
        }
    }
}
