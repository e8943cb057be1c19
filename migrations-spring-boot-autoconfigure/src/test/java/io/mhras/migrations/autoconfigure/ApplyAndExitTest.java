package io.mhras.migrations.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.autoconfigure.clinic.ClinicApplication;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a process of its own: what counts is what the shell sees. */
class ApplyAndExitTest {

    @AutoClose
    private final TestDatabase database = TestServer.newDatabase();

    @TempDir
    private Path folder;

    @Test
    void theProcessEndsWellWithoutHavingListened() throws Exception {
        Run run = run("--mhras.migrations.mode=apply-and-exit");

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(TestService.applied(database)).hasSize(3);
        assertThat(run.output())
                .contains("the process ends")
                .doesNotContain("Tomcat")
                .doesNotContain("EntityManagerFactory")
                .doesNotContain("WARN")
                .doesNotContain("ERROR");
    }

    @Test
    void theProcessEndsBadlyWhenAMigrationFails() throws Exception {
        Run run = run("--mhras.migrations.mode=apply-and-exit", "--mhras.migrations.locations=classpath:db/broken");

        assertThat(run.exitCode()).isNotZero();
        assertThat(run.output())
                .contains("APPLICATION FAILED TO START")
                .contains("002_add_street.sql:2:1")
                .doesNotContain("Tomcat")
                .doesNotContain("\tat ");
    }

    private Run run(String... settings) throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = Stream.concat(
                        Stream.of(
                                java, "-XX:TieredStopAtLevel=1", ClinicApplication.class.getName(), "--server.port=0"),
                        Stream.of(TestService.arguments(database, settings)))
                .toList();
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        String classPath = System.getProperty("java.class.path");
        builder.environment().put("CLASSPATH", System.getProperty("surefire.test.class.path", classPath));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("it ends").isTrue();
            return new Run(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }

    private record Run(int exitCode, String output) {}
}
