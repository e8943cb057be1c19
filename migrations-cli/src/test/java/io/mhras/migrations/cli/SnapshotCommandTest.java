package io.mhras.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SnapshotCommandTest extends CommandTest {

    @BeforeEach
    void applyThree() throws IOException {
        writeThree();
        done("apply");
    }

    @Test
    void theSchemaIsPrintedWithoutTheHistory() {
        CommandRun run = done("snapshot");

        assertThat(run.out()).startsWith("# PostgreSQL ").endsWith("""
                schema public
                  comment 'standard public schema'

                table public.patients
                  patient_id bigint, not null
                  name text
                  consent boolean
                  constraint patients_pkey PRIMARY KEY (patient_id)

                table public.visits
                  visit_id bigint, not null
                  constraint visits_pkey PRIMARY KEY (visit_id)
                """);
    }

    @Test
    void objectsCanBeLeftOut() {
        assertThat(done("snapshot", "--include", "pat*", "--exclude", "kind:constraint")
                        .out())
                .doesNotContain("visits", "pkey", "schema public")
                .contains("table public.patients\n  patient_id bigint, not null\n");

        CommandRun wrong = run("snapshot", "--exclude", "kind:tabel");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err())
                .startsWith("There is no kind 'tabel'. The kinds are extension, schema,")
                .contains("Correct --include or --exclude");
    }

    @Test
    void inJson() {
        JsonNode json = done("snapshot", "--format", "json").json();

        assertThat(json.at("/objects").valueStream())
                .anySatisfy(fact -> assertThat(fact.toString())
                        .isEqualTo("{\"kind\":\"column\",\"path\":[\"public\",\"patients\",\"consent\"],"
                                + "\"parent\":[\"public\",\"patients\"],\"attributes\":{\"type\":\"boolean\"}}"));
    }

    @Test
    void asStatementsThatMakeItAgain() {
        database.run(
                "CREATE SEQUENCE numbers; CREATE INDEX ON patients (name);"
                        + " CREATE CAST (text AS point) WITH INOUT; CREATE VIEW consenting AS SELECT patient_id FROM patients WHERE consent");

        CommandRun run = done("snapshot", "--format", "sql");

        assertThat(run.err()).contains("not written: casts: 1, of a kind that is not read");
        assertThat(run.out())
                .startsWith("-- A schema of PostgreSQL ")
                .contains("\n-- not written: casts: 1, of a kind that is not read\n")
                .contains("""

                        CREATE TABLE public.visits (
                          visit_id bigint NOT NULL
                        );

                        """)
                .doesNotContain("migration_history");
        try (TestDatabase again = TestServer.newDatabase()) {
            again.run(run.out());
            Map<String, String> other = Map.of("DATABASE_URL", again.url(), "MIGRATION_PATH", folder.toString());
            assertThat(CommandRun.of(other, "snapshot").out())
                    .isEqualTo(done("snapshot").out().replace("# not read: casts: 1\n", ""));
        }
    }

    @Test
    void whatIsLeftOutCanBeSet() throws IOException {
        Path settings = folder.resolve("settings.properties");
        write(
                "settings.properties",
                "mhras.migrations.schema.exclude=visits, kind:comment\nmhras.migrations.schema.include=public.*,schema:public");

        assertThat(done("snapshot", "--config", settings.toString()).out())
                .contains("table public.patients")
                .doesNotContain("visits", "comment");
        assertThat(done("snapshot", "--config", settings.toString(), "--exclude", "patients")
                        .out())
                .contains("table public.visits")
                .doesNotContain("patients");

        write("settings.properties", "mhras.migrations.schema.exclude=kind:tabel");
        CommandRun wrong = run("snapshot", "--config", settings.toString());
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err())
                .contains("There is no kind 'tabel'.", "schema.include or schema.exclude in the settings");
    }

    @Test
    void otherToolsHistoriesAreNamed() {
        database.run("CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)");

        assertThat(done("snapshot").out())
                .contains("\n# left out: table public.alembic_version, of alembic\n")
                .doesNotContain("version_num");
        JsonNode json = done("snapshot", "--format", "json").json();
        assertThat(json.at("/leftOut/0").asString()).isEqualTo("table public.alembic_version, of alembic");
        assertThat(json.at("/notReadable").isArray()).isTrue();
    }

    @Test
    void theDatabaseIsComparedWithWhatWasKept() throws IOException {
        CommandRun missing = run("snapshot", "--check");
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.err())
                .contains("There is no file " + folder.resolve("expected-schema.txt") + " to compare with.")
                .contains("migrations snapshot --update");

        assertThat(done("snapshot", "--update").err()).contains("Wrote " + folder.resolve("expected-schema.txt") + ".");
        assertThat(done("snapshot", "--check").out()).isEmpty();

        database.run(
                "ALTER TABLE patients ALTER COLUMN name SET NOT NULL; DROP TABLE visits; CREATE TABLE extra (id int)");
        CommandRun differs = run("snapshot", "--check");
        assertThat(differs.code()).isEqualTo(1);
        assertThat(differs.out()).contains("""
                  + table public.extra
                  ~ table public.patients
                      - name text
                      + name text, not null
                  - table public.visits
                """);

        String kept = Files.readString(folder.resolve("expected-schema.txt"));
        write("expected-schema.txt", kept.replaceFirst("# PostgreSQL \\d+", "# PostgreSQL 9"));
        CommandRun other = done("snapshot", "--check");
        assertThat(other.err())
                .contains("was written on PostgreSQL 9, and this is PostgreSQL ", "nothing was compared.");
    }

    @Test
    void theFileBesideTheMigrationsIsNoMigration() {
        done("snapshot", "--update");

        assertThat(done("validate").err()).doesNotContain("expected-schema");
    }

    @Test
    void aDatabaseThatIsNotThereIsNamed() {
        CommandRun run = run("snapshot", "--url", "postgresql://clinic@localhost:1/clinic");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("localhost:1");
    }
}
