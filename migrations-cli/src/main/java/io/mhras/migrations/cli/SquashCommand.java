package io.mhras.migrations.cli;

import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationBody;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.InvalidTarget;
import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.MigrationException.Stopped;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationStatus;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.cli.connection.Cancellation;
import io.mhras.migrations.cli.connection.Database;
import io.mhras.migrations.cli.connection.ScratchWork;
import io.mhras.migrations.cli.options.InvalidSettingException;
import io.mhras.migrations.cli.options.ScratchOptionGroup;
import io.mhras.migrations.cli.report.Answer;
import io.mhras.migrations.cli.terminal.ExitCode;
import io.mhras.migrations.cli.terminal.Wording;
import io.mhras.migrations.schema.Squash;
import io.mhras.migrations.schema.Squash.Baseline;
import io.mhras.migrations.source.ScriptNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code migrations squash}: one file that makes what all migrations up to a version make. */
@Command(
        name = "squash",
        mixinStandardHelpOptions = true,
        description = {
            "Write a baseline: one file that makes, on an empty database, what all migrations up to a version make.",
            "They run on a scratch database, and the baseline is written from what they make there. It is proved on"
                    + " another one before it is written. Repeatables stay as they are."
        },
        footer = {
            "",
            "Example: migrations squash 020",
            "         migrations squash 020 --data countries --archive db/archive",
            "         migrations squash 020 --output -"
        })
final class SquashCommand extends DatabaseVerb {

    private static final String STDOUT = "-";

    @Parameters(
            paramLabel = "VERSION",
            arity = "0..1",
            description = "The last migration that the baseline stands for. Default: head.")
    String version = "head";

    @Option(
            names = "--data",
            paramLabel = "TABLE",
            description = "Copy the rows that the migrations leave in this table. May be given more than once.")
    List<String> data = new ArrayList<>();

    @Option(
            names = "--archive",
            paramLabel = "FOLDER",
            description = "Move the files that the baseline stands for into this folder.")
    @Nullable Path archive;

    @Option(names = "--output", paramLabel = "-", description = "Print the baseline, and write no file.")
    @Nullable String output;

    @Mixin
    ScratchOptionGroup scratch = new ScratchOptionGroup();

    @Override
    ExitCode run(Invocation call) {
        if (output != null && !output.equals(STDOUT)) {
            throw new InvalidSettingException(
                    "--output is for printing: '" + output + "' is not -.", "Write --output -, or leave it away.");
        }
        if (output != null && archive != null) {
            throw new InvalidSettingException(
                    "--archive moves what a file stands for, and --output writes none.", "Leave one of them away.");
        }
        return call.forOne(
                "A baseline is of one database.", (database, answer) -> squash(database, answer, call.cancellation()));
    }

    private ExitCode squash(Database database, Answer answer, Cancellation cancellation) {
        MigrationSet set = database.load();
        MigrationVersion upTo = upTo(set);
        Path folder = database.folderForNew(set);
        Path file = folder.resolve("B" + upTo + "__baseline." + database.kind().extension());
        refuseExisting(set, upTo, file);
        ScratchWork work = database.scratch(scratch);
        refuseBehind(database, upTo);
        Baseline baseline;
        try (Cancellation.Run run = cancellation.begin(work.connection())) {
            baseline = new Squash(work.real(), work.postgres(), work.options()).write(set, upTo, data, run);
        } catch (Stopped e) {
            return cancelled(answer);
        } catch (MigrationException e) {
            if (!cancellation.isCancelled()) {
                throw e;
            }
            return cancelled(answer);
        }
        baseline.notes().forEach(note -> answer.tell("note: " + note));
        baseline.filled()
                .forEach(table -> answer.tell("note: " + table + " has rows, which the baseline leaves out; --data "
                        + plain(table) + " copies them."));
        if (output != null) {
            answer.print(baseline.text());
            return ExitCode.DONE;
        }
        List<Path> replaced = files(baseline);
        Path target = archive == null ? null : archive.toAbsolutePath().normalize();
        if (target != null) {
            refuseToMove(replaced, folder, target);
        }
        write(file, baseline.text());
        if (target != null) {
            move(replaced, target);
        }
        if (answer.isJson()) {
            answer.printJson(new Document(
                    file.toString(),
                    replaced.stream().map(Path::toString).toList(),
                    target != null,
                    baseline.filled()));
            return ExitCode.DONE;
        }
        answer.println(file.toString());
        if (target != null) {
            answer.tell("Moved " + replaced.size() + " files to " + archive + ".");
        } else {
            answer.tell("Once every database has " + upTo + ", these files may go:");
            replaced.forEach(path -> answer.tell("  " + path));
        }
        return ExitCode.DONE;
    }

    /** The answer in JSON. */
    private record Document(String file, List<String> replaced, boolean moved, List<String> leftOut) {}

    private MigrationVersion upTo(MigrationSet set) {
        if (!version.equals("head")) {
            return set.resolve(version);
        }
        List<MigrationVersion> heads = set.heads();
        if (heads.size() == 1) {
            return heads.get(0);
        }
        throw new InvalidTarget(
                "There are " + heads.size() + " heads, and a baseline stands for what leads to one version.",
                heads.isEmpty()
                        ? "Check the locations."
                        : "Join them first with 'migrations merge'; or give a version.");
    }

    private static void refuseExisting(MigrationSet set, MigrationVersion upTo, Path file) {
        set.baseline(upTo).ifPresent(there -> {
            throw new Refused(
                    "There is a baseline of " + upTo + " already, " + there.up().location()
                            + ", and it is left as it is.",
                    "Take another version, or move that file away.");
        });
        if (Files.exists(file)) {
            throw new Refused("There is a file " + file + " already, and it is left as it is.", "Move it away.");
        }
    }

    /** Its next migration would have no file. */
    private static void refuseBehind(Database database, MigrationVersion upTo) {
        if (!database.isConfigured()) {
            return;
        }
        MigrationStatus status = database.migrator().status();
        boolean isBehind = !status.current().isEmpty()
                && status.migrations().stream()
                        .anyMatch(item ->
                                item.version().equals(upTo) && !item.state().isApplied());
        if (isBehind) {
            throw new Refused(
                    "Nothing was written: " + status.database() + " is at " + Wording.list(status.current())
                            + ", below " + upTo + ", and needs the files that the baseline would stand for.",
                    "Apply the migrations up to " + upTo + " first, on this and on every other database.");
        }
    }

    private static List<Path> files(Baseline baseline) {
        return baseline.replaced().stream()
                .flatMap(SquashCommand::bodies)
                .map(body -> Path.of(body.location().replaceFirst("^filesystem:", "")))
                .distinct()
                .toList();
    }

    private static Stream<MigrationBody> bodies(Migration migration) {
        return Stream.of(migration.up(), migration.down(), migration.verify()).flatMap(Stream::ofNullable);
    }

    private static void refuseToMove(List<Path> files, Path folder, Path target) {
        if (target.startsWith(folder.toAbsolutePath().normalize())) {
            throw new InvalidSettingException(
                    "--archive is below " + folder + ", which is searched for migrations with all that is below it.",
                    "Take a folder beside it.");
        }
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                throw new InvalidSettingException(
                        "--archive cannot move " + file + ": it is no file of its own.", "Leave --archive away.");
            }
            if (Files.exists(target.resolve(relative(file)))) {
                throw new InvalidSettingException(
                        "There is a file " + target.resolve(relative(file)) + " already, and it is left as it is.",
                        "Take another folder for --archive.");
            }
        }
    }

    /** With its folder, where that has the migration's name. */
    private static Path relative(Path file) {
        Path parent = file.getParent();
        boolean isInFolder = parent != null && ScriptNames.standsInItsFolder(file.toString());
        return isInFolder && parent != null
                ? Path.of(String.valueOf(parent.getFileName()), String.valueOf(file.getFileName()))
                : Path.of(String.valueOf(file.getFileName()));
    }

    private static void write(Path file, String text) {
        try {
            Files.createFile(file);
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new InvalidSettingException(
                    file + " cannot be written: " + e.getMessage() + ".",
                    "Correct --locations, or the folder's rights.");
        }
    }

    private static void move(List<Path> files, Path target) {
        try {
            for (Path file : files) {
                Path moved = target.resolve(relative(file));
                Files.createDirectories(moved.getParent() == null ? target : moved.getParent());
                Files.move(file, moved);
            }
        } catch (IOException e) {
            throw new InvalidSettingException(
                    "The baseline is written, and not all files could be moved: " + e.getMessage() + ".",
                    "Move the others by hand, or leave them: they do no harm.");
        }
    }

    private static String plain(String table) {
        return table.replace("\"", "");
    }

    private static ExitCode cancelled(Answer answer) {
        answer.fail("Cancelled. Nothing was written, and the scratch databases are gone.");
        return ExitCode.CANCELLED;
    }
}
