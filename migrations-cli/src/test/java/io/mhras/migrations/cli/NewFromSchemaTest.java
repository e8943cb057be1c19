package io.mhras.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

class NewFromSchemaTest extends CommandTest {

    private static final String PATIENTS =
            "CREATE TABLE patients (patient_id BIGINT PRIMARY KEY, name TEXT, consent BOOLEAN);\n";
    private static final String VISITS = "CREATE TABLE visits (visit_id BIGINT PRIMARY KEY);\n";

    @TempDir
    Path elsewhere;

    private Path schema;

    @BeforeEach
    void write() throws IOException {
        writeThree();
        schema = elsewhere.resolve("schema.sql");
    }

    private void wanted(String... statements) throws IOException {
        Files.writeString(schema, String.join("\n", statements));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.startsWith("004"))
                    .sorted()
                    .toList();
        }
    }

    private CommandRun newFrom(String... more) {
        return run(Stream.concat(Stream.of("new", "add notes", "--from-schema", schema.toString()), Stream.of(more))
                .toArray(String[]::new));
    }

    @Test
    void whatIsMissingIsWrittenAndProved() throws IOException {
        wanted(PATIENTS, "ALTER TABLE patients ADD COLUMN notes text NOT NULL DEFAULT '';", VISITS);

        CommandRun run = newFrom();

        assertThat(run.code()).as(run.toString()).isZero();
        assertThat(run.err())
                .contains("Compared: 3 migrations with schema.sql\n")
                .contains("  + column public.patients.notes\n")
                .contains("Proved on a scratch database: up gives schema.sql; down gives what was before.\n");
        assertThat(files()).containsExactly("004_add_notes.down.sql", "004_add_notes.sql");
        assertThat(Files.readString(folder.resolve("004_add_notes.sql"))).isEqualTo("""
                -- add notes
                -- Written from schema.sql.

                ALTER TABLE patients ADD COLUMN notes text DEFAULT ''::text NOT NULL;
                """);
        assertThat(Files.readString(folder.resolve("004_add_notes.down.sql"))).isEqualTo("""
                -- Takes back 004_add_notes.sql.

                -- Deletes the values of patients.notes.
                ALTER TABLE patients DROP COLUMN notes;
                """);
        assertThat(tables()).isEmpty();
        done("apply", "--force");
        done("rollback", "003", "--force");
        assertThat(new JdbcTemplate(database.dataSource())
                        .queryForList("SELECT datname FROM pg_database WHERE datname LIKE 'mhras_scratch_%'"))
                .isEmpty();
    }

    @Test
    void whereNothingDiffersNothingIsWritten() throws IOException {
        wanted(PATIENTS, VISITS);

        CommandRun run = newFrom();

        assertThat(run.code()).isZero();
        assertThat(run.err()).contains("The migrations make schema.sql. Nothing was written.");
        assertThat(files()).isEmpty();
        done("apply", "--force", "--quiet");
        assertThat(done("check", "--from-schema", schema.toString(), "--quiet").out())
                .isEmpty();
    }

    @Test
    void whatIsNotWantedAnyMoreIsHeldBack() throws IOException {
        wanted(PATIENTS);

        CommandRun run = newFrom();

        assertThat(run.code()).isZero();
        assertThat(run.err())
                .contains("  - table public.visits   HELD BACK\n")
                .contains("held back     table public.visits: it stays; --drop public.visits drops it\n")
                .contains("Nothing was written.");
        assertThat(files()).isEmpty();

        CommandRun dropping = newFrom("--drop", "visits");
        assertThat(dropping.code()).isZero();
        assertThat(dropping.err()).contains("deletes the data of table public.visits");
        assertThat(Files.readString(folder.resolve("004_add_notes.sql"))).endsWith("DROP TABLE visits;\n");
    }

    @Test
    void aRenameIsAskedAndNeverGuessed() throws IOException {
        wanted(PATIENTS.replace("consent", "agreed"), VISITS);

        CommandRun unanswered = newFrom();
        assertThat(unanswered.code()).isEqualTo(3);
        assertThat(unanswered.err())
                .contains("The column public.patients.consent is gone, and came: column public.patients.agreed."
                        + " That may be a rename: --rename public.patients.consent=agreed;"
                        + " or --no-rename public.patients.consent if it is none.\nNothing was written.");
        assertThat(files()).isEmpty();

        CommandRun quit = CommandRun.typing("q\n", environment(), "new", "x", "--from-schema", schema.toString());
        assertThat(quit.code()).isEqualTo(3);
        assertThat(quit.err())
                .contains("Is the column public.patients.agreed the renamed column public.patients.consent?");

        CommandRun yes = CommandRun.typing("y\n", environment(), "new", "x", "--from-schema", schema.toString());
        assertThat(yes.code()).as(yes.toString()).isZero();
        assertThat(yes.err()).contains("  ~ column public.patients.consent: renamed to agreed\n");
        assertThat(Files.readString(folder.resolve("004_x.sql")))
                .contains("ALTER TABLE patients RENAME COLUMN consent TO agreed;");
        assertThat(Files.readString(folder.resolve("004_x.down.sql")))
                .contains("ALTER TABLE patients RENAME COLUMN agreed TO consent;");
    }

    @Test
    void aRenameThatIsNoneIsRefused() throws IOException {
        wanted(PATIENTS, VISITS);

        CommandRun run = newFrom("--rename", "patients.nothing=something");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains(
                        "--rename patients.nothing=something: there is nothing of the first name that is gone, or nothing"
                                + " like it of the second that came.");
        assertThat(newFrom("--rename", "x").err()).contains("--rename x does not say the new name.");
    }

    @Test
    void aBrokenSchemaIsNamedWithItsPlace() throws IOException {
        wanted(PATIENTS, "CREATE TABLE broken (x nosuchtype);");

        CommandRun run = newFrom();

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("schema.sql:3").contains("type \"nosuchtype\" does not exist");
        assertThat(files()).isEmpty();
    }

    @Test
    void aSchemaThatReachesBeyondADatabaseIsRefusedBeforeAnythingRuns() throws IOException {
        wanted(PATIENTS, VISITS, "CREATE ROLE of_a_wanted_schema;");

        CommandRun run = newFrom();

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("schema.sql:5").contains("would outlive the scratch database, so nothing ran.");
        assertThat(files()).isEmpty();
        assertThat(new JdbcTemplate(database.dataSource())
                        .queryForList("SELECT FROM pg_roles WHERE rolname = 'of_a_wanted_schema'"))
                .isEmpty();
    }

    @Test
    void theRealDatabasesNameMeansTheScratchDatabase() throws IOException {
        JdbcTemplate real = new JdbcTemplate(database.dataSource());
        String name = real.queryForObject("SELECT current_database()", String.class);
        wanted(PATIENTS, VISITS, "ALTER DATABASE " + name + " SET work_mem = '7MB';");

        CommandRun run = newFrom();

        assertThat(run.code()).as(run.toString()).isZero();
        assertThat(real.queryForList(
                        "SELECT s.setconfig::text FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase"
                                + " WHERE d.datname = current_database()",
                        String.class))
                .noneMatch(setting -> setting.contains("work_mem"));
    }

    @Test
    void aPasswordIsNotShown() {
        done("apply", "--force", "--quiet");

        CommandRun run = done("diff", database.url() + "&password=sesame", "migrations");

        assertThat(run.out() + run.err()).contains("password=***").doesNotContain("sesame");
    }

    @Test
    void aSchemaThatIsNotThereIsNamed() {
        CommandRun run = newFrom();

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("schema.sql is not there.");
    }

    @Test
    void filesOfAFolderMayStandInAnyOrder() throws IOException {
        Path wanted = Files.createDirectory(elsewhere.resolve("parts"));
        Files.writeString(wanted.resolve("a_view.sql"), "CREATE VIEW names AS SELECT name FROM patients;");
        Files.writeString(wanted.resolve("b_patients.sql"), PATIENTS);
        Files.writeString(wanted.resolve("c_visits.sql"), VISITS);

        CommandRun run = run("new", "names", "--from-schema", wanted.toString(), "--output", "-");

        assertThat(run.code()).as(run.toString()).isZero();
        assertThat(run.out()).contains("-- 004_names.sql\n").contains("CREATE VIEW names AS\n");
        assertThat(files()).isEmpty();
    }

    @Test
    void whatARepeatableMakesIsChangedThere() throws IOException {
        write("R_names.sql", "CREATE OR REPLACE VIEW names AS SELECT name FROM patients;");
        wanted(PATIENTS, VISITS, "CREATE VIEW names AS SELECT name, consent FROM patients;");

        CommandRun run = newFrom();

        assertThat(run.code()).as(run.toString()).isZero();
        assertThat(run.err())
                .contains("The view public.names is made by filesystem:" + folder.resolve("R_names.sql")
                        + ". Change it there:\n" + "CREATE OR REPLACE VIEW public.names AS\n");
        assertThat(files()).isEmpty();
    }

    @Test
    void inJson() throws IOException {
        wanted(PATIENTS, "ALTER TABLE patients ADD COLUMN notes text;");

        JsonNode json = newFrom("--format", "json").json();

        assertThat(json.path("differs").asBoolean()).isTrue();
        assertThat(json.path("changes").get(0).asString()).isEqualTo("+ column public.patients.notes");
        assertThat(json.path("heldBack").get(0).path("sql").asString()).isEqualTo("DROP TABLE public.visits");
        assertThat(json.path("files")).hasSize(2);
        assertThat(newFrom("--format", "json", "--output", "-").json().path("files"))
                .isEmpty();
    }

    @Test
    void aCheckSaysWhatIsMissingAndHowToWriteIt() throws IOException {
        wanted(PATIENTS, "ALTER TABLE patients ADD COLUMN notes text;", VISITS);

        CommandRun run = run("check", "--from-schema", schema.toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).endsWith("""
                The migrations do not make schema.sql:
                  + column public.patients.notes

                ALTER TABLE public.patients ADD COLUMN notes text;

                This writes it: migrations new "..." --from-schema %s
                """.formatted(schema));
    }

    @Test
    void versionsAndDatabasesAreCompared() {
        CommandRun versions = run("diff", "001", "head", "--sql");
        assertThat(versions.code()).isEqualTo(1);
        assertThat(versions.out())
                .contains("ALTER TABLE public.patients ADD COLUMN consent boolean;\n")
                .contains("CREATE TABLE public.visits (");

        done("apply", "--force", "--quiet");
        CommandRun same = done("diff", database.url(), "migrations");
        assertThat(same.out())
                .startsWith("No difference between jdbc:postgresql://")
                .endsWith(" and the migrations.\n");

        CommandRun missing = run("diff", "nothing.sql", "head");
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.err()).contains("nothing.sql is not there.");
    }
}
