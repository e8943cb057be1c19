package io.mhras.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The migrations of the sample's five systems, rehearsed. */
class SampleSystemsRehearsalTest {

    private static CommandRun rehearse(String system, String... more) {
        Path files = Path.of("../sample-app/src/main/resources/db").resolve(system);
        try (TestDatabase database = TestServer.newDatabase()) {
            String[] arguments = new String[more.length + 1];
            arguments[0] = "rehearse";
            System.arraycopy(more, 0, arguments, 1, more.length);
            return CommandRun.of(Map.of("DATABASE_URL", database.url(), "MIGRATION_PATH", files.toString()), arguments);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mhras", "healthcare", "auditor"})
    void aSystemIsProved(String system) {
        CommandRun run = rehearse(system);

        assertThat(run.code()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("taken back, each to the schema before", "applied once more in one run");
    }

    @Test
    void aSystemWithASchemaForItsHistoryIsProved() {
        CommandRun run = rehearse("compliance/postgresql", "--schema", "regulatory", "--table", "migrations");

        assertThat(run.code()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("4 taken back, each to the schema before");
    }

    @Test
    void eachGroupOfChecksOfTheAlliedHealthSystemIsALine() {
        CommandRun run = rehearse("allied-health");

        assertThat(run.code()).as(run.out() + run.err()).isZero();
        assertThat(run.out().substring(run.out().indexOf("Checks at the end")))
                .contains(
                        "\u2713 extension pgcrypto\n",
                        "\u2713 text encryption\n",
                        "\u2713 JSON encryption\n",
                        "\u2713 tables\n",
                        "\u2713 indexes\n",
                        "\u2713 enum types\n");
    }
}
