package io.mhras.migrations.cli.report;

import io.mhras.migrations.MigrationStatus.Item;
import io.mhras.migrations.cli.report.JUnitXml.Case;
import io.mhras.migrations.cli.report.JUnitXml.Kind;
import io.mhras.migrations.cli.report.JUnitXml.Problem;
import io.mhras.migrations.cli.report.JUnitXml.Suite;
import io.mhras.migrations.cli.terminal.Wording;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A report as JUnit's XML: each migration is a test. One that failed or contradicts the history has failed, one that is not
 * applied is skipped.
 */
public final class JUnitReport {

    private final JUnitXml xml;

    public JUnitReport(Reports reports) {
        List<Suite> suites = new ArrayList<>();
        reports.reports().forEach(report -> suites.add(suite(report)));
        reports.unread().forEach((database, why) -> suites.add(unread(database, why)));
        xml = new JUnitXml(suites);
    }

    private static Suite suite(Report report) {
        return new Suite(
                "migrations." + report.database(),
                report.at(),
                report.total(),
                report.migrations().stream()
                        .map(item -> new Case(item.script(), Report.duration(item), problem(item)))
                        .toList());
    }

    /** A database that could not be read is a test that could not be run. */
    private static Suite unread(String database, String why) {
        Problem problem = new Problem(Kind.ERROR, "unread", Wording.summary(why), why);
        return new Suite(
                "migrations." + database, null, Duration.ZERO, List.of(new Case("report", Duration.ZERO, problem)));
    }

    private static @Nullable Problem problem(Item item) {
        String state = Wording.words(item.state());
        if (item.state().isConflict() || item.error() != null) {
            String error = Objects.requireNonNullElse(item.error(), state + "; 'migrations validate' explains");
            return new Problem(Kind.FAILURE, state, Wording.summary(error), error);
        }
        return item.state().isApplied() ? null : new Problem(Kind.SKIPPED, state, state, "");
    }

    @Override
    public String toString() {
        return xml.toString();
    }
}
