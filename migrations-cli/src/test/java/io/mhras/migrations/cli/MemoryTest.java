package io.mhras.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said where Java's memory ends, in a process of its own. */
class MemoryTest extends CommandTest {

    private static final String REMEDY = "MIGRATIONS_JAVA_OPTS=-Xmx512m";

    @BeforeEach
    void aStatementThatIsTooLong() throws IOException {
        write("001_create_documents.sql", "CREATE TABLE documents (content TEXT);\n");
        write("002_insert.sql", "INSERT INTO documents VALUES ('" + "x".repeat(30_000_000) + "');\n");
    }

    private Process start(String... arguments) throws IOException {
        Map<String, String> environment = new HashMap<>(environment());
        environment.put("JAVA_TOOL_OPTIONS", "-Xmx40m");
        return CancelTest.start(environment, arguments);
    }

    @Test
    void aRunSaysWhereAndWhatItHasDone() throws Exception {
        Process apply = start("apply", "--force");

        assertThat(CancelTest.output(apply))
                .contains("applied 001 create documents")
                .contains("002_insert.sql:1:1: the statement that begins here is too long: of its text, ")
                .contains(REMEDY)
                .doesNotContain("\tat ");
        assertThat(apply.waitFor()).isEqualTo(1);
        assertThat(done("history", "--events").out()).contains("applied  001").contains("failed   002");
    }

    @Test
    void aVerbThatOnlyReadsShowsNoStackTrace() throws Exception {
        Process dryRun = start("apply", "--dry-run");

        assertThat(CancelTest.output(dryRun))
                .containsPattern("Java's memory \\(\\d+ MB\\) is not enough\\.\n\nWhat to do: Give Java more memory")
                .contains(REMEDY)
                .doesNotContain("\tat ");
        assertThat(dryRun.waitFor()).isEqualTo(1);
    }

    @Test
    void oneLongLineIsNoHindranceToReadingTheFiles() throws Exception {
        Process status = start("status");

        assertThat(CancelTest.output(status)).contains("postgresql: 2 to apply");
        assertThat(status.waitFor()).isZero();
    }
}
