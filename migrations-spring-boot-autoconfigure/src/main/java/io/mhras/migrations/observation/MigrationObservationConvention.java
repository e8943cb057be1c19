package io.mhras.migrations.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/** Names and tags the observations; a bean of this type takes the place of the default. */
public interface MigrationObservationConvention extends ObservationConvention<MigrationObservationContext> {

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof MigrationObservationContext;
    }
}
