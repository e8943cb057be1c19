package io.mhras.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The answer arrives, or the command says that it did not; and nothing in it makes a terminal do something. */
class OutputTest extends CommandTest {

    private static final String ATTACK = "\u001b]0;owned\u0007\u009b31m\u202e";
    private static final String SHOWN = "\\x1b]0;owned\\x07\\x9b31m\\u202e";

    static Stream<String> answers() {
        List<String> verbs = List.of(
                "status",
                "apply",
                "apply --dry-run",
                "rollback --dry-run",
                "rollback",
                "validate",
                "check",
                "report",
                "history",
                "history --events",
                "current",
                "heads",
                "branches",
                "show 001",
                "merge",
                "stamp 002",
                "stamp --dry-run base",
                "adopt",
                "repair",
                "repair --dry-run",
                "clean --dry-run",
                "clean --force NAME",
                "script",
                "apply --sql",
                "lock",
                "activity");
        return Stream.concat(
                verbs.stream().flatMap(verb -> Stream.of(verb, verb + " --format json")),
                Stream.of(
                        "new words",
                        "new words --format json",
                        "report --format html",
                        "report --format junit",
                        "completion",
                        "man",
                        "--help",
                        "--version",
                        "status --help"));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void anAnswerThatCannotBeWrittenIsAFailure(String line) throws IOException {
        writeThree();
        done("apply", "002");
        String[] arguments = line.replace("NAME", database.name()).split(" ");
        CommandRun written = run(arguments);
        Files.deleteIfExists(folder.resolve("004_words.sql"));
        Files.deleteIfExists(folder.resolve("004_words.down.sql"));

        CommandRun run = CommandRun.unwritten(new IOException("No space left on device"), environment(), arguments);

        if (written.out().isEmpty()) {
            assertThat(run.err()).isNotEmpty();
            return;
        }
        assertThat(run.code()).isNotZero();
        assertThat(run.err())
                .contains(
                        "The answer is not complete: standard output cannot be written. No space left on device.",
                        "What to do: ");
    }

    @Test
    void whoReadsNoFurtherIsToldNothing() throws IOException {
        writeThree();

        CommandRun done = CommandRun.unwritten(new IOException("Broken pipe"), environment(), "status");
        assertThat(done.code()).isEqualTo(141);
        assertThat(done.err()).isEmpty();

        CommandRun found = CommandRun.unwritten(new IOException("Broken pipe"), environment(), "check");
        assertThat(found.code()).isEqualTo(1);
        assertThat(found.err()).isEmpty();
    }

    @Test
    void aProcessThatWritesToAFullDiskFails() throws IOException, InterruptedException {
        writeThree();
        Process full = process("script").redirectOutput(new File("/dev/full")).start();
        String err = new String(full.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(full.waitFor()).isEqualTo(1);
        assertThat(err).contains("standard output cannot be written. No space left on device.");
    }

    @Test
    void aProcessWhosePipeIsClosedIsQuiet() throws IOException, InterruptedException {
        for (int i = 1; i <= 999; i++) {
            write(String.format("%03d_step.sql", i), "SELECT 1;\n".repeat(20));
        }
        Process piped = process("script").start();
        try (InputStream out = piped.getInputStream()) {
            assertThat(out.read()).isPositive();
        }

        assertThat(new String(piped.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(piped.waitFor()).isEqualTo(141);
    }

    private ProcessBuilder process(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                MigrationsCommand.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment());
        return builder;
    }

    @Test
    void controlCharactersOfTheServerAreShown() throws IOException {
        write("001_create_patients.sql", "CREATE TABLE patients (name TEXT UNIQUE);\n");
        write("002_insert.sql", "INSERT INTO patients VALUES ('" + ATTACK + "'), ('" + ATTACK + "');\n");

        CommandRun failed = run("apply");
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.err()).contains("Detail", SHOWN);

        for (String line : List.of(
                "status --verbose",
                "history --verbose --events",
                "report",
                "report --format html",
                "report --format junit",
                "show 002",
                "apply --dry-run --verbose")) {
            CommandRun run = run(line.split(" "));
            assertThat(run.out() + run.err())
                    .as(line)
                    .doesNotContainPattern("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u202e]");
        }
        assertThat(done("show", "002").out()).contains(SHOWN);
        assertThat(done("report", "--format", "html").out()).contains("\\x1b]0;");
    }

    @Test
    void controlCharactersInAHistoryOfAnotherReleaseAreShown() throws IOException {
        writeThree();
        done("apply");
        database.run("UPDATE migration_history SET applied_by = '" + ATTACK + "', application = '" + ATTACK + "'");

        assertThat(done("history", "--events", "--verbose").out())
                .contains(SHOWN)
                .doesNotContain("\u001b", "\u009b");
        assertThat(CommandRun.onScreen(200, environment(), "status", "--verbose", "--color", "always")
                        .out())
                .contains(SHOWN, "\u001b[32m")
                .doesNotContain("\u001b]", "\u009b");
    }

    @Test
    void jsonHasThemEscaped() throws IOException {
        write("001_create_patients.sql", "SELECT '" + ATTACK + "';\n");

        CommandRun run = done("show", "001", "--format", "json");

        assertThat(run.out()).contains("\\u001B", "\\u009b").doesNotContain("\u001b", "\u009b");
        assertThat(run.json().get(0).get("up").asString()).contains("\u001b]0;owned\u0007\u009b31m");
    }

    @Test
    void sqlForOthersIsAsTheFileIs() throws IOException {
        write("001_create_patients.sql", "SELECT '\u001b\u0007';\n");

        assertThat(done("script").out()).contains("SELECT '\u001b\u0007';");
        assertThat(CommandRun.onScreen(200, Map.copyOf(environment()), "script").out())
                .contains("SELECT '\\x1b\\x07';");
    }
}
