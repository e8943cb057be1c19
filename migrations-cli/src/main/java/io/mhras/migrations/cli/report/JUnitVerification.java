package io.mhras.migrations.cli.report;

import io.mhras.migrations.VerificationResult;
import io.mhras.migrations.VerificationResult.Check;
import io.mhras.migrations.VerificationResult.Outcome;
import io.mhras.migrations.cli.report.JUnitXml.Case;
import io.mhras.migrations.cli.report.JUnitXml.Kind;
import io.mhras.migrations.cli.report.JUnitXml.Problem;
import io.mhras.migrations.cli.report.JUnitXml.Suite;
import io.mhras.migrations.cli.terminal.Wording;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The checks of applied migrations as JUnit's XML: each is a test; one that was not run is skipped. */
public final class JUnitVerification {

    private final JUnitXml xml;

    public JUnitVerification(List<VerificationResult> results) {
        xml = new JUnitXml(results.stream().map(JUnitVerification::suite).toList());
    }

    private static Suite suite(VerificationResult result) {
        return new Suite(
                "migrations." + result.database() + ".verify",
                result.at(),
                result.duration(),
                result.checks().stream()
                        .map(check -> new Case(check.version() + " " + check.name(), check.duration(), problem(check)))
                        .toList());
    }

    private static @Nullable Problem problem(Check check) {
        if (check.outcome() == Outcome.HOLDS) {
            return null;
        }
        String reason = Objects.requireNonNullElse(check.reason(), "");
        return check.outcome() == Outcome.FAILED
                ? new Problem(
                        Kind.FAILURE,
                        "check",
                        Wording.summary(reason),
                        check.details().strip())
                : new Problem(Kind.SKIPPED, "check", reason, "");
    }

    @Override
    public String toString() {
        return xml.toString();
    }
}
