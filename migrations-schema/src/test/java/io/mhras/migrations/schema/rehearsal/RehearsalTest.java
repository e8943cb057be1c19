package io.mhras.migrations.schema.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.engine.Adopt;
import io.mhras.migrations.engine.MigratorSettings;
import io.mhras.migrations.engine.MigratorSettings.OutOfOrder;
import io.mhras.migrations.engine.UndeclaredPlaceholders;
import io.mhras.migrations.postgresql.PostgresSettings;
import io.mhras.migrations.schema.PostgresServer;
import io.mhras.migrations.schema.Rehearsal;
import io.mhras.migrations.schema.SchemaFilter;
import io.mhras.migrations.schema.ScratchOptions;
import io.mhras.migrations.schema.report.RehearsalListener;
import io.mhras.migrations.schema.report.RehearsalReport;
import io.mhras.migrations.schema.report.RehearsalScope;
import io.mhras.migrations.schema.report.RehearsalText;
import io.mhras.migrations.schema.report.RehearsedMigration;
import io.mhras.migrations.source.MigrationLoader;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

class RehearsalTest {

    private final TestDatabase database = TestServer.newDatabase();

    @TempDir
    Path folder;

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    private void write(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private MigrationSet set() {
        return new MigrationLoader(
                        List.of("filesystem:" + folder),
                        DatabaseKind.POSTGRESQL,
                        Map.of(),
                        getClass().getClassLoader())
                .load();
    }

    private RehearsalReport rehearse(RehearsalScope scope) {
        return new Rehearsal(
                        PostgresServer.at(database.url(), null, null),
                        ScratchOptions.DEFAULT,
                        PostgresSettings.DEFAULT,
                        new MigratorSettings(OutOfOrder.FAIL, false, UndeclaredPlaceholders.WARN, Adopt.NONE),
                        SchemaFilter.ALL)
                .run(scope, RehearsalListener.NONE);
    }

    private RehearsalReport rehearse() {
        return rehearse(RehearsalScope.all(set()));
    }

    private static String text(RehearsalReport report) {
        StringBuilder text = new StringBuilder();
        report.migrations().forEach(one -> text.append(RehearsalText.up(one)));
        report.migrations().forEach(one -> text.append(RehearsalText.down(one)));
        return text.append(RehearsalText.secondUp(report))
                .append(RehearsalText.checks(report))
                .append(RehearsalText.verdict(report))
                .toString()
                .replaceAll("\\d+ ms", "0 ms")
                .replaceAll("\\d+\\.\\d s", "0.0 s")
                .replaceAll("PostgreSQL [\\d.]+", "PostgreSQL 18");
    }

    private void writeTwo() {
        write("001_patients.sql", "CREATE TABLE patients (id bigint PRIMARY KEY, name text);\n");
        write("001_patients.down.sql", "DROP TABLE patients;\n");
        write("001_patients.verify.sql", """
                -- migrate:check table patients
                SELECT to_regclass('patients') IS NOT NULL;
                -- migrate:check nobody is in it
                SELECT count(*) = 0 FROM patients;
                """);
        write("002_visits.sql", """
                CREATE TYPE visit_kind AS ENUM ('home', 'clinic');
                CREATE TABLE visits (id bigint PRIMARY KEY, kind visit_kind);
                """);
        write("002_visits.down.sql", """
                DROP TABLE visits;
                DROP TYPE visit_kind;
                """);
        write("002_visits.verify.sql", "SELECT to_regclass('visits') IS NOT NULL;\n");
    }

    @Test
    void whatGoesUpAndDownAndUpAgainIsProved() {
        writeTwo();

        RehearsalReport report = rehearse();

        assertThat(report.isProved()).isTrue();
        assertThat(report.findings()).isEmpty();
        assertThat(text(report)).isEqualTo("""
                001 patients, 0 ms
                  + 1 table
                  ✓ table patients
                  ✓ nobody is in it
                002 visits, 0 ms
                  + 1 enum, 1 table
                  ✓ 002_visits.verify.sql
                001 patients, 0 ms: the schema is the one before
                002 visits, 0 ms: the schema is the one before
                All of it in one run, 0 ms: the same schema as one by one
                ✓ table patients
                ✓ nobody is in it
                ✓ 002_visits.verify.sql
                Proved on PostgreSQL 18, in 0.0 s:
                  2 applied, one by one
                  2 taken back, each to the schema before
                  applied once more in one run, with the same schema
                  3 checks hold at the end
                """);
    }

    @Test
    void whatADownScriptLeavesOverIsShownOnceByObject() {
        writeTwo();
        write("002_visits.sql", """
                CREATE TYPE visit_kind AS ENUM ('home', 'clinic');
                CREATE TABLE visits (id bigint PRIMARY KEY, kind visit_kind);
                ALTER TABLE patients ADD COLUMN consent boolean;
                """);
        write("002_visits.down.sql", "ALTER TABLE patients ALTER COLUMN name TYPE varchar(20); DROP TABLE visits;\n");

        RehearsalReport report = rehearse();

        assertThat(report.isProved()).isFalse();
        assertThat(text(report)).contains("""
                001 patients, 0 ms: the schema is the one before
                002 visits, 0 ms
                  NOT THE SCHEMA BEFORE: + is left over, - is missing, ~ is not what it was
                    + enum public.visit_kind
                    + column public.patients.consent
                    ~ column public.patients.name: type text -> character varying(20)
                All of it in one run, 0 ms: the same schema as one by one
                """, """
                NOT PROVED on PostgreSQL 18, in 0.0 s; of it is proved:
                  2 applied, one by one
                  1 taken back, each to the schema before
                """, """
                Not proved:
                  002_visits.down.sql does not give the schema before
                """);
    }

    @Test
    void whatADownScriptLeavesOverDoesNotStopTheOlderOnes() {
        writeTwo();
        write("002_visits.sql", "CREATE VIEW names AS SELECT name FROM patients;\n");
        write("002_visits.down.sql", "SELECT 1;\n");
        write("002_visits.verify.sql", "SELECT to_regclass('names') IS NOT NULL;\n");

        RehearsalReport report = rehearse();

        assertThat(report.isProved()).isFalse();
        assertThat(text(report))
                .contains("001 patients, 0 ms: the schema is the one before")
                .contains("+ view public.names")
                .contains("002_visits.down.sql does not give the schema before");
    }

    @Test
    void aConstraintThatComesBackInTheWordsOfADumpIsTheSame() {
        writeTwo();
        write("002_visits.sql", "ALTER TABLE patients ADD COLUMN sex varchar(1) CHECK (sex IN ('f', 'm'));\n");
        write("002_visits.down.sql", "ALTER TABLE patients DROP COLUMN sex;\n");
        write("002_visits.verify.sql", "SELECT true;\n");
        write("003_drop.sql", "ALTER TABLE patients DROP CONSTRAINT patients_sex_check;\n");
        write("003_drop.down.sql", """
                ALTER TABLE patients ADD CONSTRAINT patients_sex_check
                CHECK (((sex)::text = ANY ((ARRAY['f'::character varying, 'm'::character varying])::text[])));
                """);

        assertThat(text(rehearse())).contains("003 drop, 0 ms: the schema is the one before\n");
    }

    @Test
    void aDownScriptThatFailsDoesNotKeepTheOlderOnesFromBeingProved() {
        writeTwo();
        write("002_visits.down.sql", "DROP TABLE visitors;\n");

        assertThat(text(rehearse()))
                .contains("001 patients, 0 ms: the schema is the one before\n002 visits, 0 ms\n"
                        + "  FAILED: 002_visits.down.sql failed; nothing of it was kept.\n")
                .contains("table \"visitors\" does not exist")
                .contains("  1 taken back", "Not proved:\n  002_visits.down.sql failed\n");
    }

    @Test
    void aMissingDownScriptIsAFindingAndNoFailure() throws IOException {
        writeTwo();
        Files.delete(folder.resolve("002_visits.down.sql"));

        RehearsalReport report = rehearse();

        assertThat(report.isProved()).isTrue();
        assertThat(text(report))
                .contains("  missing-down: it has no down script: it cannot be taken back.\n")
                .contains("002 visits: no down script\n", "001 patients, 0 ms: the schema is the one before\n")
                .contains("Not proved:\n  no way back, for want of a down script: 002\n")
                .endsWith("Findings: 1 missing-down\n");
    }

    @Test
    void aMissingCheckIsAFindingAndNoFailure() throws IOException {
        writeTwo();
        Files.delete(folder.resolve("002_visits.verify.sql"));

        RehearsalReport report = rehearse();

        assertThat(report.isProved()).isTrue();
        assertThat(text(report))
                .contains("  missing-check: it has no verify script: nothing says whether it worked.\n")
                .contains("Not proved:\n  that it worked, for want of a check: 002\nFindings: 1 missing-check\n");
    }

    @Test
    void anUpThatFailsEndsIt() {
        writeTwo();
        write("003_wrong.sql", "ALTER TABLE nobody ADD COLUMN x int;\n");
        write("004_more.sql", "SELECT 1;\n");

        RehearsalReport report = rehearse();

        assertThat(report.isProved()).isFalse();
        assertThat(text(report))
                .contains("003 wrong, 0 ms\n  FAILED: 003_wrong.sql failed; nothing of it was kept.\n")
                .contains("relation \"nobody\" does not exist")
                .doesNotContain("004 more", "one run")
                .contains(
                        "Not proved:\n  003_wrong.sql failed; what comes after it was not rehearsed, nor any way back\n");
    }

    @Test
    void aCheckThatDoesNotHoldEndsItToo() {
        writeTwo();
        write("002_visits.verify.sql", "SELECT to_regclass('visitors') IS NOT NULL AS visitors;\n");

        RehearsalReport report = rehearse();

        assertThat(report.isProved()).isFalse();
        assertThat(text(report))
                .contains("002 visits, 0 ms\n  FAILED: The check 002_visits.verify.sql does not hold")
                .contains("Column 'visitors' is false.");
    }

    @Test
    void aCheckThatHoldsNoLongerAtTheEndIsNamed() {
        writeTwo();
        write("003_data.sql", "INSERT INTO patients VALUES (1, 'Ann');\n");
        write("003_data.down.sql", "DELETE FROM patients;\n");

        RehearsalReport report = rehearse();

        assertThat(report.isProved()).isFalse();
        assertThat(text(report))
                .contains("✗ nobody is in it\n")
                .contains("Not proved:\n  the check of 001 holds no longer at the end: nobody is in it\n");

        write("001_patients.verify.sql", "-- migrate:verify-until 003\nSELECT count(*) = 0 FROM patients;\n");
        assertThat(rehearse().isProved()).isTrue();
    }

    @Test
    void aLockOnATableThatWasThereARewriteAndAScanAreFindings() {
        writeTwo();
        write("003_slow.sql", """
                ALTER TABLE patients ADD COLUMN code uuid DEFAULT gen_random_uuid();
                CREATE INDEX visits_kind ON visits (kind);
                CREATE TABLE others (id int PRIMARY KEY, note text);
                ALTER TABLE others ADD COLUMN code uuid DEFAULT gen_random_uuid();
                ALTER TABLE visits ALTER COLUMN kind SET NOT NULL;
                """);

        RehearsalReport report = rehearse(RehearsalScope.only(set(), MigrationVersion.of("003")));

        assertThat(report.isProved()).isTrue();
        assertThat(text(report))
                .contains(
                        "  lock: measured on PostgreSQL 18: ACCESS EXCLUSIVE on table public.patients; nobody else can read or"
                                + " write it until 4 more statements are done, with which it stands in one transaction.\n"
                                + "    003_slow.sql:1: ALTER TABLE patients ADD COLUMN code uuid DEFAULT gen_random_uuid()\n")
                .contains(
                        "  rewrite: measured on PostgreSQL 18: writes all of table public.patients anew, with its indexes,"
                                + " under ACCESS EXCLUSIVE.\n")
                .contains(
                        "  scan: measured on PostgreSQL 18: reads all of table public.visits under ACCESS EXCLUSIVE.\n"
                                + "    003_slow.sql:5: ALTER TABLE visits ALTER COLUMN kind SET NOT NULL\n")
                .contains("  scan: measured on PostgreSQL 18: reads all of table public.visits under SHARE.\n"
                        + "    003_slow.sql:2: CREATE INDEX visits_kind ON visits (kind)\n")
                .doesNotContain("public.others");
    }

    @Test
    void whatRunsInPartsOutsideOfATransactionIsRehearsedAsWell() {
        writeTwo();
        write("003_index.sql", """
                ALTER TABLE patients ADD COLUMN code int;
                CREATE INDEX CONCURRENTLY patients_code ON patients (code);
                """);
        write("003_index.down.sql", """
                DROP INDEX CONCURRENTLY patients_code;
                ALTER TABLE patients DROP COLUMN code;
                """);

        RehearsalReport report = rehearse();

        assertThat(report.isProved()).isTrue();
        assertThat(text(report)).contains("003 index, 0 ms\n  + 1 column, 1 index\n");
    }

    @Test
    void branchesTakePart() {
        writeTwo();
        write("003_a.sql", "-- migrate:requires 001\nALTER TABLE patients ADD COLUMN a int;\n");
        write("003_a.down.sql", "ALTER TABLE patients DROP COLUMN a;\n");
        write("004_merge.sql", "-- migrate:requires 002, 003\n");
        write("004_merge.down.sql", "SELECT 1;\n");

        RehearsalReport report = rehearse();

        assertThat(report.isProved()).isTrue();
        assertThat(text(report)).contains("4 taken back, each to the schema before");
    }

    @Test
    void aRepeatableWithoutADownScriptLeavesWhatItMadeAsARollbackDoes() {
        writeTwo();
        write("R_names.sql", "CREATE OR REPLACE VIEW names AS SELECT 'Ann' AS name;\n");

        RehearsalReport report = rehearse();

        assertThat(report.isProved()).isTrue();
        assertThat(text(report))
                .contains("R_names: no down script; what it made stays\n")
                .contains("All of it in one run, 0 ms: the same schema");
    }

    @Test
    void theWayBackThatARepeatableBlocksFails() {
        writeTwo();
        write("R_names.sql", "CREATE OR REPLACE VIEW names AS SELECT name FROM patients;\n");

        assertThat(text(rehearse()))
                .contains("001 patients, 0 ms\n  FAILED: 001_patients.down.sql failed")
                .contains("view names depends on table patients");
    }

    @Test
    void whatReachesBeyondTheScratchDatabaseIsRefusedBeforeAnythingRuns() {
        writeTwo();
        write("003_role.sql", "CREATE ROLE clinic_reader;\n");

        assertThatThrownBy(this::rehearse)
                .isInstanceOf(MigrationException.InvalidMigration.class)
                .hasMessageContaining("003_role.sql");
    }

    @Test
    void oneMigrationIsRehearsedOnThoseBeforeIt() {
        writeTwo();
        write("003_more.sql", "SELECT 1;\n");

        RehearsalReport report = rehearse(RehearsalScope.only(set(), MigrationVersion.of("002")));

        assertThat(report.migrations())
                .extracting(RehearsedMigration::migration)
                .extracting(migration -> migration.title())
                .containsExactly("002 visits");
        assertThat(report.isProved()).isTrue();
    }

    @Test
    void aDumpStandsForTheMigrationsBeforeIt() {
        writeTwo();
        write("003_name.sql", "ALTER TABLE patients ALTER COLUMN name SET NOT NULL;\n");
        write("003_name.down.sql", "ALTER TABLE patients ALTER COLUMN name DROP NOT NULL;\n");
        write("production.dump", """
                SELECT pg_catalog.set_config('search_path', '', false);
                CREATE TYPE public.visit_kind AS ENUM ('home', 'clinic');
                CREATE TABLE public.patients (id bigint NOT NULL PRIMARY KEY, name text);
                CREATE TABLE public.visits (id bigint NOT NULL PRIMARY KEY, kind public.visit_kind);
                """);
        write("rows.dump", """
                COPY public.patients (id, name) FROM stdin;
                1\tAnn
                2\t\\N
                \\.
                """);
        RehearsalScope scope =
                RehearsalScope.from(set(), MigrationVersion.of("002"), folder.resolve("production.dump"));

        RehearsalReport empty = rehearse(scope);
        RehearsalReport filled = rehearse(scope.with(folder.resolve("rows.dump")));

        assertThat(empty.isProved()).isTrue();
        assertThat(text(empty)).contains("  1 applied, one by one, after 2 before\n");
        assertThat(filled.isProved()).isFalse();
        assertThat(text(filled)).contains("003 name, 0 ms\n  FAILED:", "contains null values");
    }

    @Test
    void theScratchDatabasesAreGoneAfterwards() {
        writeTwo();
        write("002_visits.down.sql", "DROP TABLE visitors;\n");

        rehearse();

        assertThat(new JdbcTemplate(database.dataSource())
                        .queryForList("SELECT datname FROM pg_database WHERE datname LIKE 'mhras_scratch_%'"))
                .isEmpty();
    }
}
