package io.mhras.migrations.actuate;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.VerificationResult;
import io.mhras.migrations.VerificationResult.Check;
import io.mhras.migrations.VerificationResult.Outcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What the checks of what is applied came to.
 *
 * @param database its name
 * @param state {@code HOLDS} if none failed, else {@code FAILED}; or {@link MigrationsDescriptor#UNAVAILABLE}
 * @param error why they could not be run, and what to do; null if they were
 * @param at when they were run; null if they were not
 * @param durationMs how long all of them took, in milliseconds
 * @param checks each of them, in the order in which their migrations were applied
 * @param unchecked the applied migrations that have no check
 * @param notes what is to be known besides, each a sentence
 */
public record VerificationDescriptor(
        String database,
        String state,
        @Nullable String error,
        @Nullable Instant at,
        long durationMs,
        List<CheckDescriptor> checks,
        List<String> unchecked,
        List<String> notes)
        implements OperationResponseBody {

    /**
     * One check.
     *
     * @param version its migration's
     * @param name its own, or its file's
     * @param outcome what became of it
     * @param location where it is; null if its file is gone
     * @param durationMs how long it took, in milliseconds
     * @param reason why it does not hold, or was not run; null if it holds
     */
    public record CheckDescriptor(
            String version,
            String name,
            Outcome outcome,
            @Nullable String location,
            long durationMs,
            @Nullable String reason) {

        static CheckDescriptor of(Check check) {
            return new CheckDescriptor(
                    check.version().toString(),
                    check.name(),
                    check.outcome(),
                    check.location() == null ? null : check.location().toString(),
                    check.duration().toMillis(),
                    check.reason());
        }
    }

    static VerificationDescriptor of(VerificationResult result) {
        return new VerificationDescriptor(
                result.database(),
                (result.failed().isEmpty() ? Outcome.HOLDS : Outcome.FAILED).name(),
                null,
                result.at(),
                result.duration().toMillis(),
                result.checks().stream().map(CheckDescriptor::of).toList(),
                result.unchecked().stream().map(MigrationVersion::toString).toList(),
                result.notes());
    }

    static VerificationDescriptor unavailable(String database, MigrationException failure) {
        return new VerificationDescriptor(
                database,
                MigrationsDescriptor.UNAVAILABLE,
                failure.getMessage(),
                null,
                0,
                List.of(),
                List.of(),
                List.of());
    }
}
