package io.mhras.migrations.cli;

import io.mhras.migrations.source.MigrationTemplate.NewFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes new files: all of them or none, and never over one that is there.
 *
 * @param folder where; made if it is not there
 */
record NewFiles(Path folder) {

    /**
     * Writes them.
     *
     * @return where they are
     * @throws InvalidSettingException if one is there already, or the folder cannot be written
     */
    List<Path> write(List<NewFile> files) {
        List<Path> written = new ArrayList<>();
        try {
            Files.createDirectories(folder);
            for (NewFile file : files) {
                Path path = folder.resolve(file.name());
                Files.writeString(path, file.text(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                written.add(path);
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
