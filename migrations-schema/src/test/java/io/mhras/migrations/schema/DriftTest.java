package io.mhras.migrations.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.MigrationListener;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.postgresql.PostgresDriver;
import io.mhras.migrations.postgresql.PostgresSettings;
import io.mhras.migrations.schema.report.DriftReport;
import io.mhras.migrations.schema.report.DriftScope;
import io.mhras.migrations.source.MigrationLoader;
import io.mhras.migrations.testing.ServerVersions;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

class DriftTest {

    private final TestDatabase real = TestServer.newDatabase();

    @TempDir
    Path folder;

    @AfterEach
    void drop() {
        real.close();
    }

    private void write(String name, String sql) throws IOException {
        Files.writeString(folder.resolve(name), sql);
    }

    private MigrationSet files() {
        return new MigrationLoader(
                        List.of("filesystem:" + folder),
                        DatabaseKind.POSTGRESQL,
                        Map.of(),
                        getClass().getClassLoader())
                .load();
    }

    private Migrator migrator() {
        MigrationSet files = files();
        return new Migrator(new PostgresDriver(real.dataSource(), PostgresSettings.DEFAULT), () -> files);
    }

    private void apply() {
        migrator().migrate(Target.HEAD);
    }

    private void clinic() throws IOException {
        write("001_patients.sql", """
                CREATE TABLE patients (
                    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                    name text NOT NULL,
                    state varchar(10) CHECK (state IN ('new', 'old')) DEFAULT 'new');
                CREATE INDEX patients_name_idx ON patients (name);""");
        write("002_visits.sql", """
                CREATE TABLE visits (id int PRIMARY KEY, patient bigint);
                ALTER TABLE visits ADD CONSTRAINT visits_patient_fkey FOREIGN KEY (patient) REFERENCES patients;
                COMMENT ON TABLE visits IS 'who came';""");
        write("R_active_patients.sql", "CREATE OR REPLACE VIEW active_patients AS SELECT id FROM patients;");
        apply();
    }

    private DriftReport drift(DriftScope scope) {
        return drift(files(), scope, ScratchOptions.DEFAULT);
    }

    private DriftReport drift(MigrationSet files, DriftScope scope, ScratchOptions options) {
        return new Drift(PostgresServer.at(real.url(), null, null), PostgresSettings.DEFAULT, options)
                .compare(files, scope, new MigrationListener() {});
    }

    private static List<String> told(DriftReport report) {
        return report.differences().stream()
                .map(one -> one.object() + " | " + one.id().kind() + " "
                        + one.id().name() + " | " + one.side() + " | " + one.cause())
                .toList();
    }

    @Test
    void aDatabaseThatIsWhatItsMigrationsMakeDoesNotDiffer() throws IOException {
        clinic();
        write("003_later.sql", "CREATE TABLE later (id int);");
        DriftReport report = drift(new DriftScope(SchemaFilter.ALL, true, null));

        assertThat(told(report)).isEmpty();
        assertThat(report.notes()).isEmpty();
        assertThat(report.migrations()).isEqualTo(3);
        assertThat(new JdbcTemplate(real.dataSource())
                        .queryForList("SELECT datname FROM pg_database WHERE datname LIKE 'mhras_scratch%'"))
                .isEmpty();
    }

    @Test
    void eachChangeByHandIsNamedWithItsCauseAndTheSqlOfBothWaysWorks() throws IOException {
        clinic();
        real.run("""
                ALTER TABLE patients ADD COLUMN nickname text DEFAULT 'x' NOT NULL, ALTER COLUMN name DROP NOT NULL,
                    ALTER COLUMN state SET DEFAULT 'old';
                ALTER TABLE visits DROP CONSTRAINT visits_patient_fkey;
                ALTER TABLE visits ADD CONSTRAINT visits_patient_fkey FOREIGN KEY (patient) REFERENCES patients NOT VALID;
                DROP INDEX patients_name_idx;
                COMMENT ON TABLE visits IS 'by hand';
                CREATE TYPE mood AS ENUM ('well', 'ill');
                CREATE SEQUENCE numbers START 5;
                CREATE TABLE "By Hand" (id int DEFAULT nextval('numbers') PRIMARY KEY, mood mood, UNIQUE (mood));
                ALTER SEQUENCE numbers OWNED BY "By Hand".id;
                CREATE INDEX ON "By Hand" (mood, id);
                CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
                CREATE OR REPLACE VIEW active_patients AS SELECT id FROM patients WHERE id > 0;
                CREATE POLICY p ON visits FOR SELECT USING (id > 0)""");

        DriftReport report = drift(DriftScope.ALL);

        assertThat(told(report))
                .containsExactly(
                        "enum public.mood | enum mood | DATABASE_ONLY | Made by hand: no migration mentions it.",
                        "sequence public.numbers | sequence numbers | DATABASE_ONLY | Made by hand: no migration mentions"
                                + " it.",
                        "table public.\"By Hand\" | table By Hand | DATABASE_ONLY | Made by hand: no migration mentions"
                                + " it.",
                        "table public.patients | column name | BOTH | Changed by hand after 001_patients.sql.",
                        "table public.patients | column nickname | DATABASE_ONLY | Made by hand: no migration mentions"
                                + " it.",
                        "table public.patients | default state | BOTH | Changed by hand after 001_patients.sql.",
                        "table public.patients | index patients_name_idx | MIGRATIONS_ONLY | Dropped or renamed by hand"
                                + " after 001_patients.sql.",
                        "table public.visits | constraint visits_patient_fkey | BOTH | It was never validated: VALIDATE"
                                + " CONSTRAINT is missing.",
                        "table public.visits | policy p | DATABASE_ONLY | Made by hand: no migration mentions it.",
                        "table public.visits | comment visits | BOTH | Changed by hand after 002_visits.sql.",
                        "view public.active_patients | view active_patients | BOTH | Changed by hand after"
                                + " R_active_patients.sql.",
                        "function public.f(integer) | function f | DATABASE_ONLY | Made by hand: no migration mentions"
                                + " it.");
        assertThat(report.forMigrations().unwritten()).isEmpty();
        assertThat(report.forDatabase().unwritten()).isEmpty();
        assertThat(report.forDatabase().sql())
                .contains(
                        "DROP TABLE public.\"By Hand\"",
                        "ALTER TABLE public.visits VALIDATE CONSTRAINT visits_patient_fkey",
                        "ALTER TABLE public.patients ALTER COLUMN name SET NOT NULL");

        write("003_by_hand.sql", String.join(";\n", report.forMigrations().sql()) + ";");
        MigrationSet withIt = files();
        new Migrator(new PostgresDriver(real.dataSource(), PostgresSettings.DEFAULT), () -> withIt).stamp(Target.HEAD);
        assertThat(told(drift(DriftScope.ALL))).isEmpty();
    }

    @Test
    void theSqlForTheDatabaseTakesItBack() throws IOException {
        clinic();
        real.run("""
                ALTER TABLE patients ADD COLUMN nickname text, ALTER COLUMN name TYPE varchar(80);
                DROP VIEW active_patients;
                DROP INDEX patients_name_idx;
                DROP TABLE visits;
                CREATE TABLE extra (id int PRIMARY KEY);
                CREATE VIEW looks AS SELECT * FROM extra""");

        DriftReport report = drift(DriftScope.ALL);
        report.forDatabase().sql().forEach(real::run);

        assertThat(told(drift(DriftScope.ALL))).isEmpty();
    }

    @Test
    void aNameThatIsEverywhereTellsNothingByItself() throws IOException {
        clinic();
        real.run("""
                CREATE TABLE other (id int);
                ALTER TABLE visits ADD COLUMN name text;
                ALTER TABLE patients DROP CONSTRAINT patients_state_check""");

        assertThat(told(drift(DriftScope.ALL)))
                .containsExactly(
                        "table public.other | table other | DATABASE_ONLY | Made by hand: no migration mentions it.",
                        "table public.patients | constraint patients_state_check | MIGRATIONS_ONLY | Dropped or renamed by"
                                + " hand after 001_patients.sql.",
                        "table public.visits | column name | DATABASE_ONLY | Made by hand: no migration mentions it.");
    }

    @Test
    void anIndexWhoseBuildWasCutOffIsToldApart() throws IOException {
        clinic();
        real.run("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'patients_name_idx'::regclass");

        DriftReport report = drift(DriftScope.ALL);

        assertThat(told(report))
                .containsExactly(
                        "table public.patients | index patients_name_idx | BOTH | An invalid index: CREATE INDEX"
                                + " CONCURRENTLY or REINDEX was cut off.");
        assertThat(report.forDatabase().sql()).containsExactly("REINDEX INDEX public.patients_name_idx");
        assertThat(report.forMigrations().unwritten())
                .containsExactly("index public.patients_name_idx: nothing makes an index invalid");
    }

    @Test
    void anotherOrderOfColumnsIsANote() throws IOException {
        write("001_t.sql", "CREATE TABLE t (a int, b int);");
        apply();
        real.run("ALTER TABLE t DROP COLUMN a; ALTER TABLE t ADD COLUMN a int");

        DriftReport report = drift(DriftScope.ALL);

        assertThat(report.differs()).isFalse();
        assertThat(report.notes())
                .containsExactly(
                        "The columns of table public.t stand in another order: b, a in the database, a, b by the"
                                + " migrations.");
    }

    @Test
    void rightsAreComparedOnRequest() throws IOException {
        clinic();
        real.run("GRANT SELECT ON patients TO PUBLIC");

        assertThat(told(drift(DriftScope.ALL))).isEmpty();
        DriftReport report = drift(new DriftScope(SchemaFilter.ALL, true, null));
        assertThat(told(report))
                .containsExactly("table public.patients | grant public | DATABASE_ONLY | Rights were given or taken by"
                        + " hand, or for a role that only this server has.");
        assertThat(report.forDatabase().sql()).containsExactly("REVOKE SELECT ON TABLE public.patients FROM public");
    }

    @Test
    void aFileThatWasChangedSinceIsRunAsItWasKept() throws IOException {
        clinic();
        write("001_patients.sql", "CREATE TABLE something_else ();");

        assertThat(told(drift(DriftScope.ALL))).isEmpty();
    }

    @Test
    void anAcceptedChangeIsTheLikelyCause() throws IOException {
        clinic();
        write("002_visits.sql", "CREATE TABLE visits (id bigint PRIMARY KEY, patient bigint);");
        migrator().repair();

        assertThat(told(drift(DriftScope.ALL)))
                .contains(
                        "table public.visits | column id | BOTH | 002_visits.sql was changed after it had run, and the"
                                + " change was accepted.");
    }

    @Test
    void whatWasAppliedOutOfOrderRunsInThatOrder() throws IOException {
        write("002_t.sql", "CREATE TABLE t (id int);");
        write("R_a.sql", "CREATE OR REPLACE VIEW v AS SELECT id FROM t;");
        apply();
        write("003_w.sql", "CREATE VIEW w AS SELECT id FROM v;");
        write("004_missing.sql", "SELECT 1;");
        apply();
        Files.delete(folder.resolve("004_missing.sql"));

        assertThat(told(drift(DriftScope.ALL))).isEmpty();
    }

    @Test
    void whatIsNoLongerKnownIsRefusedUnlessASchemaStandsForIt() throws IOException {
        clinic();
        write("003_more.sql", "ALTER TABLE visits ADD COLUMN more int;");
        apply();
        Files.delete(folder.resolve("001_patients.sql"));
        real.run("UPDATE migration_history SET up_script = NULL WHERE version = '001'");

        assertThatThrownBy(() -> drift(DriftScope.ALL))
                .hasMessage("What ran is no longer known, so that it cannot be said what it makes:\n"
                        + "  001 patients: its file is gone or was changed, and the history keeps no text of it\n\n"
                        + "What to do: Bring the files back as they ran; or give the schema as it was at the newest of"
                        + " them, or later: 'pg_dump --schema-only' writes it, 'mhras.migrations.schema-file' and"
                        + " 'mhras.migrations.from' name it.");

        real.run("UPDATE migration_history SET kind = 'JAVA' WHERE version = '001'");
        assertThatThrownBy(() -> drift(DriftScope.ALL))
                .hasMessageContaining(":\n  001 patients: it is code, which is not there\n");

        Path dump = Files.writeString(folder.resolve("dump.txt"), """
                SELECT pg_catalog.set_config('search_path', '', false);
                CREATE TABLE public.patients (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL,
                    state character varying(10) DEFAULT 'new'::character varying,
                    CONSTRAINT patients_state_check CHECK (((state)::text = ANY ((ARRAY['new'::character varying,
                        'old'::character varying])::text[]))));
                CREATE INDEX patients_name_idx ON public.patients (name);
                CREATE TABLE public.visits (id int PRIMARY KEY, patient bigint
                    CONSTRAINT visits_patient_fkey REFERENCES public.patients);
                CREATE VIEW public.active_patients AS SELECT id FROM public.patients;
                COMMENT ON TABLE public.visits IS 'who came';""");
        DriftScope.Start start = new DriftScope.Start(dump, MigrationVersion.of("002"));
        assertThat(told(drift(new DriftScope(SchemaFilter.ALL, false, start)))).isEmpty();

        DriftScope.Start wrong = new DriftScope.Start(dump, MigrationVersion.of("009"));
        assertThatThrownBy(() -> drift(new DriftScope(SchemaFilter.ALL, false, wrong)))
                .hasMessage(
                        "The migration 009 is not applied, so that no schema can be the one at it.\n\nWhat to do: Name"
                                + " the newest migration that is in the schema; 'migrations history' lists what is applied.");
    }

    @Test
    void whatDoesNotRunOnAnEmptyDatabaseIsSaid() throws IOException {
        real.run("CREATE TABLE was_there (id int)");
        write("001_more.sql", "ALTER TABLE was_there ADD COLUMN more int;");
        apply();

        assertThatThrownBy(() -> drift(DriftScope.ALL))
                .hasMessageStartingWith(
                        "What is applied does not run on an empty database, so that it cannot be said what"
                                + " it makes.\n\n")
                .hasMessageContaining("relation \"was_there\" does not exist")
                .hasMessageContaining(
                        "What to do: If what it needs was there before the first migration, give the schema"
                                + " as it was at a later version:");
    }

    @Test
    void withoutAHistoryThereIsNothingToCompareWith() throws IOException {
        write("001_t.sql", "CREATE TABLE t (a int);");
        assertThatThrownBy(() -> drift(DriftScope.ALL))
                .hasMessage(
                        "According to the history nothing is applied, so there is nothing to compare with.\n\nWhat to"
                                + " do: Apply the migrations, or take over the history of another tool first.");
    }

    @Test
    void whatStoppedHalfwayIsSaid() throws IOException {
        write("001_t.sql", "CREATE TABLE t (a int);");
        apply();
        write("002_parts.sql", """
                CREATE TABLE half (a int);
                CREATE INDEX CONCURRENTLY half_idx ON half (a);
                SELECT broken;""");
        assertThatThrownBy(this::apply).hasMessageContaining("broken");

        DriftReport report = drift(DriftScope.ALL);

        assertThat(told(report))
                .containsExactly(
                        "table public.half | table half | DATABASE_ONLY | 002_parts.sql stopped after statement 2.");
        assertThat(report.notes())
                .containsExactly(
                        "002_parts.sql stopped after statement 2: what it did until then is in the database, and"
                                + " was not compared with.");
    }

    @Test
    void objectsCanBeLeftOut() throws IOException {
        clinic();
        real.run("CREATE TABLE by_hand (id int); CREATE SCHEMA theirs; CREATE TABLE theirs.t (id int)");

        assertThat(drift(new DriftScope(new SchemaFilter(List.of(), List.of("by_*", "schema:theirs")), false, null))
                        .differs())
                .isFalse();
    }

    @Test
    void aServerOfAnotherVersionIsRefused() throws IOException {
        clinic();
        try (TestDatabase other = ServerVersions.newDatabase(15)) {
            ScratchOptions on =
                    new ScratchOptions(PostgresServer.at(other.url(), null, null), false, null, null, false);
            assertThatThrownBy(() -> drift(files(), DriftScope.ALL, on))
                    .hasMessage("The database is on PostgreSQL 18, and the scratch database would be on PostgreSQL 15,"
                            + " which has other words for the same. Nothing was compared.\n\nWhat to do: Give a server of"
                            + " version 18 with 'mhras.migrations.scratch.on', or its programs with"
                            + " 'mhras.migrations.scratch.server-dir'.");
        }
    }

    @Test
    void aMigrationThatNamesTheDatabaseRunsUnderTheScratchsName() throws IOException {
        write("001_t.sql", "ALTER DATABASE " + real.name() + " SET work_mem = '9MB'; CREATE TABLE t (id int);");
        apply();

        assertThat(told(drift(DriftScope.ALL))).isEmpty();
    }
}
