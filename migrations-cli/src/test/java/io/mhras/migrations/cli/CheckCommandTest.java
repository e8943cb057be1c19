package io.mhras.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code check} tells a pipeline whether the database is at the head. */
class CheckCommandTest extends CommandTest {

    @Test
    void atTheHeadAllIsWell() throws IOException {
        writeThree();
        done("apply");

        assertThat(done("check").out()).isEqualTo("postgresql: at the head\n");
        assertThat(done("check", "--quiet").out()).isEmpty();
    }

    @Test
    void whatIsPendingIsListed() throws IOException {
        writeThree();
        done("apply", "001");

        CommandRun run = run("check");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo("""
                VERSION  STATE    DESCRIPTION
                002      pending  add consent
                003      pending  create visits

                postgresql: 2 of 3 stand in the way of the head; 'migrations apply' applies them
                """);
        CommandRun quiet = run("check", "-q");
        assertThat(quiet.code()).isEqualTo(1);
        assertThat(quiet.out() + quiet.err()).isEmpty();
    }

    @Test
    void conflictsAreListedBesideWhatIsPending() throws IOException {
        writeThree();
        done("apply", "002");
        write("001_create_patients.sql", "CREATE TABLE other (id int);\n");

        CommandRun run = run("check");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out())
                .contains("001      changed  create patients", "003      pending  create visits")
                .endsWith("postgresql: 2 of 3 stand in the way of the head; 'migrations validate' explains\n");
        JsonNode answer = run("check", "--format", "json").json();
        assertThat(answer.get("state").asString()).isEqualTo("CONFLICT");
        assertThat(answer.get("open")).hasSize(2);
    }

    @Test
    void aNewerReleaseIsNoReasonToFail() throws IOException {
        writeThree();
        done("apply");
        Files.delete(folder.resolve("003_create_visits.sql"));
        Files.delete(folder.resolve("003_create_visits.down.sql"));

        assertThat(done("check").out()).isEqualTo("postgresql: at the head; a newer release has applied more\n");
    }
}
