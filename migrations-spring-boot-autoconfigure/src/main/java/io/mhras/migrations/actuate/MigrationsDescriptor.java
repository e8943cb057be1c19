package io.mhras.migrations.actuate;

import java.util.EnumMap;
import io.mhras.migrations.DriftResult;
import io.mhras.migrations.VerificationResult;
import io.mhras.migrations.MigrationActivity;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationState;
import io.mhras.migrations.MigrationStatus;
import io.mhras.migrations.MigrationStatus.Summary;
import io.mhras.migrations.MigrationVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Where each database of the service stands.
 *
 * @param databases by name
 */
public record MigrationsDescriptor(Map<String, DatabaseDescriptor> databases) implements OperationResponseBody {

    /** The state of a database that could not be read. */
    public static final String UNAVAILABLE = "UNAVAILABLE";

    /**
     * Where one database stands.
     *
     * @param state all migrations' states in one word, see {@link Summary}; or {@link #UNAVAILABLE}
     * @param error why it could not be read, and what to do; or what shows that the history was changed by hand; null if
     *     neither
     * @param current the applied versions that no applied one requires
     * @param heads the versions that no other requires
     * @param counts how many migrations are in which state; states with none are left out
     * @param running what migrates it at this moment, in whichever instance; null if nothing does
     * @param checks what the checks of what is applied came to last; null if they were not run
     * @param drift what the comparison of the structure came to last; null if there was none
     * @param migrations each migration, in the order in which they run, repeatables last
     */
    public record DatabaseDescriptor(
            String state,
            @Nullable String error,
            @Nullable RunningDescriptor running,
            List<String> current,
            List<String> heads,
            Map<MigrationState, Integer> counts,
            @Nullable ChecksDescriptor checks,
            @Nullable DriftDescriptor drift,
            List<MigrationDescriptor> migrations) {

        static DatabaseDescriptor of(
                MigrationStatus status,
                @Nullable MigrationActivity activity,
                @Nullable VerificationResult checks,
                @Nullable DriftResult drift) {
            return new DatabaseDescriptor(
                    status.summary().name(),
                    status.problem(),
                    activity == null ? null : RunningDescriptor.of(activity),
                    texts(status.current()),
                    texts(status.heads()),
                    status.counts(),
                    checks == null ? null : ChecksDescriptor.of(checks),
                    drift == null ? null : DriftDescriptor.of(drift),
                    status.migrations().stream().map(MigrationDescriptor::of).toList());
        }

        static DatabaseDescriptor unavailable(MigrationException failure) {
            return new DatabaseDescriptor(
                    UNAVAILABLE, failure.getMessage(), null, List.of(), List.of(), Map.of(), null, null, List.of());
        }
    }

    /**
     * What the checks came to, in numbers.
     *
     * @param at when they were run
     * @param outcomes how many came to what; what none came to is left out
     * @param failed the names of those that do not hold
     */
    public record ChecksDescriptor(Instant at, Map<VerificationResult.Outcome, Integer> outcomes, List<String> failed) {

        static ChecksDescriptor of(VerificationResult result) {
            Map<VerificationResult.Outcome, Integer> outcomes = new EnumMap<>(VerificationResult.Outcome.class);
            result.checks().forEach(check -> outcomes.merge(check.outcome(), 1, Integer::sum));
            return new ChecksDescriptor(
                    result.at(),
                    outcomes,
                    result.failed().stream()
                            .map(VerificationResult.Check::name)
                            .toList());
        }
    }

    /**
     * One migration.
     *
     * @param version what identifies it
     * @param description its file name's words
     * @param state see {@link MigrationState}
     * @param script its file's name
     * @param checksum the SHA-256 of its file; or of what ran, if there is no file
     * @param appliedAt when it was applied; null if it is not
     * @param durationMs how long it took, in milliseconds; null if it is not applied
     * @param appliedBy the database user; null if it is not applied
     * @param requires what must be applied before it
     * @param error why its newest run failed; null unless it did
     * @param remedy what to do about that, where another run alone does not help; null otherwise
     */
    public record MigrationDescriptor(
            String version,
            String description,
            MigrationState state,
            String script,
            String checksum,
            @Nullable Instant appliedAt,
            @Nullable Long durationMs,
            @Nullable String appliedBy,
            List<String> requires,
            @Nullable String error,
            @Nullable String remedy) {

        static MigrationDescriptor of(MigrationStatus.Item item) {
            Duration duration = item.duration();
            return new MigrationDescriptor(
                    item.version().toString(),
                    item.description(),
                    item.state(),
                    item.script(),
                    item.checksum(),
                    item.appliedAt(),
                    duration == null ? null : duration.toMillis(),
                    item.appliedBy(),
                    texts(item.requires()),
                    item.error(),
                    item.remedy());
        }
    }

    private static List<String> texts(List<MigrationVersion> versions) {
        return versions.stream().map(MigrationVersion::toString).toList();
    }
}
