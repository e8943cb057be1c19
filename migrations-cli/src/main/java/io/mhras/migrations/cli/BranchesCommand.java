package io.mhras.migrations.cli;

import io.mhras.migrations.cli.connection.Database;
import io.mhras.migrations.cli.report.Answer;
import io.mhras.migrations.cli.report.Revisions;
import io.mhras.migrations.cli.report.Revisions.Marks;
import io.mhras.migrations.cli.report.Revisions.Revision;
import io.mhras.migrations.cli.terminal.ExitCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code migrations branches}: where the files fork. Needs no database. */
@Command(
        name = "branches",
        mixinStandardHelpOptions = true,
        description = "Show the versions that more than one other requires, and which. Needs no database.",
        footer = {"", "Example: migrations branches"})
final class BranchesCommand extends DatabaseVerb {

    @Override
    ExitCode run(Invocation call) {
        return call.forEachWithFiles(this::branches);
    }

    private ExitCode branches(Database database, Answer answer) {
        Map<Revision, List<Revision>> branches = new LinkedHashMap<>();
        List<Revision> all = new Revisions(database.load(), null).all();
        for (Revision revision : all) {
            if (revision.requiredBy().size() > 1) {
                branches.put(
                        revision,
                        all.stream()
                                .filter(other -> revision.requiredBy().contains(other.version()))
                                .toList());
            }
        }
        if (answer.isJson()) {
            Map<String, List<String>> document = new LinkedHashMap<>();
            branches.forEach((point, next) -> document.put(
                    point.version().toString(),
                    next.stream().map(one -> one.version().toString()).toList()));
            answer.printJson(document);
        } else {
            branches.forEach((point, next) -> {
                answer.println(point.line(Marks.WITHOUT_CURRENT));
                next.forEach(one -> answer.println(
                        "    -> " + one.version() + one.marks(Marks.WITHOUT_CURRENT) + ", " + one.description()));
            });
        }
        return ExitCode.DONE;
    }
}
