package io.mhras.migrations.cli;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationStatus;
import io.mhras.migrations.cli.Revisions.Marks;
import io.mhras.migrations.cli.Revisions.Revision;
import io.mhras.migrations.engine.Migrator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code migrations history}: the migrations and when they were applied, or each event. */
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        description = {
            "Show the migrations, newest first: what follows what, and when which was applied, how long it took, by whom.",
            "With --events: all that has ever happened to the database."
        },
        footer = {
            "",
            "Example: migrations history --indicate-current",
            "         migrations history 001:003 --verbose",
            "         migrations history --events"
        })
final class HistoryCommand extends DatabaseCommand {

    @Parameters(
            arity = "0..1",
            paramLabel = "FROM:TO",
            description = "Only these, for example 001:003, 002: or -2:current.")
    @Nullable String position;

    @Option(
            names = {"-r", "--rev-range"},
            paramLabel = "FROM:TO",
            description = "The same.")
    @Nullable String option;

    @Option(
            names = {"-i", "--indicate-current"},
            description = "Mark what the database has.")
    boolean indicateCurrent;

    @Option(names = "--events", description = "Show each event: applied, failed, rolled back, stamped, repaired.")
    boolean events;

    @Override
    ExitCode callOn(Kind kind) {
        if (events) {
            events(migrator(kind).history());
        } else {
            revisions(kind);
        }
        return ExitCode.DONE;
    }

    @Override
    List<Kind> kindsWithoutDatabase(List<Kind> withFiles) {
        return withFiles;
    }

    private void revisions(Kind kind) {
        MigrationSet set;
        MigrationStatus status = null;
        if (database.isConfigured(kind, terminal())) {
            Migrator migrator = migrator(kind);
            set = migrator.migrations();
            status = migrator.status();
        } else {
            set = load(kind);
            tell("No database is given: this is what the files say.");
        }
        Revisions revisions = new Revisions(set, status);
        String range = option == null ? position : option;
        List<Revision> shown = range == null ? revisions.all() : revisions.range(range);
        if (output.isJson()) {
            printJson(shown);
            return;
        }
        for (Revision revision : shown) {
            if (output.verbose) {
                println(revision.details());
            } else {
                String line = revision.line(indicateCurrent ? Marks.WITH_CURRENT : Marks.WITHOUT_CURRENT);
                String inDatabase = revision.inDatabase();
                println(inDatabase.isEmpty() ? line : line + "; " + inDatabase);
            }
        }
    }

    private void events(List<HistoryEntry> history) {
        if (output.isJson()) {
            printJson(history);
            return;
        }
        Table table = new Table(terminal().width(), "AT", "EVENT", "VERSION", "MS", "BY", "DESCRIPTION");
        for (HistoryEntry entry : history) {
            table.add(
                    OutputOptions.time(entry.appliedAt()),
                    OutputOptions.words(entry.event()),
                    entry.version().toString(),
                    Long.toString(entry.duration().toMillis()),
                    entry.appliedBy(),
                    description(entry));
        }
        print(table.toString());
    }

    private String description(HistoryEntry entry) {
        String error = entry.error() == null ? "" : ": " + Report.summary(entry.error());
        String more = output.verbose
                ? " (" + entry.script() + ", " + entry.checksum() + ", " + entry.application() + " on " + entry.host()
                        + ")"
                : "";
        return entry.description() + error + more;
    }
}
