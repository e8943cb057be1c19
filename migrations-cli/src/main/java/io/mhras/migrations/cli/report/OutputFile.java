package io.mhras.migrations.cli.report;

import io.mhras.migrations.cli.options.InvalidSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that an option names, for an answer to be written into; one that is there is replaced. */
public record OutputFile(Path path, String option) {

    /** @throws InvalidSettingException if that is not possible */
    public void write(String text) {
        try {
            Files.writeString(path, text);
        } catch (IOException e) {
            Path folder = path.toAbsolutePath().getParent();
            throw new InvalidSettingException(
                    "The report cannot be written into " + path + ": "
                            + (folder != null && !Files.isDirectory(folder)
                                    ? "there is no folder " + folder
                                    : Files.isDirectory(path) ? "that is a folder" : e.getMessage())
                            + ".",
                    "Correct " + option + ".");
        }
    }
}
