package io.mhras.migrations.cli;

import io.mhras.migrations.MigrationStatus;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.cli.Revisions.Marks;
import io.mhras.migrations.cli.Revisions.Revision;
import io.mhras.migrations.engine.Migrator;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code migrations current}: the version that the database has. */
@Command(
        name = "current",
        mixinStandardHelpOptions = true,
        description = "Show the version that the database has; one line for each branch, none for an empty database.",
        footer = {"", "Example: migrations current --check-heads"})
final class CurrentCommand extends DatabaseCommand {

    @Option(names = "--check-heads", description = "Fail unless the database has all heads.")
    boolean checkHeads;

    @Override
    ExitCode callOn(Kind kind) {
        Migrator migrator = migrator(kind);
        MigrationStatus status = migrator.status();
        List<Revision> current = new Revisions(migrator.migrations(), status).current();
        if (output.isJson()) {
            printJson(current);
        } else if (output.verbose) {
            current.forEach(revision -> println(revision.details()));
        } else {
            current.forEach(revision ->
                    println(revision.version() + revision.marks(Marks.WITHOUT_CURRENT) + "; " + revision.inDatabase()));
        }
        if (current.isEmpty()) {
            tell("Nothing is applied.");
        }
        boolean isAtHeads = status.current().containsAll(status.heads());
        if (checkHeads && !isAtHeads) {
            terminal().err().println("The database does not have the head, " + join(status.heads()) + ".");
        }
        return checkHeads && !isAtHeads ? ExitCode.FAILED : ExitCode.DONE;
    }

    private static String join(List<MigrationVersion> versions) {
        return versions.stream().map(MigrationVersion::toString).collect(Collectors.joining(", "));
    }
}
