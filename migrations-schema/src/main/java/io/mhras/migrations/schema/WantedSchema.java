package io.mhras.migrations.schema;

import io.mhras.migrations.MigrationException.Refused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

/**
 * A schema that is wanted, as SQL that makes it in an empty database.
 *
 * @param name what it is called, for people
 * @param scripts files of SQL, as psql and pg_dump have them; they may stand in any order in which one finds what it needs
 *     after the others were tried
 * @param adapting from the schema that is there and the one that the scripts made, the one that is wanted: for scripts that
 *     cannot say everything
 */
public record WantedSchema(String name, List<Path> scripts, BinaryOperator<SchemaSnapshot> adapting) {

    private static final String SQL = ".sql";

    public WantedSchema {
        scripts = List.copyOf(scripts);
    }

    /**
     * The schema of a file, or of all files ending in {@code .sql} in a folder and in those below it.
     *
     * @throws Refused if there are none
     */
    public static WantedSchema in(Path path) {
        String name = String.valueOf(path.getFileName() == null ? path : path.getFileName());
        if (Files.isDirectory(path)) {
            List<Path> files = filesIn(path);
            if (files.isEmpty()) {
                throw new Refused(
                        "There is no file ending in " + SQL + " in " + path + ".",
                        "Point to the file or the folder with the wanted schema.");
            }
            return new WantedSchema(name + "/", files, (there, wanted) -> wanted);
        }
        if (!Files.isReadable(path)) {
            throw new Refused(
                    path + (Files.exists(path) ? " cannot be read." : " is not there."),
                    "Point to the file or the folder with the wanted schema.");
        }
        return new WantedSchema(name, List.of(path), (there, wanted) -> wanted);
    }

    private static List<Path> filesIn(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(SQL) && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
