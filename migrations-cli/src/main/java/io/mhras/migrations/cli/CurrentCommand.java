package io.mhras.migrations.cli;

import io.mhras.migrations.MigrationStatus;
import io.mhras.migrations.cli.connection.Database;
import io.mhras.migrations.cli.report.Answer;
import io.mhras.migrations.cli.report.Revisions;
import io.mhras.migrations.cli.report.Revisions.Marks;
import io.mhras.migrations.cli.report.Revisions.Revision;
import io.mhras.migrations.cli.terminal.ExitCode;
import io.mhras.migrations.cli.terminal.Wording;
import io.mhras.migrations.engine.Migrator;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code migrations current}: the version that the database has. */
@Command(
        name = "current",
        mixinStandardHelpOptions = true,
        description = "Show the version that the database has; one line for each branch, none for an empty database.",
        footer = {"", "Example: migrations current --check-heads"})
final class CurrentCommand extends DatabaseVerb {

    @Option(names = "--check-heads", description = "Fail unless the database has all heads.")
    boolean checkHeads;

    @Override
    ExitCode run(Invocation call) {
        return call.forEach(this::current);
    }

    private ExitCode current(Database database, Answer answer) {
        Migrator migrator = database.migrator();
        MigrationStatus status = migrator.status();
        List<Revision> current = new Revisions(migrator.migrations(), status).current();
        if (answer.isJson()) {
            answer.printJson(current);
        } else if (answer.isVerbose()) {
            current.forEach(revision -> answer.println(revision.details()));
        } else {
            current.forEach(revision -> answer.println(
                    revision.version() + revision.marks(Marks.WITHOUT_CURRENT) + "; " + revision.inDatabase()));
        }
        if (current.isEmpty()) {
            answer.tell("Nothing is applied.");
        }
        boolean isAtHeads = status.current().containsAll(status.heads());
        if (checkHeads && !isAtHeads) {
            answer.terminal()
                    .err()
                    .println("The database does not have the head, " + Wording.list(status.heads()) + ".");
        }
        return checkHeads && !isAtHeads ? ExitCode.FAILED : ExitCode.DONE;
    }
}
