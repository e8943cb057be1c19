package io.mhras.migrations.cli;

import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationBody;
import io.mhras.migrations.MigrationCode;
import io.mhras.migrations.MigrationException.InvalidTarget;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.Target;
import io.mhras.migrations.cli.connection.Database;
import io.mhras.migrations.cli.report.Answer;
import io.mhras.migrations.cli.terminal.ExitCode;
import io.mhras.migrations.cli.terminal.Wording;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code migrations show}: one migration's files. Needs no database. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Show a migration: what it requires, and its files. Needs no database.",
        footer = {"", "Example: migrations show 003"})
final class ShowCommand extends DatabaseVerb {

    @Parameters(paramLabel = "VERSION", description = "A version, or an unambiguous beginning of one, or head.")
    String version = "";

    @Override
    ExitCode run(Invocation call) {
        return call.forEachWithFiles(this::show);
    }

    private ExitCode show(Database database, Answer answer) {
        MigrationSet set = database.load();
        List<Migration> shown = wanted(set).stream()
                .flatMap(one -> Stream.concat(set.baseline(one).stream(), set.find(one).stream()))
                .toList();
        if (answer.isJson()) {
            answer.printJson(
                    shown.stream().map(migration -> Document.of(set, migration)).toList());
        } else {
            shown.forEach(migration -> show(set, migration, answer));
        }
        return ExitCode.DONE;
    }

    private List<MigrationVersion> wanted(MigrationSet set) {
        Target target = Target.parse(version);
        if (target instanceof Target.Head) {
            return set.heads();
        }
        if (target instanceof Target.Version one) {
            return List.of(set.resolve(one.text()));
        }
        throw new InvalidTarget("'" + version + "' is not one migration.", "Write a version, or head.");
    }

    /** The answer in JSON. */
    private record Document(
            String version,
            String description,
            List<String> requires,
            String checksum,
            String up,
            @Nullable String down,
            @Nullable String verify) {

        static Document of(MigrationSet set, Migration migration) {
            return new Document(
                    migration.version().toString(),
                    migration.description(),
                    set.requirements(migration.version()).stream()
                            .map(MigrationVersion::toString)
                            .toList(),
                    migration.checksum(),
                    text(migration.up()),
                    migration.down() == null ? null : text(migration.down()),
                    migration.verify() == null ? null : text(migration.verify()));
        }
    }

    private static void show(MigrationSet set, Migration migration, Answer answer) {
        answer.println(migration.version() + " " + migration.description());
        String requires = Wording.list(set.requirements(migration.version()));
        answer.println("requires: " + (requires.isEmpty() ? "nothing" : requires));
        answer.println("checksum: " + migration.checksum());
        show("up", migration.up(), answer);
        show("down", migration.down(), answer);
        show("verify", migration.verify(), answer);
    }

    private static void show(String role, @Nullable MigrationBody body, Answer answer) {
        if (body != null) {
            answer.println("");
            answer.println("bold", "-- " + role + ": " + body.location());
            answer.print(text(body).stripTrailing() + "\n");
        }
    }

    /** Code has none: its revision stands for it. */
    private static String text(MigrationBody body) {
        return body instanceof MigrationScript script
                ? script.text()
                : "code, revision " + ((MigrationCode) body).revision();
    }
}
