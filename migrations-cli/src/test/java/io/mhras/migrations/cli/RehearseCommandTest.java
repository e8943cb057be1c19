package io.mhras.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

class RehearseCommandTest extends CommandTest {

    @BeforeEach
    void write() throws IOException {
        writeThree();
        write(
                "001_create_patients.verify.sql",
                "-- migrate:check table patients\nSELECT to_regclass('patients') IS NOT NULL;\n");
    }

    private static String steady(String text) {
        return text.replaceAll("\\d+ ms", "0 ms")
                .replaceAll("\\d+\\.\\d s", "0.0 s")
                .replaceAll("PostgreSQL [\\d.]+", "PostgreSQL 18");
    }

    @Test
    void aBlockForEachMigrationAndAVerdict() {
        CommandRun run = done("rehearse");

        assertThat(steady(run.out())).isEqualTo("""
                Up, one by one
                  001 create patients, 0 ms
                    + 1 table
                    \u2713 table patients
                  002 add consent, 0 ms
                    + 1 column
                    lock: measured on PostgreSQL 18: ACCESS EXCLUSIVE on table public.patients; nobody else can read or write it until it is done.
                      002_add_consent.sql:1: ALTER TABLE patients ADD COLUMN consent BOOLEAN
                    missing-check: it has no verify script: nothing says whether it worked.
                  003 create visits, 0 ms
                    + 1 table
                    missing-check: it has no verify script: nothing says whether it worked.

                Down, the newest first
                  003 create visits, 0 ms: the schema is the one before
                  002 add consent, 0 ms: the schema is the one before
                  001 create patients, 0 ms: the schema is the one before

                Up once more
                  All of it in one run, 0 ms: the same schema as one by one

                Checks at the end
                  \u2713 table patients

                Proved on PostgreSQL 18, in 0.0 s:
                  3 applied, one by one
                  3 taken back, each to the schema before
                  applied once more in one run, with the same schema
                  1 check holds at the end
                Not proved:
                  that it worked, for want of a check: 002, 003
                Findings: 1 lock, 2 missing-check
                """);
        assertThat(tables()).isEmpty();
        assertThat(scratchDatabases()).isEmpty();
    }

    private List<String> scratchDatabases() {
        return new JdbcTemplate(database.dataSource())
                .queryForList("SELECT datname FROM pg_database WHERE datname LIKE 'mhras_scratch_%'", String.class);
    }

    @Test
    void findingsAreFailuresOnlyWithStrict() {
        assertThat(run("rehearse", "--quiet").code()).isZero();

        CommandRun strict = run("rehearse", "--quiet", "--strict");

        assertThat(strict.code()).isEqualTo(1);
        assertThat(strict.out()).startsWith("Proved on").contains("Findings: 1 lock, 2 missing-check");
    }

    @Test
    void aWrongDownScriptEndsWithOne() throws IOException {
        write("003_create_visits.down.sql", "SELECT 1;\n");

        CommandRun run = run("rehearse", "--quiet");

        assertThat(run.code()).isEqualTo(1);
        assertThat(steady(run.out())).startsWith("""
                  003 create visits, 0 ms
                    NOT THE SCHEMA BEFORE: + is left over, - is missing, ~ is not what it was
                      + table public.visits
                NOT PROVED on PostgreSQL 18, in 0.0 s; of it is proved:
                """);
    }

    @Test
    void inJson() throws IOException {
        write("002_add_consent.down.sql", "SELECT 1;\n");

        CommandRun run = run("rehearse", "--format", "json");

        assertThat(run.code()).isEqualTo(1);
        JsonNode json = run.json();
        assertThat(json.at("/proved").asBoolean()).isFalse();
        assertThat(json.at("/migrations/1/down/outcome").asString()).isEqualTo("differs");
        assertThat(json.at("/migrations/1/down/differences/0").asString())
                .isEqualTo("+ column public.patients.consent");
        assertThat(json.at("/migrations/1/statements/0/locks/0").asString())
                .isEqualTo("ACCESS EXCLUSIVE on table public.patients");
        assertThat(json.at("/findings/0/rule").asString()).isEqualTo("lock");
        assertThat(json.at("/findings/0/line").asInt()).isEqualTo(1);
    }

    @Test
    void asJUnitAndHtml() throws IOException {
        write("002_add_consent.down.sql", "SELECT 1;\n");
        Files.delete(folder.resolve("003_create_visits.down.sql"));
        Path reports = Files.createDirectory(folder.resolve("reports"));
        Path junit = reports.resolve("rehearsal.xml");
        Path html = reports.resolve("rehearsal.html");

        run("rehearse", "--quiet", "--junit", junit.toString(), "--html", html.toString());

        assertThat(Files.readString(junit))
                .contains(
                        "<testsuite name=\"migrations.postgresql.rehearse\" tests=\"9\" failures=\"1\" errors=\"0\" skipped=\"1\"")
                .contains("name=\"001 table patients\"", "name=\"001 table patients at the end\"")
                .contains("name=\"003_create_visits.sql, taken back\"")
                .contains(
                        "<failure type=\"down\" message=\"the schema differs\">+ column public.patients.consent</failure>");
        assertThat(Files.readString(html))
                .contains("<h1>Rehearsal of the migrations of PostgreSQL</h1>")
                .contains("+ column public.patients.consent", "ACCESS EXCLUSIVE on table public.patients")
                .contains("no down script");
    }

    @Test
    void aBarShowsHowFarItIs() {
        CommandRun run = CommandRun.onScreen(80, environment(), "rehearse");

        assertThat(run.err())
                .contains("[..............................] 0/9 up 001 create patients")
                .contains("[##########....................] 3/9 down 003 create visits")
                .contains("8/9 up 003 create visits");
    }

    @Test
    void oneMigration() {
        CommandRun run = done("rehearse", "002");

        assertThat(run.out())
                .contains("  002 add consent", "1 applied, one by one, after 1 before")
                .doesNotContain("003");
    }

    @Test
    void whatIsPending() {
        done("apply", "--target", "001");
        database.run("INSERT INTO patients VALUES (1, 'Ann')");

        CommandRun run = done("rehearse", "--pending");

        assertThat(run.out()).contains("2 applied, one by one, after 1 before").doesNotContain("  001 create patients");
        assertThat(tables()).containsExactly("migration_history", "patients");
        done("apply");
        assertThat(done("rehearse", "--pending").err()).contains("There is nothing to rehearse.");
    }

    @Test
    void aRepeatableThatHasChangedIsRehearsedOnWhatItMadeBefore() throws IOException {
        write("R_names.sql", "CREATE OR REPLACE VIEW names AS SELECT patient_id, name FROM patients;\n");
        done("apply");
        write("R_names.sql", "CREATE OR REPLACE VIEW names AS SELECT name FROM patients;\n");

        CommandRun run = run("rehearse", "--pending");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("  R_names, ", "cannot drop columns from view");
    }

    @Test
    void fromADumpAndWithItsRows() throws IOException {
        write("004_names.sql", "ALTER TABLE patients ALTER COLUMN name SET NOT NULL;\n");
        write("production.dump", CREATE_PATIENTS + "ALTER TABLE patients ADD COLUMN consent BOOLEAN;\n");
        write("rows.dump", "COPY patients (patient_id, name) FROM stdin;\n1\t\\N\n\\.\n");
        String dump = folder.resolve("production.dump").toString();

        assertThat(run("rehearse", "--from", "002", "--schema-file", dump).code())
                .isZero();
        CommandRun filled = run(
                "rehearse",
                "--from",
                "002",
                "--schema-file",
                dump,
                "--with-data",
                folder.resolve("rows.dump").toString());

        assertThat(filled.code()).isEqualTo(1);
        assertThat(filled.out())
                .contains("004_names.sql failed; nothing of it was kept.")
                .contains("column \"name\" of relation \"patients\" contains null values");
    }

    @Test
    void contradictions() {
        assertThat(run("rehearse", "002", "--pending").err())
                .contains("VERSION, --pending and --from each say where the rehearsal begins.");
        assertThat(run("rehearse", "--from", "002").err()).contains("--from and --schema-file go together");
        assertThat(run("rehearse", "--with-data", "x").err()).contains("--with-data has no tables to load into");
        assertThat(run("rehearse", "002", "--with-data", "nowhere.sql").err()).contains("nowhere.sql cannot be read.");
        assertThat(run("rehearse", "002", "--tags", "v*").err())
                .contains("--tags compares with what all migrations give");
        CommandRun unknown = run("rehearse", "007");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("There is no migration 007.");
    }

    @Test
    void fromTheFilesOfTags() throws IOException, InterruptedException {
        git("init", "-q");
        Files.delete(folder.resolve("003_create_visits.sql"));
        Files.delete(folder.resolve("003_create_visits.down.sql"));
        tag("v1");
        write("002_add_consent.sql", "ALTER TABLE patients ADD COLUMN consent BOOLEAN DEFAULT false;\n");
        write("003_create_visits.sql", "CREATE TABLE visits (visit_id BIGINT PRIMARY KEY);\n");
        tag("v2");
        write("004_more.sql", "ALTER TABLE visits ADD COLUMN note text;\n");

        CommandRun run = run("rehearse", "--tags", "v*");

        assertThat(run.code()).isEqualTo(1);
        assertThat(steady(run.out()))
                .contains("""
                From tags to the present files
                  From v1 (2), 0 ms
                    FAILED:""")
                .contains("002", "  From v2 (3), 0 ms: the same schema\n")
                .contains("  from v2 to the present files, with the same schema\n")
                .contains("Not proved:", "  from v1 to the present files: it failed\n");

        assertThat(run("rehearse", "--tags", "w*").err()).contains("No tag of the repository of", "matches 'w*'.");
    }

    @Test
    void filesThatAreInNoRepositoryHaveNoTags() {
        CommandRun run = run("rehearse", "--tags", "v*");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("not a git repository", "The migration files have to be in a Git repository");
    }

    private void tag(String name) throws IOException, InterruptedException {
        git("add", "-A");
        git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "-m", name);
        git("tag", name);
    }

    private void git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + ": " + said);
        }
    }

    @Test
    void withoutADatabaseAServerHasToBeNamed() {
        CommandRun run = CommandRun.of(Map.of("MIGRATION_PATH", folder.toString()), "rehearse");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("No database is given.");

        CommandRun on = CommandRun.of(
                Map.of("MIGRATION_PATH", folder.toString()), "rehearse", "--quiet", "--on", database.url());
        assertThat(on.code()).isZero();
    }
}
