package io.mhras.migrations.cli;

import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.cli.DatabaseOptions.DbType;
import io.mhras.migrations.source.MigrationTemplate;
import io.mhras.migrations.source.MigrationTemplate.NewFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A verb that writes migration files. Needs no database. */
abstract class WritingCommand extends DatabaseCommand {

    @Option(
            names = {"-m", "--message"},
            paramLabel = "WORDS",
            description = "What the migration does; the same as without -m.")
    @Nullable String message;

    @Option(
            names = {"--version", "--rev-id"},
            paramLabel = "VERSION",
            description = "Its version. Default: the next one, as wide as the others; a time where they are times.")
    @Nullable String version;

    // Here --version has another meaning, so that the usual help options cannot be mixed in.
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    boolean help;

    /** A file is for one kind of database; PostgreSQL's, where nothing else is said. */
    @Override
    List<Kind> kinds() {
        if (database.type == DbType.ALL) {
            throw new InvalidSettingException(
                    "A file is for one kind of database.",
                    "Write --db-type postgresql (.sql) or --db-type mongodb (.js).");
        }
        List<Kind> asked = database.kinds(terminal());
        return asked.isEmpty() ? List.of(Kind.POSTGRESQL) : asked.subList(0, 1);
    }

    static MigrationTemplate template(Kind kind, MigrationSet set) {
        return new MigrationTemplate(set, kind.extension(), Clock.systemUTC());
    }

    MigrationVersion version(MigrationTemplate template) {
        return version == null ? template.next() : template.version(version);
    }

    /** Writes them, and answers with their names, one a line. */
    ExitCode write(Kind kind, MigrationSet set, List<NewFile> newFiles) {
        Path folder = files.folderForNew(terminal(), set, kind);
        boolean isNew = !Files.exists(folder);
        List<Path> written = new NewFiles(folder).write(newFiles);
        if (isNew) {
            tell("Made the folder " + folder + ".");
        }
        if (output.isJson()) {
            printJson(new Answer(written.stream().map(Path::toString).toList()));
        } else if (!output.quiet) {
            written.forEach(path -> println(path.toString()));
        }
        return ExitCode.DONE;
    }

    /** What was said with {@code -m} or without it. */
    static @Nullable String words(@Nullable String message, List<String> given) {
        if (message != null && !given.isEmpty()) {
            throw new InvalidSettingException(
                    "The words are given twice: '" + message + "' and '" + String.join(" ", given) + "'.",
                    "Leave out -m, or write quotes around all words behind it.");
        }
        return message == null && !given.isEmpty() ? String.join(" ", given) : message;
    }

    static String required(@Nullable String words, String remedy) {
        return Objects.requireNonNullElseGet(words == null || words.isBlank() ? null : words, () -> {
            throw new InvalidSettingException("It is not said what the migration does.", remedy);
        });
    }

    /** What JSON says. */
    private record Answer(List<String> files) {}
}
