package io.mhras.migrations.observation;

import io.mhras.migrations.observation.MigrationObservation.HighCardinalityKey;
import io.mhras.migrations.observation.MigrationObservation.LowCardinalityKey;
import io.micrometer.common.KeyValues;

/** The names and tags that {@link MigrationObservation} documents. */
public class DefaultMigrationObservationConvention implements MigrationObservationConvention {

    @Override
    public String getContextualName(MigrationObservationContext context) {
        String database = context.operation() + " " + context.database();
        return context.version() == null ? database : database + " " + context.version();
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(MigrationObservationContext context) {
        return KeyValues.of(
                LowCardinalityKey.DATABASE.withValue(context.database()),
                LowCardinalityKey.OPERATION.withValue(context.operation()),
                LowCardinalityKey.OUTCOME.withValue(context.outcome()));
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(MigrationObservationContext context) {
        return context.version() == null
                ? KeyValues.empty()
                : KeyValues.of(HighCardinalityKey.VERSION.withValue(context.version()));
    }
}
