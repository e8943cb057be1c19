package io.mhras.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code Ctrl-C} does, sent to a process of its own. */
@Timeout(120)
class CancelTest extends CommandTest {

    @BeforeEach
    void mustHearInterrupts() throws IOException {
        interruptsAreNotIgnored();
    }

    static void interruptsAreNotIgnored() throws IOException {
        assumeFalse(System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows"));
        Path status = Path.of("/proc/self/status");
        // A shell makes what it runs in the background deaf to them, and Java keeps to that.
        assumeFalse(Files.exists(status) && Files.readString(status).matches("(?s).*SigIgn:\\s*\\w*[2367abef]\\n.*"));
    }

    private Process start(String... arguments) throws IOException {
        return start(environment(), arguments);
    }

    static Process start(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                MigrationsCommand.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder.start();
    }

    static void interrupt(Process process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }

    static String output(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private void awaitActivity(String text) throws InterruptedException {
        while (!done("activity").out().contains(text)) {
            Thread.sleep(50);
        }
    }

    @Test
    void theStatementIsCancelledAndRolledBackAndTheRestIsNotBegun() throws Exception {
        write("001_create_patients.sql", CREATE_PATIENTS);
        write("002_slow.sql", "CREATE TABLE halfway (id INT);\nSELECT pg_sleep(600);\n");
        write("003_create_visits.sql", "CREATE TABLE visits (visit_id BIGINT PRIMARY KEY);\n");
        Process process = start("apply");
        try {
            awaitActivity("002_slow.sql, statement 2");

            interrupt(process);

            assertThat(output(process))
                    .contains("applied 001 create patients", "Cancelling ...", "002_slow.sql:2:1")
                    .contains("002_slow.sql failed; nothing of it was kept.")
                    .endsWith("""
                            Cancelled.
                            Done, and kept: 001_create_patients.sql.
                            Stopped: 002_slow.sql.
                            Not begun: 003_create_visits.sql.
                            The lock is free.
                            """);
            assertThat(process.waitFor()).isEqualTo(130);
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(tables()).containsExactly("migration_history", "patients");
        assertThat(done("lock").out()).isEqualTo("The migration lock is free.\n");
        assertThat(done("activity").out()).isEqualTo("Nothing migrates the database.\n");
        assertThat(done("status").out()).contains("002 ", "failed");
    }

    @Test
    void whoeverWaitsForTheLockStopsWaiting() throws Exception {
        write("001_slow.sql", "SELECT pg_sleep(600);\n");
        Process first = start("apply");
        try {
            awaitActivity("001_slow.sql");
            Process second = start("apply");
            try {
                String begin = new String(second.getInputStream().readNBytes(20), StandardCharsets.UTF_8);
                assertThat(begin).startsWith("INFO Waiting for the");

                interrupt(second);

                assertThat(output(second))
                        .contains("001_slow.sql", "The wait for the migration lock was interrupted")
                        .endsWith("Cancelled.\nNothing was begun, and nothing was changed.\n");
                assertThat(second.waitFor()).isEqualTo(130);
            } finally {
                second.destroyForcibly().waitFor();
            }
            assertThat(first.isAlive()).isTrue();
        } finally {
            interrupt(first);
            assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void ofAFileInPartsItIsSaidWhichAreDone() throws Exception {
        write("001_create_patients.sql", CREATE_PATIENTS);
        write("002_parts.sql", """
                CREATE TABLE halfway (id INT);
                CREATE INDEX CONCURRENTLY idx_halfway_id ON halfway (id);
                SELECT pg_sleep(600);
                """);
        Process process = start("apply");
        try {
            awaitActivity("002_parts.sql, statement 3");

            interrupt(process);

            assertThat(output(process)).contains("statements 1 to 2 are done and stay.", "Stopped: 002_parts.sql.");
            assertThat(process.waitFor()).isEqualTo(130);
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(tables()).contains("halfway");
    }
}
