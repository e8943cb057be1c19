package io.mhras.migrations.benchmarks;

import io.mhras.migrations.benchmarks.contestant.Entrant;
import io.mhras.migrations.source.MigrationIndexer;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.util.FileSystemUtils;

/**
 * The migrations: the same statements in the same files for everyone.
 *
 * <p>They are named as Flyway wants them; ours, plain JDBC and psql take any such name. Liquibase gets two lines of comment
 * on top of each file, and a changelog that includes them all.
 *
 * @param folder where they are written
 */
record MigrationFiles(Path folder) {

    /** Counts the tables that {@link #small} makes. */
    static final String COUNT_SMALL =
            "SELECT count(*) FROM pg_class WHERE relname LIKE 'patient\\_%' AND relkind = 'r'";

    /** Counts the rows that {@link #notes}, {@link #inserts}, {@link #megabytes} and {@link #returnedRows} insert. */
    static final String COUNT_ROWS = "SELECT count(*) FROM note";

    private static final String CREATE_NOTE = "CREATE TABLE note (id bigint PRIMARY KEY, title text, body text);\n";

    /** What the statements are written with. */
    private interface Text {
        void write(BufferedWriter writer, int number) throws IOException;
    }

    /** Small migrations, each one table with an index and a comment. */
    Path small(int count, Entrant reader) {
        return files(
                "small-" + count,
                count,
                reader,
                (writer, number) -> writer.write(String.format(Locale.ROOT, """
                CREATE TABLE patient_%1$05d (
                    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                    name       text        NOT NULL,
                    created_at timestamptz NOT NULL DEFAULT now()
                );
                CREATE INDEX patient_%1$05d_name ON patient_%1$05d (name);
                COMMENT ON TABLE patient_%1$05d IS 'The patients of clinic %1$05d.';
                """, number)));
    }

    /** Small migrations that are quickly applied: for histories of many rows. */
    Path notes(int count, Entrant reader) {
        return files("notes-" + count, count, reader, (writer, number) -> {
            if (number == 1) {
                writer.write(CREATE_NOTE);
            }
            writer.write(String.format(Locale.ROOT, """
                    -- The note that belongs to change request %1$d. It was asked for by the clinic, and it stays short.
                    INSERT INTO note (id, title, body)
                    VALUES (%1$d, 'Change request %1$d',
                            'What was changed, why it was changed, who asked for it, and when it is to be looked at again.');
                    """, number));
        });
    }

    /** The same as {@link #notes} in a jar, where Spring Boot looks for them. */
    Path jar(int count, Entrant reader) {
        boolean isIndexed = reader == Entrant.OURS_INDEXED;
        Path from = notes(count, reader);
        Path classes = folder.resolve(from.getFileName() + (isIndexed ? "-indexed" : "-classes"));
        Path jar = classes.resolveSibling(classes.getFileName() + ".jar");
        if (Files.exists(jar)) {
            return jar;
        }
        String scripts = reader == Entrant.LIQUIBASE ? "db/changelog" : "db/migration";
        try {
            FileSystemUtils.copyRecursively(from, Files.createDirectories(classes.resolve(scripts)));
            if (isIndexed) {
                MigrationIndexer.write(classes, List.of(scripts));
            }
            pack(classes, jar);
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar));
                Stream<Path> found = Files.walk(classes)) {
            for (Path path : found.skip(1).sorted().toList()) {
                String name = classes.relativize(path).toString();
                if (Files.isDirectory(path)) {
                    // Tools that search a jar look for its folders' entries.
                    out.putNextEntry(new ZipEntry(name + "/"));
                } else {
                    out.putNextEntry(new ZipEntry(name));
                    Files.copy(path, out);
                }
            }
        }
    }

    /** One file with so many INSERTs, one a line. */
    Path inserts(int count, Entrant reader) {
        return files("inserts-" + count, 1, reader, (writer, number) -> writeInserts(writer, count));
    }

    /** One file of so many MB, and a little more: 102 bytes a line. */
    Path megabytes(int megabytes, Entrant reader) {
        return files("large-" + megabytes, 1, reader, (writer, number) -> writeInserts(writer, rowsOf(megabytes)));
    }

    /** How many INSERTs such a file has. */
    static int rowsOf(int megabytes) {
        return megabytes * 10_000;
    }

    /** One file with a SELECT that returns so many rows of 100 bytes, as a function that fills something in is called. */
    Path returnedRows(int rows, Entrant reader) {
        return files(
                "returned-" + rows,
                1,
                reader,
                (writer, number) -> writer.write(CREATE_NOTE + "SELECT repeat('x', 100) FROM generate_series(1, " + rows
                        + ");\nINSERT INTO note (id) VALUES (1);\n"));
    }

    private static void writeInserts(BufferedWriter writer, int count) throws IOException {
        writer.write(CREATE_NOTE);
        for (int i = 1; i <= count; i++) {
            writer.write("INSERT INTO note (id, title, body) VALUES (" + (10_000_000 + i) + ", 'note "
                    + (10_000_000 + i) + "', 'what it says; and all of it');\n");
        }
    }

    private Path files(String name, int count, Entrant reader, Text text) {
        Path target = folder.resolve(reader == Entrant.LIQUIBASE ? name + "-liquibase" : name);
        if (Files.exists(target)) {
            return target;
        }
        try {
            Path changes = reader == Entrant.LIQUIBASE ? target.resolve("changes") : target;
            Files.createDirectories(changes);
            if (reader == Entrant.LIQUIBASE) {
                Files.writeString(target.resolve("db.changelog-master.yaml"), """
                        databaseChangeLog:
                          - includeAll:
                              path: changes
                              relativeToChangelogFile: true
                        """);
            }
            for (int number = 1; number <= count; number++) {
                Path file = changes.resolve(String.format(Locale.ROOT, "V%05d__change.sql", number));
                try (BufferedWriter writer = Files.newBufferedWriter(file)) {
                    if (reader == Entrant.LIQUIBASE) {
                        writer.write("--liquibase formatted sql\n--changeset benchmarks:" + number + "\n");
                    }
                    text.write(writer, number);
                }
            }
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
