package io.mhras.migrations.schema.report;

import io.mhras.migrations.VerificationResult.Check;
import io.mhras.migrations.VerificationResult.Outcome;
import java.time.Duration;
import java.util.List;

/**
 * What a rehearsal has shown.
 *
 * @param server the server's product and version, for example {@code PostgreSQL 18.6}
 * @param before how many migrations were there already, and were not rehearsed
 * @param migrations those that were rehearsed, in the order in which they ran
 * @param secondUp whether all of them can be applied once more, and give the same schema
 * @param checks each check once more at the end
 * @param tags what became of databases that stood at tags
 * @param duration how long all of it took
 */
public record RehearsalReport(
        String server,
        int before,
        List<RehearsedMigration> migrations,
        Proof secondUp,
        List<Check> checks,
        List<RehearsedTag> tags,
        Duration duration) {

    public RehearsalReport {
        migrations = List.copyOf(migrations);
        checks = List.copyOf(checks);
        tags = List.copyOf(tags);
    }

    /** What is to be known, though nothing failed by it. */
    public List<Finding> findings() {
        return migrations.stream().flatMap(one -> one.findings().stream()).toList();
    }

    /** The checks that held when their migrations were applied, and do not at the end. */
    public List<Check> noLongerHold() {
        return checks.stream()
                .filter(check -> check.outcome() == Outcome.FAILED)
                .toList();
    }

    /** Whether nothing of what was tried failed; there may be findings. */
    public boolean isProved() {
        return migrations.stream()
                        .noneMatch(one -> one.up().isFailure() || one.down().isFailure())
                && !secondUp.isFailure()
                && noLongerHold().isEmpty()
                && tags.stream().noneMatch(tag -> tag.upgrade().isFailure());
    }
}
