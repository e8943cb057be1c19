package io.mhras.migrations.cli.report;

import io.mhras.migrations.VerificationResult.Check;
import io.mhras.migrations.VerificationResult.Outcome;
import io.mhras.migrations.cli.report.Html.Column;
import io.mhras.migrations.cli.terminal.Wording;
import io.mhras.migrations.schema.SchemaChanges;
import io.mhras.migrations.schema.report.Finding;
import io.mhras.migrations.schema.report.MigrationFacts;
import io.mhras.migrations.schema.report.Proof;
import io.mhras.migrations.schema.report.RehearsalReport;
import io.mhras.migrations.schema.report.RehearsalText;
import io.mhras.migrations.schema.report.RehearsedMigration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** A rehearsal as one HTML file, with nothing in it from elsewhere. */
public final class HtmlRehearsal {

    private final Html html = new Html();

    /**
     * The page.
     *
     * @param database what was rehearsed, in words
     * @param at when it began
     */
    public HtmlRehearsal(String database, RehearsalReport report, Instant at) {
        html.begin("Rehearsal of the migrations of " + database);
        html.element("h1", "", "Rehearsal of the migrations of " + database).raw("\n");
        html.element("p", "faint", Wording.time(at)).raw("\n");
        html.element("pre", report.isProved() ? "good" : "bad", RehearsalText.verdict(report))
                .raw("\n");
        migrations(report);
        findings(report.findings());
        statements(report);
        checks(report.checks());
        tags(report);
        html.raw("</body>\n</html>\n");
    }

    private void migrations(RehearsalReport report) {
        title("Migrations");
        List<Column> columns = List.of(
                Column.plain("Migration"),
                Column.number("Up"),
                Column.lines("What it makes of the schema"),
                Column.number("Down"),
                Column.lines("The schema after that"));
        html.table(columns);
        for (RehearsedMigration one : report.migrations()) {
            html.row(
                    columns,
                    one.migration().title(),
                    time(one.up()),
                    one.up().isFailure() ? problem(one.up()) : lines(new SchemaChanges(one.changes()).lines()),
                    time(one.down()),
                    one.down().isFailure() ? problem(one.down()) : down(one.down()));
        }
        if (report.secondUp().outcome() != Proof.Outcome.NOT_REHEARSED) {
            html.row(
                    columns,
                    "All in one run",
                    time(report.secondUp()),
                    report.secondUp().isFailure() ? problem(report.secondUp()) : "the same schema",
                    "",
                    "");
        }
        html.endTable();
    }

    private void findings(List<Finding> findings) {
        title("Findings");
        if (findings.isEmpty()) {
            html.element("p", "good", "Nothing was found.").raw("\n");
            return;
        }
        List<Column> columns = List.of(
                Column.plain("Rule"),
                Column.plain("Severity"),
                Column.plain("Where"),
                Column.words("What"),
                Column.lines("Statement"));
        html.table(columns);
        findings.forEach(finding -> html.row(
                columns,
                finding.rule(),
                Wording.words(finding.severity()),
                finding.place(),
                finding.text(),
                Objects.requireNonNullElse(finding.statement(), "")));
        html.endTable();
    }

    private void statements(RehearsalReport report) {
        title("Statements");
        List<Column> columns = List.of(
                Column.plain("Where"),
                Column.number("Time"),
                Column.number("Rows"),
                Column.lines("Locks"),
                Column.lines("Rewritten or read as a whole"),
                Column.lines("Statement"));
        html.table(columns);
        for (RehearsedMigration one : report.migrations()) {
            MigrationFacts facts = one.facts();
            if (facts != null) {
                facts.statements()
                        .forEach(statement -> html.row(
                                columns,
                                one.migration().up().name() + ":"
                                        + statement.location().line(),
                                Wording.milliseconds(statement.elapsed()),
                                Long.toString(statement.rows()),
                                lines(statement.locks()),
                                lines(statement.rewritten()) + lines(statement.scans()),
                                statement.text().strip()));
            }
        }
        html.endTable();
    }

    private void checks(List<Check> checks) {
        if (checks.isEmpty()) {
            return;
        }
        title("Checks at the end");
        List<Column> columns = List.of(Column.plain("Migration"), Column.words("Check"), Column.lines("Outcome"));
        html.table(columns);
        checks.forEach(check -> html.row(
                columns,
                check.version().toString(),
                check.name(),
                Wording.words(check.outcome())
                        + (check.outcome() == Outcome.FAILED
                                ? "\n" + check.details().strip()
                                : "")));
        html.endTable();
    }

    private void tags(RehearsalReport report) {
        if (report.tags().isEmpty()) {
            return;
        }
        title("From tags to the present files");
        List<Column> columns = List.of(Column.plain("Tag"), Column.number("Time"), Column.lines("Outcome"));
        html.table(columns);
        report.tags()
                .forEach(tag -> html.row(
                        columns,
                        tag.tag(),
                        time(tag.upgrade()),
                        tag.upgrade().isFailure() ? problem(tag.upgrade()) : "the same schema"));
        html.endTable();
    }

    private void title(String words) {
        html.element("h2", "", words).raw("\n");
    }

    private static String down(Proof down) {
        return switch (down.outcome()) {
            case PROVED -> "the one before";
            case MISSING -> "no down script";
            default -> "not rehearsed";
        };
    }

    private static String problem(Proof proof) {
        return Objects.requireNonNullElseGet(
                proof.problem(), () -> lines(new SchemaChanges(proof.differences()).lines()));
    }

    private static String time(Proof proof) {
        return proof.duration().isZero() ? "" : Wording.milliseconds(proof.duration());
    }

    private static String lines(List<?> each) {
        return each.stream()
                .map(one -> one + "\n")
                .collect(Collectors.joining())
                .stripTrailing();
    }

    @Override
    public String toString() {
        return html.toString();
    }
}
