package io.mhras.migrations.cli;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationStatus;
import io.mhras.migrations.cli.connection.Database;
import io.mhras.migrations.cli.report.Answer;
import io.mhras.migrations.cli.report.Revisions;
import io.mhras.migrations.cli.report.Revisions.Marks;
import io.mhras.migrations.cli.report.Revisions.Revision;
import io.mhras.migrations.cli.terminal.ExitCode;
import io.mhras.migrations.cli.terminal.Table;
import io.mhras.migrations.cli.terminal.Wording;
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
final class HistoryCommand extends DatabaseVerb {

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
    ExitCode run(Invocation call) {
        return call.forEachWithFiles(this::history);
    }

    private ExitCode history(Database database, Answer answer) {
        if (events) {
            events(database.migrator().history(), answer);
        } else {
            revisions(database, answer);
        }
        return ExitCode.DONE;
    }

    private void revisions(Database database, Answer answer) {
        MigrationSet set;
        MigrationStatus status = null;
        if (database.isConfigured()) {
            Migrator migrator = database.migrator();
            set = migrator.migrations();
            status = migrator.status();
        } else {
            set = database.load();
            answer.tell("No database is given: this is what the files say.");
        }
        Revisions revisions = new Revisions(set, status);
        String range = option == null ? position : option;
        List<Revision> shown = range == null ? revisions.all() : revisions.range(range);
        if (answer.isJson()) {
            answer.printJson(shown);
            return;
        }
        for (Revision revision : shown) {
            if (answer.isVerbose()) {
                answer.println(revision.details());
            } else {
                String line = revision.line(indicateCurrent ? Marks.WITH_CURRENT : Marks.WITHOUT_CURRENT);
                String inDatabase = revision.inDatabase();
                answer.println(inDatabase.isEmpty() ? line : line + "; " + inDatabase);
            }
        }
    }

    private static void events(List<HistoryEntry> history, Answer answer) {
        if (answer.isJson()) {
            answer.printJson(history);
            return;
        }
        Table table = new Table(answer.terminal().width(), "AT", "EVENT", "VERSION", "MS", "BY", "DESCRIPTION");
        for (HistoryEntry entry : history) {
            table.add(
                    Wording.time(entry.appliedAt()),
                    Wording.words(entry.event()),
                    entry.version().toString(),
                    Long.toString(entry.duration().toMillis()),
                    entry.appliedBy(),
                    description(entry, answer.isVerbose()));
        }
        answer.print(table.toString());
    }

    private static String description(HistoryEntry entry, boolean isVerbose) {
        String error = entry.error() == null ? "" : ": " + Wording.summary(entry.error());
        String more = isVerbose
                ? " (" + entry.script() + ", " + entry.checksum() + ", " + entry.application() + " on " + entry.host()
                        + ")"
                : "";
        return entry.description() + error + more;
    }
}
