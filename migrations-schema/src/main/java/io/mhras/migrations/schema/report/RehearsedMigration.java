package io.mhras.migrations.schema.report;

import io.mhras.migrations.Migration;
import io.mhras.migrations.VerificationResult;
import io.mhras.migrations.schema.SchemaDifference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rehearsal has shown about one migration.
 *
 * @param up whether it can be applied, and its check holds then
 * @param facts what its statements did; null if it failed
 * @param changes what it has made of the schema
 * @param checks its checks, as they were when it was applied
 * @param findings what is to be known about it
 * @param down whether its down script takes it back
 */
public record RehearsedMigration(
        Migration migration,
        Proof up,
        @Nullable MigrationFacts facts,
        List<SchemaDifference> changes,
        List<VerificationResult.Check> checks,
        List<Finding> findings,
        Proof down) {

    public RehearsedMigration {
        changes = List.copyOf(changes);
        checks = List.copyOf(checks);
        findings = List.copyOf(findings);
    }

    /** One that could not be applied. */
    public static RehearsedMigration failed(Migration migration, Proof up) {
        return new RehearsedMigration(migration, up, null, List.of(), List.of(), List.of(), Proof.NOT_REHEARSED);
    }

    /** The same with what became of its down script. */
    public RehearsedMigration with(Proof newDown) {
        return new RehearsedMigration(migration, up, facts, changes, checks, findings, newDown);
    }
}
