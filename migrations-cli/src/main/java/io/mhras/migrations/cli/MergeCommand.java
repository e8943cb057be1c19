package io.mhras.migrations.cli;

import io.mhras.migrations.MigrationException.InvalidTarget;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.cli.connection.Database;
import io.mhras.migrations.cli.options.NewFileOptions;
import io.mhras.migrations.cli.report.Answer;
import io.mhras.migrations.cli.terminal.ExitCode;
import io.mhras.migrations.cli.terminal.Wording;
import io.mhras.migrations.source.MigrationTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code migrations merge}: the migration that joins the heads. Needs no database. */
@Command(
        name = "merge",
        description = {
            "Write an empty migration that requires the heads, so that there is one head again. Needs no database.",
            "The version that is next follows all of them."
        },
        footer = {
            "",
            "Example: migrations merge",
            "         migrations merge \"merge branches\"",
            "         migrations merge -m \"merge branches\" 003 004"
        })
final class MergeCommand extends DatabaseVerb {

    @Mixin
    NewFileOptions newFile = new NewFileOptions();

    @Parameters(
            arity = "0..*",
            paramLabel = "HEAD|WORDS",
            description = "Which heads, by version; what it does. Default: all, \"merge\" and their versions.")
    List<String> given = List.of();

    @Override
    ExitCode run(Invocation call) {
        return merge(call.databases().forNewFile(), call.turns().answer());
    }

    private ExitCode merge(Database database, Answer answer) {
        MigrationSet set = database.load();
        List<String> versions = given.stream().filter(MergeCommand::isVersion).toList();
        List<String> others = new ArrayList<>(given);
        others.removeIf(MergeCommand::isVersion);
        List<MigrationVersion> heads = heads(set, versions);
        if (heads.size() == 1) {
            answer.refuse("There is one head, " + heads.get(0) + ": nothing to merge.");
            return ExitCode.DONE;
        }
        NewFiles files = new NewFiles(database, set);
        MigrationTemplate template = files.template();
        MigrationVersion version = newFile.version == null ? template.next() : template.version(newFile.version);
        return files.write(template.merge(title(newFile.words(others), heads), version, heads), answer);
    }

    private static boolean isVersion(String text) {
        return text.equals("head") || text.equals("heads") || MigrationVersion.isValid(text);
    }

    private static String title(@Nullable String words, List<MigrationVersion> heads) {
        return Objects.requireNonNullElseGet(
                words,
                () -> "merge " + heads.stream().map(MigrationVersion::toString).collect(Collectors.joining(" and ")));
    }

    private static List<MigrationVersion> heads(MigrationSet set, List<String> named) {
        List<MigrationVersion> all = set.heads();
        List<MigrationVersion> wanted = named.stream()
                .flatMap(text -> text.startsWith("head") ? all.stream() : List.of(set.resolve(text)).stream())
                .distinct()
                .toList();
        for (MigrationVersion one : wanted) {
            if (!all.contains(one)) {
                throw new InvalidTarget(
                        one + " is not a head: " + Wording.list(List.copyOf(set.dependents(one))) + " builds on it.",
                        "The heads are " + Wording.list(all) + ".");
            }
        }
        if (wanted.size() == 1 && all.size() > 1) {
            throw new InvalidTarget(
                    "One head alone cannot be merged.",
                    "Name two or more of " + Wording.list(all) + ", or none for all.");
        }
        return wanted.isEmpty() ? all : wanted;
    }
}
