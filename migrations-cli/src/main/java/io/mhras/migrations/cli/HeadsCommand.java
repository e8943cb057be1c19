package io.mhras.migrations.cli;

import io.mhras.migrations.cli.connection.Database;
import io.mhras.migrations.cli.report.Answer;
import io.mhras.migrations.cli.report.Revisions;
import io.mhras.migrations.cli.report.Revisions.Marks;
import io.mhras.migrations.cli.report.Revisions.Revision;
import io.mhras.migrations.cli.terminal.ExitCode;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code migrations heads}: the newest files. Needs no database. */
@Command(
        name = "heads",
        mixinStandardHelpOptions = true,
        description = "Show the versions that no other requires, one a line. Needs no database.",
        footer = {"", "Example: migrations heads -l db/migration"})
final class HeadsCommand extends DatabaseVerb {

    @Override
    ExitCode run(Invocation call) {
        return call.forEachWithFiles(this::heads);
    }

    private ExitCode heads(Database database, Answer answer) {
        List<Revision> heads = new Revisions(database.load(), null)
                .all().stream().filter(Revision::isHead).toList();
        if (answer.isJson()) {
            answer.printJson(
                    heads.stream().map(head -> head.version().toString()).toList());
        } else if (answer.isVerbose()) {
            heads.forEach(head -> answer.println(head.details()));
        } else {
            heads.forEach(head ->
                    answer.println(head.version() + head.marks(Marks.WITHOUT_CURRENT) + ", " + head.description()));
        }
        return ExitCode.DONE;
    }
}
