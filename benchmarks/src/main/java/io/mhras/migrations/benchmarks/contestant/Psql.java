package io.mhras.migrations.benchmarks.contestant;

import java.io.IOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** One psql process that runs all files, a transaction each. It keeps no history, so it can't tell what is applied. */
final class Psql implements Contestant {

    private final Task task;

    Psql(Task task) {
        this.task = task;
    }

    @Override
    public void migrate() throws Exception {
        List<Path> files;
        try (Stream<Path> found = Files.list(task.folder())) {
            files = found.sorted().toList();
        }
        Process psql = new ProcessBuilder(
                        System.getProperty("benchmarks.psql"),
                        "--no-psqlrc",
                        "--quiet",
                        "--set=ON_ERROR_STOP=1",
                        // pgjdbc's name of this one has capital letters.
                        "--dbname=" + task.url().replaceFirst("^jdbc:", "").replace("gssEncMode", "gssencmode"),
                        "--file=-")
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.INHERIT)
                .start();
        try (Writer script = psql.outputWriter()) {
            for (Path file : files) {
                script.write("BEGIN;\n\\i '" + file + "'\nCOMMIT;\n");
            }
        }
        int exit = psql.waitFor();
        if (exit != 0) {
            throw new IOException("psql ended with " + exit);
        }
    }
}
