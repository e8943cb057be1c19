package io.mhras.migrations.cli.report;

import io.mhras.migrations.DatabaseHealth;
import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.MigrationStatus.Item;
import io.mhras.migrations.cli.terminal.Table;
import io.mhras.migrations.cli.terminal.Wording;
import java.util.List;

/** A report to read on a terminal or in a mail. */
public final class TextReport {

    private static final int MOST_LISTED = 20;
    private static final String MORE = "and %d smaller ones; --format json has all of them\n";

    private final int width;
    private final StringBuilder text = new StringBuilder();

    /** @param width how many characters fit into a line */
    public TextReport(Reports reports, int width) {
        this.width = width;
        for (Report report : reports.reports()) {
            text.append(text.isEmpty() ? "" : "\n\n");
            write(report);
        }
        reports.unread().forEach((database, why) -> {
            text.append("\n\n");
            line("Migrations of " + database);
            line("Not read: " + Wording.summary(why));
        });
    }

    private void write(Report report) {
        head(report);
        migrations(report);
        slowest(report);
        failures(report);
        DatabaseHealth health = report.health();
        if (health != null) {
            findings(health);
            if (report.hasCollections()) {
                collections(health.tables());
            } else {
                tables(health.tables());
            }
            indexes(health.indexes());
        }
    }

    private void head(Report report) {
        line("Migrations of " + report.title());
        line(Wording.time(report.at()));
        text.append('\n');
        line("State: " + report.describeState() + " (" + report.describeCounts() + ")");
        line("Current: " + named(report.current()) + "; head: " + named(report.heads()));
        line("Time in all: " + Wording.milliseconds(report.total()));
        DatabaseHealth health = report.health();
        if (health != null) {
            if (health.bytes() != null) {
                line("Size: " + Wording.size(health.bytes()));
            }
            if (health.connections() != null) {
                line("Connections: " + Report.describe(health.connections()));
            }
            health.notRead().forEach(this::line);
        }
    }

    private static String named(List<String> versions) {
        return versions.isEmpty() ? "none" : String.join(", ", versions);
    }

    private void migrations(Report report) {
        Table table = new Table(width, "VERSION", "STATE", "APPLIED", "TOOK", "DESCRIPTION");
        for (Item item : report.migrations()) {
            table.add(
                    item.version().toString(),
                    Wording.words(item.state()),
                    Wording.time(item.appliedAt()),
                    Report.took(item),
                    item.description());
        }
        section("Migrations", table, report.migrations().size());
    }

    private void slowest(Report report) {
        Table table = new Table(width, "TOOK", "VERSION", "DESCRIPTION");
        report.slowest()
                .forEach(item -> table.add(Report.took(item), item.version().toString(), item.description()));
        section("Slowest", table, report.slowest().size());
    }

    private void failures(Report report) {
        Table table = new Table(width, "WHEN", "SCRIPT", "ERROR");
        for (HistoryEntry failure : report.failures()) {
            String error = failure.error() == null ? "" : Wording.summary(failure.error());
            table.add(Wording.time(failure.appliedAt()), failure.script(), error);
        }
        section("Failures", table, report.failures().size());
    }

    private void findings(DatabaseHealth health) {
        text.append("\nWhat needs care\n\n");
        if (health.findings().isEmpty()) {
            line("Nothing was found.");
        }
        for (DatabaseHealth.Finding finding : health.findings()) {
            line(finding.kind().words() + ": " + finding.object());
            indented(finding.detail());
            indented(finding.remedy());
        }
    }

    private void tables(List<DatabaseHealth.Table> tables) {
        Table table = new Table(width, "SIZE", "INDEXES", "ROWS", "DEAD", "VACUUMED", "TABLE");
        for (DatabaseHealth.Table one : tables.stream().limit(MOST_LISTED).toList()) {
            table.add(
                    Wording.size(one.bytes()),
                    Wording.size(one.indexBytes()),
                    Long.toString(one.rows()),
                    Long.toString(one.deadRows()),
                    one.lastVacuum() == null ? "never" : Wording.time(one.lastVacuum()),
                    one.name());
        }
        section("Tables", table, tables.size());
        more(tables.size());
    }

    private void collections(List<DatabaseHealth.Table> collections) {
        Table table = new Table(width, "SIZE", "INDEXES", "DOCUMENTS", "COLLECTION");
        for (DatabaseHealth.Table one : collections.stream().limit(MOST_LISTED).toList()) {
            table.add(Wording.size(one.bytes()), Wording.size(one.indexBytes()), Long.toString(one.rows()), one.name());
        }
        section("Collections", table, collections.size());
        more(collections.size());
    }

    private void indexes(List<DatabaseHealth.Index> indexes) {
        Table table = new Table(width, "SIZE", "USES", "INDEX");
        for (DatabaseHealth.Index one : indexes.stream().limit(MOST_LISTED).toList()) {
            table.add(Wording.size(one.bytes()), Long.toString(one.uses()), one.name() + " on " + one.table());
        }
        section("Indexes", table, indexes.size());
        more(indexes.size());
    }

    private void more(int all) {
        if (all > MOST_LISTED) {
            line(MORE.formatted(all - MOST_LISTED).strip());
        }
    }

    /** What has no rows is left out. */
    private void section(String title, Table table, int rows) {
        if (rows > 0) {
            text.append('\n').append(title).append("\n\n").append(table);
        }
    }

    private void line(String line) {
        Table.wrap(line, width).forEach(part -> text.append(part).append('\n'));
    }

    private void indented(String line) {
        Table.wrap(line, width - 2)
                .forEach(part -> text.append("  ").append(part).append('\n'));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
