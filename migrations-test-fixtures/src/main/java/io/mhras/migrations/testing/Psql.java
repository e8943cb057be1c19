package io.mhras.migrations.testing;

import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.Assumptions;

/** The real {@code psql}, for tests of what is written for it. */
public final class Psql {

    // Where Debian's packages put it, a folder for each version.
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    private final Path program;

    private Psql(Path program) {
        this.program = program;
    }

    /**
     * What psql printed and how it ended.
     *
     * @param exitCode 3 after an error in a script
     * @param output standard output and standard error
     */
    public record Outcome(int exitCode, String output) {}

    /** The psql of this machine; a test that finds none is skipped. */
    public static Psql ofThisMachine() {
        Optional<Path> program = onPath().or(Psql::ofDebian);
        Assumptions.assumeThat(program)
                .as("This test needs psql, PostgreSQL's client, on the PATH or in " + DEBIAN)
                .isPresent();
        return new Psql(program.orElseThrow());
    }

    private static Optional<Path> onPath() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "psql"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Optional<Path> ofDebian() {
        if (!Files.isDirectory(DEBIAN)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.map(version -> version.resolve("bin/psql"))
                    .filter(Files::isExecutable)
                    .max(Comparator.naturalOrder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a script as a DBA would. */
    public Outcome run(TestDatabase database, String script, String... options) {
        try {
            Path file = Files.createTempFile("script", ".sql");
            Path output = Files.createTempFile("script", ".out");
            try {
                Files.writeString(file, script);
                List<String> command = new ArrayList<>(
                        List.of(program.toString(), "-X", "-v", "ON_ERROR_STOP=1", "-f", file.toString()));
                command.addAll(List.of(options));
                command.add(database.url().replaceFirst("^jdbc:", ""));
                ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
                // Not what the script is written in: it has to say so itself.
                builder.environment().put("PGCLIENTENCODING", "LATIN1");
                Process process = builder.redirectOutput(output.toFile()).start();
                int exitCode = process.waitFor();
                return new Outcome(exitCode, Files.readString(output, StandardCharsets.UTF_8));
            } finally {
                Files.delete(file);
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
