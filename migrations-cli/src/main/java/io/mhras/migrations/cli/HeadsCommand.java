package io.mhras.migrations.cli;

import io.mhras.migrations.cli.Revisions.Marks;
import io.mhras.migrations.cli.Revisions.Revision;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code migrations heads}: the newest files. Needs no database. */
@Command(
        name = "heads",
        mixinStandardHelpOptions = true,
        description = "Show the versions that no other requires, one a line. Needs no database.",
        footer = {"", "Example: migrations heads -l db/migration"})
final class HeadsCommand extends DatabaseCommand {

    @Override
    ExitCode callOn(Kind kind) {
        List<Revision> heads = new Revisions(load(kind), null)
                .all().stream().filter(Revision::isHead).toList();
        if (output.isJson()) {
            printJson(heads.stream().map(head -> head.version().toString()).toList());
        } else if (output.verbose) {
            heads.forEach(head -> println(head.details()));
        } else {
            heads.forEach(
                    head -> println(head.version() + head.marks(Marks.WITHOUT_CURRENT) + ", " + head.description()));
        }
        return ExitCode.DONE;
    }

    @Override
    List<Kind> kindsWithoutDatabase(List<Kind> withFiles) {
        return withFiles;
    }
}
