package io.mhras.migrations.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.processes.MigrateProcess;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.NestedExceptionUtils;

/**
 * How heavy the engine may be: own frames above a JDBC call, own classes that a run loads, lines of a file.
 *
 * <p>A nested class counts with the class around it. The median is over what there is to read in a file: all that stands
 * below its imports.
 */
class BudgetTest {

    private static final int MAX_FRAMES = 8;
    private static final int MAX_CLASSES = 73;
    private static final int MAX_CLASSES_OF_A_FIRST_RUN = 80;
    private static final int MAX_LINES = 400;
    private static final int MAX_MEDIAN_LINES = 70;

    @TempDir
    private Path folder;

    @Test
    void atMostEightOwnFramesStandAboveAJdbcCall() throws IOException {
        Files.writeString(folder.resolve("001_a.sql"), "SELECT 1/0;");
        try (TestDatabase database = TestServer.newDatabase()) {
            Migrator migrator = MigrateProcess.migrator(database.url(), folder);
            Throwable failure = Assertions.catchThrowable(() -> migrator.migrate(Target.HEAD));
            assertThat(ownFrames(failure)).as("running a script").hasSizeLessThanOrEqualTo(MAX_FRAMES);

            database.run("DROP TABLE migration_history; CREATE TABLE migration_history (id int)");
            failure = Assertions.catchThrowable(() -> migrator.migrate(Target.HEAD));
            assertThat(ownFrames(failure)).as("reading the history").hasSizeLessThanOrEqualTo(MAX_FRAMES);
        }
    }

    private static List<String> ownFrames(Throwable failure) {
        return Arrays.stream(NestedExceptionUtils.getMostSpecificCause(failure).getStackTrace())
                .map(StackTraceElement::toString)
                .filter(frame -> frame.contains("io.mhras.migrations") && !frame.contains("BudgetTest"))
                .toList();
    }

    @Test
    void aRunLoadsFewOwnClasses() throws Exception {
        Files.writeString(folder.resolve("001_a.sql"), "CREATE TABLE a (id int);");
        try (TestDatabase database = TestServer.newDatabase()) {
            // It looks for other tools' histories, too.
            assertThat(loadedByAProcessThat("migrates-first", database.url()))
                    .hasSizeBetween(10, MAX_CLASSES_OF_A_FIRST_RUN);

            Files.writeString(folder.resolve("002_b.sql"), "CREATE TABLE b (id int);");
            assertThat(loadedByAProcessThat("migrates", database.url())).hasSizeBetween(10, MAX_CLASSES);
        }
    }

    private List<String> loadedByAProcessThat(String name, String url) throws IOException, InterruptedException {
        Path log = folder.resolve(name + ".log");
        Process process = MigrateProcess.start(url, folder, "-Xlog:class+load:file=" + log);
        String output = MigrateProcess.output(process);
        assertThat(process.waitFor()).as(output).isZero();
        try (Stream<String> lines = Files.lines(log)) {
            return lines.flatMap(line -> Arrays.stream(line.split(" ")))
                    .filter(word -> word.startsWith("io.mhras.migrations"))
                    .filter(word -> !word.contains(".testing.") && !word.contains(".processes."))
                    .map(word -> word.replaceFirst("\\$.*", ""))
                    .distinct()
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "migrations-core",
                "migrations-postgresql",
                "migrations-mongodb",
                "migrations-schema",
                "migrations-cli",
                "migrations-spring-boot-autoconfigure"
            })
    void filesStayShort(String module) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("..", module, "src/main/java"))) {
            List<Integer> lengths = files.filter(file -> file.toString().endsWith(".java"))
                    .map(BudgetTest::linesBelowImports)
                    .sorted()
                    .toList();
            assertThat(lengths.get(lengths.size() - 1)).isLessThanOrEqualTo(MAX_LINES);
            assertThat(lengths.get(lengths.size() / 2)).isLessThan(MAX_MEDIAN_LINES);
        }
    }

    @Test
    void scriptsOfTheShellStayShortToo() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("../migrations-mongodb/src/main/resources"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".js")))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(Files.readAllLines(file)).hasSizeLessThanOrEqualTo(MAX_LINES));
        }
    }

    private static int linesBelowImports(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            int last = 0;
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).startsWith("import ") || lines.get(i).startsWith("package ")) {
                    last = i;
                }
            }
            return lines.size() - last - 1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
