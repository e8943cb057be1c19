package io.mhras.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What scripts say reaches whoever runs them. */
class ScriptOutputTest extends MongoCommandTest {

    private void writeScripts() throws IOException {
        write("001_one.sql", """
                DO $$ BEGIN
                    RAISE NOTICE 'a notice';
                    RAISE WARNING 'a warning \u001b[2J';
                END $$;
                """);
        write("001_one.js", "print('a line of print');\ndb.patients.insertOne({});\n");
    }

    @Test
    void warningsAndPrintedLinesGoToStandardError() throws IOException {
        writeScripts();

        CommandRun run = doneBoth("apply");

        assertThat(run.out()).doesNotContain("a warning", "a line of print");
        assertThat(run.err())
                .contains("001_one.sql: warning: a warning \\x1b[2J\n", "001_one.js: a line of print\n")
                .doesNotContain("a notice");
    }

    @Test
    void noticesDoWithVerbose() throws IOException {
        writeScripts();

        assertThat(doneBoth("apply", "--verbose").err())
                .contains("001_one.sql: notice: a notice\n", "warning: a warning", "a line of print");
    }

    @Test
    void quietLeavesWarnings() throws IOException {
        writeScripts();

        assertThat(doneBoth("apply", "--quiet").err()).isEqualTo("001_one.sql: warning: a warning \\x1b[2J\n");
    }

    @Test
    void jsonHasAllOfIt() throws IOException {
        writeScripts();

        JsonNode json = doneBoth("apply", "--format", "json").json();

        JsonNode postgresql = json.get("postgresql").get("output");
        assertThat(postgresql.get(0).get("script").asString()).isEqualTo("001_one.sql");
        assertThat(postgresql.get(0).get("level").asString()).isEqualTo("notice");
        assertThat(postgresql.get(0).get("text").asString()).isEqualTo("a notice");
        assertThat(postgresql.get(1).get("text").asString()).isEqualTo("a warning \u001b[2J");
        assertThat(json.get("mongodb").get("output").get(0).get("text").asString())
                .isEqualTo("a line of print");
        assertThat(json.get("postgresql").get("events")).hasSize(1);
    }

    @Test
    void aFailureHasItToo() throws IOException {
        write("001_one.sql", "DO $$ BEGIN RAISE WARNING 'before'; END $$;\nSELECT nothing FROM nowhere;\n");

        CommandRun run = CommandRun.of(both(), "apply", "--db-type", "postgresql", "--format", "json");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.json().get("error").asString()).contains("001_one.sql:2");
        assertThat(run.json().get("output").get(0).get("text").asString()).isEqualTo("before");
    }
}
