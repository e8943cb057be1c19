package io.mhras.migrations.mongodb.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.mongodb.MongoSettings.Limits;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.bson.BsonNull;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process of its own that starts the shell. */
class ShellStartTest {

    @TempDir
    private Path folder;

    /** What the process does. */
    public static final class Main {

        private Main() {}

        public static void main(String[] arguments) {
            MigrationScript script = MigrationScript.ofText("001.js", "001.js", "print('sum', 1 + 1);");
            try (MongoShell shell = MongoShell.start(new OwnCollections("test", List.of()), Limits.DEFAULT)) {
                shell.validate(script);
                shell.run(
                        script,
                        call -> BsonNull.VALUE,
                        Replay.begin(Instant.now()),
                        output -> System.out.println(output.text()));
            } catch (MigrationException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void nothingButTheScriptIsPrinted() throws IOException, InterruptedException {
        assertThat(output(System.getProperty("java.class.path"))).isEqualTo("sum 2\n");
    }

    @Test
    void aHomeFolderThatCannotBeWrittenIsNoMatter() throws IOException, InterruptedException {
        Path home = Files.writeString(folder.resolve("home"), "a file, where folders cannot be made");
        assertThat(output(System.getProperty("java.class.path"), "-Duser.home=" + home))
                .isEqualTo("sum 2\n");
    }

    @Test
    void withoutTheEngineTheDependencyIsNamed() throws IOException, InterruptedException {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("graalvm"))
                .collect(Collectors.joining(File.pathSeparator));
        assertThat(output(classPath)).isEqualTo("""
                        MongoDB's migrations are JavaScript, and the class path has no JavaScript engine.

                        What to do: Add the dependency org.graalvm.js:js-language, version 25.0.x, to the application.
                        """);
    }

    private static String output(String classPath, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", classPath, Main.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return withoutTheJvmsOwn(output);
    }

    /** Since JDK 24 the JVM itself warns of what the engine does inside; only its own options can silence it. */
    private static String withoutTheJvmsOwn(String output) {
        return Runtime.version().feature() < 24 || !output.contains("com.oracle.truffle")
                ? output
                : output.lines()
                        .filter(line -> !line.startsWith("WARNING: ") && !line.isBlank())
                        .map(line -> line + "\n")
                        .collect(Collectors.joining());
    }
}
