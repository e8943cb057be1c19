package io.mhras.migrations.actuate;

import io.mhras.migrations.DriftResult;
import io.mhras.migrations.MigrationException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Whether the structure of a database is what it was after the newest run.
 *
 * @param database its name
 * @param state see {@link DriftResult.State}; or {@link MigrationsDescriptor#UNAVAILABLE}
 * @param at when it was compared; null if it could not be
 * @param observedAt when the structure was recorded that it was compared with; null if there is none
 * @param explanation what came out, and what to do
 */
public record DriftDescriptor(
        String database,
        String state,
        @Nullable Instant at,
        @Nullable Instant observedAt,
        String explanation)
        implements OperationResponseBody {

    static DriftDescriptor of(DriftResult result) {
        return new DriftDescriptor(
                result.database(), result.state().name(), result.at(), result.observedAt(), result.explanation());
    }

    static DriftDescriptor unavailable(String database, MigrationException failure) {
        return new DriftDescriptor(
                database, MigrationsDescriptor.UNAVAILABLE, null, null, String.valueOf(failure.getMessage()));
    }
}
