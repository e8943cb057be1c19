package io.mhras.migrations.cli;

import io.mhras.migrations.cli.Revisions.Marks;
import io.mhras.migrations.cli.Revisions.Revision;
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
final class BranchesCommand extends DatabaseCommand {

    @Override
    ExitCode callOn(Kind kind) {
        Map<Revision, List<Revision>> branches = new LinkedHashMap<>();
        List<Revision> all = new Revisions(load(kind), null).all();
        for (Revision revision : all) {
            if (revision.requiredBy().size() > 1) {
                branches.put(
                        revision,
                        all.stream()
                                .filter(other -> revision.requiredBy().contains(other.version()))
                                .toList());
            }
        }
        if (output.isJson()) {
            Map<String, List<String>> answer = new LinkedHashMap<>();
            branches.forEach((point, next) -> answer.put(
                    point.version().toString(),
                    next.stream().map(one -> one.version().toString()).toList()));
            printJson(answer);
        } else {
            branches.forEach((point, next) -> {
                println(point.line(Marks.WITHOUT_CURRENT));
                next.forEach(one -> println(
                        "    -> " + one.version() + one.marks(Marks.WITHOUT_CURRENT) + ", " + one.description()));
            });
        }
        return ExitCode.DONE;
    }

    @Override
    List<Kind> kindsWithoutDatabase(List<Kind> withFiles) {
        return withFiles;
    }
}
