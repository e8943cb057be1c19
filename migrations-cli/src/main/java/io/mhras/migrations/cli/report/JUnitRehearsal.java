package io.mhras.migrations.cli.report;

import io.mhras.migrations.VerificationResult;
import io.mhras.migrations.VerificationResult.Check;
import io.mhras.migrations.cli.report.JUnitXml.Case;
import io.mhras.migrations.cli.report.JUnitXml.Kind;
import io.mhras.migrations.cli.report.JUnitXml.Problem;
import io.mhras.migrations.cli.report.JUnitXml.Suite;
import io.mhras.migrations.cli.terminal.Wording;
import io.mhras.migrations.schema.SchemaChanges;
import io.mhras.migrations.schema.report.Finding;
import io.mhras.migrations.schema.report.Proof;
import io.mhras.migrations.schema.report.RehearsalReport;
import io.mhras.migrations.schema.report.RehearsedMigration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A rehearsal as JUnit's XML: each up, each down, each check, the second up and each tag is a test. What was not tried, or has
 * no script, is skipped; findings are failures only where they count as such.
 */
public final class JUnitRehearsal {

    private final JUnitXml xml;

    /** @param at when it began */
    public JUnitRehearsal(RehearsalReport report, boolean isStrict, Instant at) {
        List<Case> cases = new ArrayList<>();
        report.migrations().forEach(one -> {
            cases.add(new Case(one.migration().up().name(), one.up().duration(), problem(one.up(), "up")));
            one.checks().forEach(check -> cases.add(check(check, "")));
        });
        report.migrations().forEach(one -> cases.add(down(one)));
        cases.add(new Case("all in one run", report.secondUp().duration(), problem(report.secondUp(), "second up")));
        report.checks().forEach(check -> cases.add(check(check, " at the end")));
        report.tags()
                .forEach(tag -> cases.add(
                        new Case("from " + tag.tag(), tag.upgrade().duration(), problem(tag.upgrade(), "tag"))));
        if (isStrict) {
            report.findings().forEach(finding -> cases.add(finding(finding)));
        }
        xml = new JUnitXml(List.of(new Suite("migrations.postgresql.rehearse", at, report.duration(), cases)));
    }

    private static Case down(RehearsedMigration one) {
        String name = one.migration().down() == null
                ? one.migration().up().name() + ", taken back"
                : one.migration().down().name();
        return new Case(name, one.down().duration(), problem(one.down(), "down"));
    }

    private static Case check(Check check, String when) {
        Problem problem = check.outcome() == VerificationResult.Outcome.HOLDS
                ? null
                : check.outcome() == VerificationResult.Outcome.FAILED
                        ? new Problem(
                                Kind.FAILURE,
                                "check",
                                Wording.summary(Objects.requireNonNullElse(check.reason(), "")),
                                check.details().strip())
                        : new Problem(Kind.SKIPPED, "check", Objects.requireNonNullElse(check.reason(), ""), "");
        return new Case(check.version() + " " + check.name() + when, check.duration(), problem);
    }

    private static Case finding(Finding finding) {
        return new Case(
                finding.rule() + " in " + finding.place(),
                Duration.ZERO,
                new Problem(
                        Kind.FAILURE,
                        finding.rule(),
                        finding.text(),
                        finding.place() + "\n" + Objects.requireNonNullElse(finding.statement(), "")));
    }

    private static @Nullable Problem problem(Proof proof, String type) {
        return switch (proof.outcome()) {
            case PROVED -> null;
            case FAILED -> {
                String problem = Objects.requireNonNullElse(proof.problem(), "");
                yield new Problem(Kind.FAILURE, type, Wording.summary(problem), problem);
            }
            case DIFFERS ->
                new Problem(
                        Kind.FAILURE,
                        type,
                        "the schema differs",
                        new SchemaChanges(proof.differences()).lines().stream().collect(Collectors.joining("\n")));
            case MISSING -> new Problem(Kind.SKIPPED, type, "there is no script", "");
            case NOT_REHEARSED -> new Problem(Kind.SKIPPED, type, "not rehearsed", "");
        };
    }

    @Override
    public String toString() {
        return xml.toString();
    }
}
