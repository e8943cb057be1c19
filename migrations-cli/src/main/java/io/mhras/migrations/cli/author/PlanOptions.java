package io.mhras.migrations.cli.author;

import io.mhras.migrations.schema.DiffOptions;
import io.mhras.migrations.schema.DiffOptions.Drops;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** How the way from one schema to another is planned. */
public final class PlanOptions {

    private static final String ALL = "all";

    @Option(
            names = "--drop",
            split = ",",
            paramLabel = "NAME",
            description =
                    "Drop what is not wanted any more, by its name, with its schema and table or without; 'all' for"
                            + " everything. Default: it is held back.")
    List<String> drop = new ArrayList<>();

    @Option(
            names = "--rename",
            split = ",",
            paramLabel = "OLD=NEW",
            description = "An object that has another name now: visits=appointments, patients.surname=family_name.")
    List<String> rename = new ArrayList<>();

    @Option(
            names = "--no-rename",
            arity = "0..1",
            split = ",",
            fallbackValue = ALL,
            paramLabel = "NAME",
            description =
                    "This one was not renamed, but is gone. Without a name: nothing was renamed that --rename does not"
                            + " say.")
    List<String> noRename = new ArrayList<>();

    @Option(
            names = "--offline",
            description =
                    "The plain form: for a database that nobody uses meanwhile. Default: what is there is changed without"
                            + " keeping others out for long.")
    boolean offline;

    /** What they say; renames are found by {@link RenameAnswers}. */
    public DiffOptions options() {
        DiffOptions options = DiffOptions.DEFAULT.with(
                drop.contains(ALL) ? Drops.ALL : new Drops(/* all= */ false, new HashSet<>(drop)));
        if (noRename.contains(ALL)) {
            options = rename.isEmpty() ? options.withoutQuestions() : options;
        } else {
            options = options.notRenaming(Set.copyOf(noRename));
        }
        return offline ? options.offline() : options;
    }

    List<String> renames() {
        return rename;
    }

    boolean isNothingElseRenamed() {
        return noRename.contains(ALL);
    }
}
