package io.mhras.migrations.cli.report;

import io.mhras.migrations.VerificationResult.Check;
import io.mhras.migrations.cli.terminal.Wording;
import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.SchemaChanges;
import io.mhras.migrations.schema.report.Finding;
import io.mhras.migrations.schema.report.MigrationFacts;
import io.mhras.migrations.schema.report.Proof;
import io.mhras.migrations.schema.report.RehearsalReport;
import io.mhras.migrations.schema.report.RehearsedMigration;
import io.mhras.migrations.schema.report.RehearsedTag;
import io.mhras.migrations.schema.report.StatementFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rehearsal in JSON.
 *
 * @param proved whether nothing failed
 * @param strict whether the findings count as failures
 */
public record RehearsalAnswer(
        boolean proved,
        boolean strict,
        String server,
        int before,
        List<One> migrations,
        Shown secondUp,
        List<Check> checks,
        List<Tag> tags,
        List<Finding> findings,
        long milliseconds) {

    public static RehearsalAnswer of(RehearsalReport report, boolean isStrict) {
        return new RehearsalAnswer(
                report.isProved(),
                isStrict,
                report.server(),
                report.before(),
                report.migrations().stream().map(One::of).toList(),
                Shown.of(report.secondUp()),
                report.checks(),
                report.tags().stream().map(Tag::of).toList(),
                report.findings(),
                report.duration().toMillis());
    }

    /** What became of one thing. */
    record Shown(
            String outcome, long milliseconds, @Nullable String problem, List<String> differences) {

        static Shown of(Proof proof) {
            return new Shown(
                    Wording.words(proof.outcome()),
                    proof.duration().toMillis(),
                    proof.problem(),
                    new SchemaChanges(proof.differences()).lines());
        }
    }

    /** One migration. */
    record One(
            String version,
            String description,
            String script,
            Shown up,
            List<Statement> statements,
            List<String> changes,
            List<Check> checks,
            Shown down) {

        static One of(RehearsedMigration one) {
            MigrationFacts facts = one.facts();
            return new One(
                    one.migration().version().toString(),
                    one.migration().description(),
                    one.migration().up().name(),
                    Shown.of(one.up()),
                    facts == null
                            ? List.of()
                            : facts.statements().stream().map(Statement::of).toList(),
                    new SchemaChanges(one.changes()).lines(),
                    one.checks(),
                    Shown.of(one.down()));
        }
    }

    /** One statement, measured. */
    record Statement(
            int number,
            String place,
            String text,
            int transaction,
            double milliseconds,
            long rows,
            List<String> locks,
            List<String> rewritten,
            List<String> rebuilt,
            List<String> scans,
            List<String> made,
            List<String> dropped) {

        static Statement of(StatementFacts facts) {
            return new Statement(
                    facts.number(),
                    facts.location().toString(),
                    facts.text(),
                    facts.transaction(),
                    facts.elapsed().toNanos() / 1_000_000.0,
                    facts.rows(),
                    facts.locks().stream().map(Object::toString).toList(),
                    names(facts.rewritten()),
                    names(facts.rebuilt()),
                    facts.scans().stream()
                            .map(scan -> scan.table() + (scan.under() == null ? "" : " under " + scan.under()))
                            .toList(),
                    names(facts.made()),
                    names(facts.dropped()));
        }

        private static List<String> names(List<FactId> ids) {
            return ids.stream().map(FactId::toString).toList();
        }
    }

    /** One tag. */
    record Tag(String tag, int migrations, Shown upgrade) {

        static Tag of(RehearsedTag tag) {
            return new Tag(tag.tag(), tag.migrations(), Shown.of(tag.upgrade()));
        }
    }
}
