package io.mhras.migrations.cli;

import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.cli.connection.Database;
import io.mhras.migrations.cli.options.InvalidSettingException;
import io.mhras.migrations.cli.report.Answer;
import io.mhras.migrations.cli.terminal.ExitCode;
import io.mhras.migrations.source.MigrationTemplate;
import io.mhras.migrations.source.MigrationTemplate.NewFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Writes new migration files: all of them or none, and never over one that is there.
 *
 * @param present the files that are there
 */
record NewFiles(Database database, MigrationSet present) {

    /** The template for new files. */
    MigrationTemplate template() {
        return new MigrationTemplate(present, database.kind(), Clock.systemUTC());
    }

    /**
     * Writes them, and answers with their names, one a line.
     *
     * @throws InvalidSettingException if one is there already, or the folder cannot be written
     */
    ExitCode write(List<NewFile> files, Answer answer) {
        Path folder = database.folderForNew(present);
        boolean isNew = !Files.exists(folder);
        List<Path> written = write(files);
        if (isNew) {
            answer.tell("Made the folder " + folder + ".");
        }
        if (answer.isJson()) {
            answer.printJson(new Document(written.stream().map(Path::toString).toList()));
        } else if (!answer.isQuiet()) {
            written.forEach(path -> answer.println(path.toString()));
        }
        return ExitCode.DONE;
    }

    /** The answer in JSON. */
    private record Document(List<String> files) {}

    /**
     * Writes them, and says nothing.
     *
     * @throws InvalidSettingException if one is there already, or the folder cannot be written
     */
    List<Path> write(List<NewFile> files) {
        Path folder = database.folderForNew(present);
        List<Path> written = new ArrayList<>();
        try {
            Files.createDirectories(folder);
            for (NewFile file : files) {
                Path path = folder.resolve(file.name());
                Files.createDirectories(Objects.requireNonNull(path.getParent()));
                Files.createFile(path);
                written.add(path);
                Files.writeString(path, file.text());
            }
            return written;
        } catch (FileAlreadyExistsException e) {
            takeBack(written);
            throw new InvalidSettingException(
                    "There is a file " + e.getFile() + " already, and it is left as it is.",
                    Files.isDirectory(folder)
                            ? "Take other words or another --version, or move that file away."
                            : "Point to a folder with --locations.");
        } catch (IOException e) {
            takeBack(written);
            throw new InvalidSettingException(
                    "No file can be written into " + folder + ": " + reason(e) + ".",
                    "Check that you may write there, or point to another folder with --locations.");
        }
    }

    private static String reason(IOException e) {
        return e instanceof AccessDeniedException ? "access is denied" : String.valueOf(e.getMessage());
    }

    private static void takeBack(List<Path> written) {
        for (Path path : written) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                throw new InvalidSettingException(
                        path + " was begun and cannot be taken away again: " + e.getMessage(), "Delete it.");
            }
        }
    }
}
