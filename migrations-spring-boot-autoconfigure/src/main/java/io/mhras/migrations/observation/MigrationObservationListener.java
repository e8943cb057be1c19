package io.mhras.migrations.observation;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationListener;
import io.mhras.migrations.MigrationResult;
import io.mhras.migrations.MigrationResult.Operation;
import io.mhras.migrations.MigrationStep;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Records each run and each migration as a Micrometer observation.
 *
 * <p>Has no state: what is being observed is the current observation of the thread.
 */
public final class MigrationObservationListener implements MigrationListener {

    private static final MigrationObservationConvention DEFAULT = new DefaultMigrationObservationConvention();

    private final ObservationRegistry registry;
    private final @Nullable MigrationObservationConvention convention;

    /**
     * A listener.
     *
     * @param registry where observations go
     * @param convention how they are named and tagged; null for the default
     */
    public MigrationObservationListener(
            ObservationRegistry registry, @Nullable MigrationObservationConvention convention) {
        this.registry = registry;
        this.convention = convention;
    }

    @Override
    public void onStart(String database, Operation operation) {
        begin(MigrationObservation.RUN, new MigrationObservationContext(database, lowerCase(operation), null));
    }

    @Override
    public void onStep(String database, MigrationStep step) {
        String version = step.version().toString();
        begin(MigrationObservation.STEP, new MigrationObservationContext(database, lowerCase(step.event()), version));
    }

    @Override
    public void onStepDone(String database, MigrationStep step, HistoryEntry entry) {
        end("success", null);
    }

    @Override
    public void onDone(MigrationResult result) {
        end(result.isUpToDate() ? "up_to_date" : "success", null);
    }

    @Override
    public void onFailure(String database, Operation operation, MigrationException failure) {
        while (end("failure", failure)) {
            // The step that failed, then the run.
        }
    }

    private void begin(MigrationObservation kind, MigrationObservationContext context) {
        kind.observation(convention, DEFAULT, () -> context, registry).start().openScope();
    }

    private boolean end(String outcome, @Nullable MigrationException failure) {
        Observation.Scope scope = registry.getCurrentObservationScope();
        if (scope == null
                || !(scope.getCurrentObservation().getContextView() instanceof MigrationObservationContext context)) {
            return false;
        }
        Observation observation = scope.getCurrentObservation();
        context.endedWith(outcome);
        if (failure != null) {
            observation.error(failure);
        }
        scope.close();
        observation.stop();
        return true;
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
