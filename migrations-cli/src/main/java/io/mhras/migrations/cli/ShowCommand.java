package io.mhras.migrations.cli;

import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationBody;
import io.mhras.migrations.MigrationCode;
import io.mhras.migrations.MigrationException.InvalidTarget;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.Target;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code migrations show}: one migration's files. Needs no database. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Show a migration: what it requires, and its files. Needs no database.",
        footer = {"", "Example: migrations show 003"})
final class ShowCommand extends DatabaseCommand {

    @Parameters(paramLabel = "VERSION", description = "A version, or an unambiguous beginning of one, or head.")
    String version = "";

    @Override
    ExitCode callOn(Kind kind) {
        MigrationSet set = load(kind);
        List<Migration> shown =
                wanted(set).stream().flatMap(one -> set.find(one).stream()).toList();
        if (output.isJson()) {
            printJson(shown.stream().map(migration -> Answer.of(set, migration)).toList());
        } else {
            shown.forEach(migration -> show(set, migration));
        }
        return ExitCode.DONE;
    }

    @Override
    List<Kind> kindsWithoutDatabase(List<Kind> withFiles) {
        return withFiles;
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

    /** What JSON says. */
    private record Answer(
            String version,
            String description,
            List<String> requires,
            String checksum,
            String up,
            @Nullable String down,
            @Nullable String verify) {

        static Answer of(MigrationSet set, Migration migration) {
            return new Answer(
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

    private void show(MigrationSet set, Migration migration) {
        println(migration.version() + " " + migration.description());
        String requires = set.requirements(migration.version()).stream()
                .map(MigrationVersion::toString)
                .collect(Collectors.joining(", "));
        println("requires: " + (requires.isEmpty() ? "nothing" : requires));
        println("checksum: " + migration.checksum());
        show("up", migration.up());
        show("down", migration.down());
        show("verify", migration.verify());
    }

    private void show(String role, @Nullable MigrationBody body) {
        if (body != null) {
            println("\n" + output.styled(terminal(), "bold", "-- " + role + ": " + body.location()));
            print(text(body).stripTrailing() + "\n");
        }
    }

    /** Code has none: its revision stands for it. */
    private static String text(MigrationBody body) {
        return body instanceof MigrationScript script
                ? script.text()
                : "code, revision " + ((MigrationCode) body).revision();
    }
}
