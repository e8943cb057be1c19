package io.mhras.migrations.cli.report;

import io.mhras.migrations.DatabaseHealth;
import io.mhras.migrations.DatabaseHealth.Finding;
import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.MigrationStatus.Item;
import io.mhras.migrations.MigrationStatus.Summary;
import io.mhras.migrations.cli.report.Html.Column;
import io.mhras.migrations.cli.terminal.Wording;
import java.util.List;
import java.util.Objects;

/** A report as one HTML file, with nothing in it from elsewhere. */
public final class HtmlReport {

    private static final int MOST_LISTED = 100;
    private static final String MORE = "and %d smaller ones; --format json has all of them";

    private final Html html = new Html();

    public HtmlReport(Reports reports) {
        html.begin("Migrations of " + reports.title());
        reports.reports().forEach(this::write);
        reports.unread().forEach((database, why) -> {
            html.element("h1", "", "Migrations of " + database).raw("\n");
            line("bad", "Not read: " + why);
        });
        html.raw("</body>\n</html>\n");
    }

    private void write(Report report) {
        head(report);
        new DurationChart(report.migrations()).draw(html);
        migrations(report);
        slowest(report);
        failures(report);
        DatabaseHealth health = report.health();
        if (health != null) {
            findings(health.findings());
            if (report.hasCollections()) {
                collections(health.tables());
            } else {
                tables(health.tables());
            }
            indexes(health.indexes());
        }
    }

    private void head(Report report) {
        html.element("h1", "", "Migrations of " + report.title()).raw("\n");
        line("faint", Wording.time(report.at()));
        line(style(report), "State: " + report.describeState() + " (" + report.describeCounts() + ")");
        line("", "Current: " + named(report.current()) + "; head: " + named(report.heads()));
        line("", "Time in all: " + Wording.milliseconds(report.total()));
        DatabaseHealth health = report.health();
        if (health != null) {
            if (health.bytes() != null) {
                line("", "Size: " + Wording.size(health.bytes()));
            }
            if (health.connections() != null) {
                line("", "Connections: " + Report.describe(health.connections()));
            }
            health.notRead().forEach(sentence -> line("open", sentence));
        }
    }

    private static String named(List<String> versions) {
        return versions.isEmpty() ? "none" : String.join(", ", versions);
    }

    private void line(String style, String words) {
        html.element("p", style, words).raw("\n");
    }

    private void title(String words) {
        html.element("h2", "", words).raw("\n");
    }

    private void migrations(Report report) {
        title("Migrations");
        List<Column> columns = List.of(
                Column.plain("Version"),
                Column.words("Description"),
                Column.plain("State"),
                Column.plain("Applied"),
                Column.number("Took"),
                Column.words("By"));
        html.table(columns);
        for (Item item : report.migrations()) {
            html.raw("<tr>")
                    .element("td", "plain", item.version().toString())
                    .element("td", "", item.description())
                    .element("td", "plain " + style(item), Wording.words(item.state()))
                    .element("td", "plain", Wording.time(item.appliedAt()))
                    .element("td", "number", Report.took(item))
                    .element("td", "", Objects.requireNonNullElse(item.appliedBy(), ""))
                    .raw("</tr>\n");
        }
        html.endTable();
    }

    private static String style(Report report) {
        return switch (Summary.valueOf(report.state())) {
            case CONFLICT, FAILED -> "bad";
            case PENDING -> "open";
            case AHEAD, UP_TO_DATE -> "good";
        };
    }

    private static String style(Item item) {
        if (item.state().isConflict() || item.error() != null) {
            return "bad";
        }
        return item.state().isApplied() ? "good" : "open";
    }

    private void slowest(Report report) {
        if (report.slowest().isEmpty()) {
            return;
        }
        title("Slowest");
        List<Column> columns = List.of(Column.plain("Version"), Column.words("Description"), Column.number("Took"));
        html.table(columns);
        report.slowest()
                .forEach(item -> html.row(columns, item.version().toString(), item.description(), Report.took(item)));
        html.endTable();
    }

    private void failures(Report report) {
        if (report.failures().isEmpty()) {
            return;
        }
        title("Failures");
        List<Column> columns = List.of(Column.plain("When"), Column.plain("Script"), Column.lines("Error"));
        html.table(columns);
        for (HistoryEntry failure : report.failures()) {
            html.row(
                    columns,
                    Wording.time(failure.appliedAt()),
                    failure.script(),
                    Objects.requireNonNullElse(failure.error(), ""));
        }
        html.endTable();
    }

    private void findings(List<Finding> findings) {
        title("What needs care");
        if (findings.isEmpty()) {
            line("good", "Nothing was found.");
            return;
        }
        List<Column> columns =
                List.of(Column.words("What"), Column.words("Where"), Column.words("Why"), Column.words("What to do"));
        html.table(columns);
        findings.forEach(finding ->
                html.row(columns, finding.kind().words(), finding.object(), finding.detail(), finding.remedy()));
        html.endTable();
    }

    private void tables(List<DatabaseHealth.Table> tables) {
        if (tables.isEmpty()) {
            return;
        }
        title("Tables");
        List<Column> columns = List.of(
                Column.words("Table"),
                Column.number("Size"),
                Column.number("Indexes"),
                Column.number("Rows"),
                Column.number("Dead rows"),
                Column.plain("Vacuumed"));
        html.table(columns);
        tables.stream()
                .limit(MOST_LISTED)
                .forEach(one -> html.row(
                        columns,
                        one.name(),
                        Wording.size(one.bytes()),
                        Wording.size(one.indexBytes()),
                        Long.toString(one.rows()),
                        Long.toString(one.deadRows()),
                        one.lastVacuum() == null ? "never" : Wording.time(one.lastVacuum())));
        html.endTable();
        more(tables.size());
    }

    private void collections(List<DatabaseHealth.Table> collections) {
        if (collections.isEmpty()) {
            return;
        }
        title("Collections");
        List<Column> columns = List.of(
                Column.words("Collection"),
                Column.number("Size"),
                Column.number("Indexes"),
                Column.number("Documents"));
        html.table(columns);
        collections.stream()
                .limit(MOST_LISTED)
                .forEach(one -> html.row(
                        columns,
                        one.name(),
                        Wording.size(one.bytes()),
                        Wording.size(one.indexBytes()),
                        Long.toString(one.rows())));
        html.endTable();
        more(collections.size());
    }

    private void indexes(List<DatabaseHealth.Index> indexes) {
        if (indexes.isEmpty()) {
            return;
        }
        title("Indexes");
        List<Column> columns =
                List.of(Column.words("Index"), Column.words("Table"), Column.number("Size"), Column.number("Uses"));
        html.table(columns);
        indexes.stream()
                .limit(MOST_LISTED)
                .forEach(one -> html.row(
                        columns, one.name(), one.table(), Wording.size(one.bytes()), Long.toString(one.uses())));
        html.endTable();
        more(indexes.size());
    }

    private void more(int all) {
        if (all > MOST_LISTED) {
            line("faint", MORE.formatted(all - MOST_LISTED));
        }
    }

    @Override
    public String toString() {
        return html.toString();
    }
}
