package io.mhras.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

@Timeout(180)
class DriftCommandTest extends CommandTest {

    private static final String SLOW = "CREATE TABLE slow (id INT);\nSELECT pg_sleep(600)";

    private String author = "";

    @BeforeEach
    void applyThree() throws IOException {
        writeThree();
        done("apply");
        author = "author_" + database.name();
    }

    @AfterEach
    void dropWhatIsOutsideOfTheDatabase() {
        scratchDatabases().forEach(name -> database.run("DROP DATABASE " + name + " WITH (FORCE)"));
        List<String> roles = new JdbcTemplate(database.dataSource())
                .queryForList("SELECT rolname FROM pg_roles WHERE rolname = ?", String.class, author);
        roles.forEach(role -> database.run("DROP OWNED BY " + role + "; DROP ROLE " + role));
    }

    private List<String> scratchDatabases() {
        return new JdbcTemplate(database.dataSource())
                .queryForList(
                        "SELECT datname FROM pg_database WHERE datname LIKE 'mhras_scratch%' ORDER BY 1", String.class);
    }

    @Test
    void aDatabaseThatWasNotTouchedIsWhatItsMigrationsMake() {
        CommandRun run = done("drift");

        assertThat(run.out())
                .isEqualTo("The database " + database.name() + " is what the 3 migrations that are applied make.\n");
        assertThat(run.err()).isEmpty();
        assertThat(scratchDatabases()).isEmpty();
    }

    @Test
    void whatWasChangedByHandIsShownObjectByObject() {
        database.run("ALTER TABLE patients ADD COLUMN nickname TEXT, ALTER COLUMN name SET NOT NULL;"
                + " DROP TABLE visits; CREATE INDEX by_hand ON patients (name)");

        CommandRun run = run("drift");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEqualTo("""
                The database %s differs from what the 3 migrations that are applied make, in 2 objects.

                table public.patients
                  column name
                    in the database:   not null
                    by the migrations: as usual
                    Changed by hand after 001_create_patients.sql.
                  column nickname
                    in the database:   type text
                    by the migrations: not there
                    Made by hand: no migration mentions it.
                  index by_hand
                    in the database:   CREATE INDEX by_hand ON public.patients USING btree (name)
                    by the migrations: not there
                    Made by hand: no migration mentions it.

                table public.visits
                  in the database:   not there
                  by the migrations: there
                  Dropped or renamed by hand after 003_create_visits.sql.

                To take it into the migrations, a new one would be:

                  DROP TABLE public.visits;
                  ALTER TABLE public.patients ALTER COLUMN name SET NOT NULL;
                  ALTER TABLE public.patients ADD COLUMN nickname text;
                  CREATE INDEX by_hand ON public.patients USING btree (name);

                To make the database what the migrations make (read it before you run it):

                  DROP INDEX public.by_hand;
                  ALTER TABLE public.patients DROP COLUMN nickname;
                  CREATE TABLE public.visits (
                    visit_id bigint NOT NULL
                  );
                  ALTER TABLE public.patients ALTER COLUMN name DROP NOT NULL;
                  ALTER TABLE public.visits ADD CONSTRAINT visits_pkey PRIMARY KEY (visit_id);
                """.formatted(database.name()));
    }

    @Test
    void inJson() {
        database.run("CREATE TABLE by_hand (id INT)");
        CommandRun run = run("drift", "--format", "json");

        assertThat(run.code()).isEqualTo(1);
        JsonNode json = run.json();
        assertThat(json.at("/result").asString()).isEqualTo("DIFFERS");
        assertThat(json.at("/migrations").asInt()).isEqualTo(3);
        assertThat(json.at("/differences/0").toString())
                .isEqualTo("{\"object\":\"table public.by_hand\",\"what\":\"table public.by_hand\",\"side\":"
                        + "\"DATABASE_ONLY\",\"inDatabase\":{},\"cause\":\"Made by hand: no migration mentions it.\"}");
        assertThat(json.at("/sqlForDatabase/sql/0").asString()).isEqualTo("DROP TABLE public.by_hand");
        assertThat(json.at("/notes").isEmpty()).isTrue();

        assertThat(done("drift", "--format", "json", "--exclude", "by_*")
                        .json()
                        .at("/result")
                        .asString())
                .isEqualTo("SAME");
    }

    @Test
    void theScratchDatabaseIsKeptOnRequest() {
        CommandRun run = done("drift", "--keep");

        assertThat(run.err())
                .matches(
                        "note: The scratch database stays: postgresql://postgres@localhost:\\d+/mhras_scratch_\\w+\\n");
        assertThat(scratchDatabases()).hasSize(1);
        String url = run.err().strip().replaceFirst(".*: (postgresql:.*)", "$1");
        assertThat(done("status", "--url", url).out()).contains("up to date");
    }

    @Test
    void withoutTheRightToCreateDatabasesTheThreeWaysOutAreNamedAndOneIsTaken() {
        database.run("CREATE ROLE " + author
                + " LOGIN PASSWORD 'secret'; GRANT SELECT ON ALL TABLES IN SCHEMA public TO " + author);
        Map<String, String> environment = new HashMap<>(environment());
        environment.put("DATABASE_URL", database.url().replaceFirst("\\?.*", ""));
        environment.put("PGUSER", author);
        environment.put("PGPASSWORD", "secret");

        CommandRun refused = CommandRun.of(environment, "drift");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err())
                .contains("No scratch database can be made: the user " + author
                        + " may not create databases on this server (it has no CREATEDB). Nothing was made.\n\nWhat to do:"
                        + " Name another PostgreSQL server with '--on'; or let one be started for this with '--embedded';"
                        + " or name an empty database that this user may fill with '--into'.");

        CommandRun on = CommandRun.of(environment, "drift", "--on", database.adminUrl());
        assertThat(on.out()).contains("is what the 3 migrations that are applied make.");
        assertThat(on.code()).isZero();

        String given = "given_" + database.name();
        database.run("CREATE DATABASE " + given + " OWNER " + author);
        try {
            CommandRun into = CommandRun.of(environment, "drift", "--into", given);
            assertThat(into.out()).contains("is what the 3 migrations that are applied make.");
            assertThat(CommandRun.of(environment, "drift", "--into", given).code())
                    .isZero();
            assertThat(CommandRun.of(environment, "drift", "--into", database.name())
                            .err())
                    .startsWith("The database " + database.name()
                            + " is not empty: it has table public.migration_history,");
        } finally {
            database.run("DROP DATABASE " + given);
        }
    }

    @Test
    void onAServerThatIsStartedForIt() {
        String programs = String.valueOf(new JdbcTemplate(database.dataSource())
                .queryForObject("SELECT setting FROM pg_config() WHERE name = 'BINDIR'", String.class));

        assertThat(done("drift", "--embedded", "--server-dir", programs).out()).contains("is what the 3 migrations");
    }

    @Test
    void whatReachesBeyondTheDatabaseIsRefusedWithItsPlace() throws IOException {
        write("004_role.sql", "\n  CREATE ROLE " + author + ";\n");
        done("apply");

        CommandRun run = run("drift");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains(
                        "004_role.sql:2:3: CREATE ROLE changes a role, which all databases of the server share. On the"
                                + " real database's server that would outlive the scratch database, so nothing ran.\n\nWhat to do:"
                                + " Name a PostgreSQL server that is nobody's with '--on', or let one be started for this with"
                                + " '--embedded'.");
        assertThat(scratchDatabases()).isEmpty();
    }

    @Test
    void optionsThatContradictEachOtherAreWrongUsage() {
        assertThat(run("drift", "--on", "postgresql://x@h/d", "--embedded").code())
                .isEqualTo(2);
        CommandRun dir = run("drift", "--server-dir", "/usr");
        assertThat(dir.code()).isEqualTo(2);
        assertThat(dir.err()).startsWith("--server-dir is for --embedded.");
        assertThat(run("drift", "--embedded", "--into", "x").err())
                .startsWith("--into names a database, and the server of --embedded has none yet.");
        assertThat(run("drift", "--embedded", "--keep").err())
                .startsWith("--keep leaves a database there, and the server of --embedded goes.");
        assertThat(run("drift", "--from", "002").err())
                .startsWith("--from and --schema-file go together: the version, and the schema at it.");
        assertThat(run("drift", "--from", "002", "--schema-file", "/no/such").err())
                .startsWith("/no/such cannot be read.");
        CommandRun on = run("drift", "--on", "ftp://me:secret@h/d");
        assertThat(on.code()).isEqualTo(2);
        assertThat(on.err()).contains("is not an address").doesNotContain("secret");
    }

    @Test
    void ofMongoDbThereIsNone() {
        CommandRun run = CommandRun.of(
                Map.of("MONGODB_URL", "mongodb://localhost:1/x", "MIGRATION_PATH", folder.toString()),
                "drift",
                "--url",
                "mongodb://localhost:1/x");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("Drift is looked for in a PostgreSQL database.");
    }

    /** A file that made the database, and that takes its time on an empty one. */
    private Process startSlowly() throws IOException, InterruptedException {
        write("004_slow.sql", SLOW.replace("600", "0") + ";\n");
        done("apply");
        database.run("UPDATE migration_history SET up_script = '" + SLOW + ";' WHERE version = '004'");
        write("004_slow.sql", "SELECT 'changed';\n");
        Process process = CancelTest.start(environment(), "drift");
        while (new JdbcTemplate(database.dataSource())
                .queryForList(
                        "SELECT 1 FROM pg_stat_activity WHERE datname LIKE 'mhras_scratch%' AND wait_event = 'PgSleep'")
                .isEmpty()) {
            assertThat(process.isAlive()).isTrue();
            Thread.sleep(50);
        }
        return process;
    }

    @Test
    void aCancelledOneLeavesNoScratchDatabase() throws Exception {
        CancelTest.interruptsAreNotIgnored();
        Process process = startSlowly();
        try {
            CancelTest.interrupt(process);

            assertThat(CancelTest.output(process))
                    .contains(
                            "Cancelling ...",
                            "Cancelled. The database was only read, and the scratch database is gone.");
            assertThat(process.waitFor()).isEqualTo(130);
            assertThat(scratchDatabases()).isEmpty();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void whatAKilledOneLeavesIsDroppedByALaterOne() throws Exception {
        Process process = startSlowly();
        process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
        List<String> left = scratchDatabases();
        assertThat(left).hasSize(1);
        database.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + left.get(0) + "'");
        write("004_slow.sql", SLOW.replace("600", "0") + ";\n");

        assertThat(done("drift").err()).isEmpty();
        assertThat(scratchDatabases()).isEqualTo(left);

        String old = left.get(0).replaceFirst("_\\d{8}_", "_20260101_");
        while (!new JdbcTemplate(database.dataSource())
                .queryForList("SELECT 1 FROM pg_stat_activity WHERE datname = ?", left.get(0))
                .isEmpty()) {
            Thread.sleep(20);
        }
        database.run("ALTER DATABASE " + left.get(0) + " RENAME TO " + old);
        assertThat(done("drift").err())
                .isEqualTo("note: The scratch database " + old + ", which a process had left behind, was dropped.\n");
        assertThat(scratchDatabases()).isEmpty();
    }
}
