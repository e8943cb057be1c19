package io.mhras.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.cli.terminal.ExitCode;
import io.mhras.migrations.testing.Catalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import liquibase.Liquibase;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.DirectoryResourceAccessor;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** Tables that the real Flyway and the real Liquibase made, and such as the other tools make. */
class AdoptCommandTest extends CommandTest {

    @TempDir
    Path theirs;

    @BeforeEach
    void writeOurs() throws IOException {
        writeThree();
    }

    private void their(String name, String text) throws IOException {
        Path file = theirs.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private FluentConfiguration flyway() {
        return Flyway.configure().dataSource(database.dataSource()).locations("filesystem:" + theirs);
    }

    private void liquibase(String changelog) throws Exception {
        try (Connection connection = database.dataSource().getConnection();
                Liquibase liquibase = new Liquibase(
                        changelog,
                        new DirectoryResourceAccessor(theirs),
                        DatabaseFactory.getInstance()
                                .findCorrectDatabaseImplementation(new JdbcConnection(connection)))) {
            liquibase.update("");
        }
    }

    private List<String> adopted() {
        return new JdbcTemplate(database.dataSource())
                .queryForList(
                        "SELECT version FROM migration_history WHERE event = 'ADOPTED' ORDER BY id", String.class);
    }

    private List<Map<String, Object>> rows(String table) {
        return new JdbcTemplate(database.dataSource()).queryForList("SELECT * FROM " + table);
    }

    private CommandRun refused(String... arguments) {
        List<String> before = Catalog.of(database.dataSource());
        CommandRun run = run(arguments);
        assertThat(run.code()).as(run.toString()).isEqualTo(ExitCode.FAILED.code());
        assertThat(run.err()).contains("Nothing was adopted: ").contains("What to do: ");
        assertThat(Catalog.of(database.dataSource())).isEqualTo(before);
        return run;
    }

    @Test
    void whatFlywayHasAppliedIsMarked() throws IOException {
        their("V001__create_patients.sql", CREATE_PATIENTS);
        their("V2__add_consent.sql", "ALTER TABLE patients ADD COLUMN consent BOOLEAN;");
        their("R__patients.sql", "CREATE OR REPLACE VIEW named AS SELECT name FROM patients;");
        flyway().load().migrate();
        List<Map<String, Object>> rows = rows("flyway_schema_history");

        CommandRun dryRun = done("adopt", "--dry-run");
        assertThat(dryRun.out()).matches("""
                HERE +FLYWAY
                001_create_patients.sql +V001__create_patients.sql
                002_add_consent.sql +V2__add_consent.sql
                """);
        assertThat(tables()).doesNotContain("migration_history");

        CommandRun run = done("adopt", "--from", "flyway");
        assertThat(run.out()).isEqualTo("postgresql: 2 marked as applied, from flyway\n");
        assertThat(run.err()).contains("note: R__patients.sql is a repeatable without a file here: it is left out.");
        assertThat(adopted()).containsExactly("001", "002");
        assertThat(rows("flyway_schema_history")).isEqualTo(rows);
        assertThat(done("apply").out()).startsWith("postgresql: 1 done");
    }

    @Test
    void timesUsersAndDurationsAreThoseOfFlyway() throws IOException {
        their("V1__create_patients.sql", CREATE_PATIENTS);
        flyway().load().migrate();
        database.run("UPDATE flyway_schema_history SET installed_on = '2021-05-04 03:02:01', installed_by = 'ann',"
                + " execution_time = 1234");

        CommandRun run = done("adopt");

        assertThat(run.err()).doesNotContain("not compared");
        assertThat(new JdbcTemplate(database.dataSource())
                        .queryForList(
                                "SELECT applied_at::timestamp::text, applied_by, execution_ms FROM migration_history"))
                .containsExactly(
                        Map.of("applied_at", "2021-05-04 03:02:01", "applied_by", "ann", "execution_ms", 1234L));
        assertThat(done("status").out()).contains("2021-05-04");
        assertThat(done("history", "--events").out()).contains("2021-05-04", "adopted", "1234", "ann");
    }

    @Test
    void aFileThatWasChangedSinceFlywayRanItIsRefused() throws IOException {
        their("V1__create_patients.sql", CREATE_PATIENTS);
        their("V2__add_consent.sql", "ALTER TABLE patients ADD COLUMN consent TEXT;");
        flyway().load().migrate();

        assertThat(refused("adopt").err())
                .contains("these files are not what flyway ran; its checksums are of another text:\n")
                .contains("002_add_consent.sql, which is V2__add_consent.sql there\n")
                .doesNotContain("001_create_patients.sql, which")
                .contains("Put each file back as it was when it ran, and make the change a new migration.");
    }

    @Test
    void flywaysChecksumsAreThoseOfTheFilesWhateverTheirLineEndsAndMarks() throws IOException {
        String text = "-- Größe\r\nCREATE TABLE patients (patient_id BIGINT PRIMARY KEY,\r\n\r\n name TEXT);";
        their("V1__create_patients.sql", "\uFEFF" + text);
        their("V2__add_consent.sql", "ALTER TABLE patients ADD COLUMN consent BOOLEAN; -- ${x}\n\n");
        flyway().placeholders(Map.of("x", "1")).load().migrate();
        write("001_create_patients.sql", text.replace("\r\n", "\n") + "\n");
        write("002_add_consent.sql", "\uFEFFALTER TABLE patients ADD COLUMN consent BOOLEAN; -- ${x}\r\n\r\n");
        write("migrations.properties", "mhras.migrations.placeholders.x=2\n");

        done("adopt", "--config", folder.resolve("migrations.properties").toString());

        assertThat(adopted()).containsExactly("001", "002");
    }

    @Test
    void aRepeatableOfFlywayIsComparedAfterItsPlaceholders() throws IOException {
        String view = "CREATE OR REPLACE VIEW named AS\nSELECT name FROM patients WHERE name <> '${nobody}';\n";
        their("V1__create_patients.sql", CREATE_PATIENTS);
        their("R__named.sql", view);
        their("R__all.sql", "CREATE OR REPLACE VIEW everyone AS SELECT name FROM ${flyway:defaultSchema}.patients;\n");
        flyway().placeholders(Map.of("nobody", "none")).load().migrate();
        write("R__named.sql", view);
        write("R__all.sql", "CREATE OR REPLACE VIEW everyone AS SELECT name FROM ${flyway:defaultSchema}.patients;\n");
        write("migrations.properties", "mhras.migrations.placeholders.nobody=none\n");

        CommandRun run = done(
                "adopt", "--config", folder.resolve("migrations.properties").toString());

        assertThat(adopted()).containsExactlyInAnyOrder("001", "R_named");
        assertThat(run.err())
                .contains(
                        "note: R__all.sql is a repeatable, and was not compared with what flyway ran, since the values of"
                                + " its placeholders then are not known here: it runs again with the next apply.");
    }

    // schema-engine, sql-migration-connector
    private static final String PRISMA = """
            CREATE TABLE _prisma_migrations (
                id                  VARCHAR(36)  PRIMARY KEY NOT NULL,
                checksum            VARCHAR(64)  NOT NULL,
                finished_at         TIMESTAMPTZ,
                migration_name      VARCHAR(255) NOT NULL,
                logs                TEXT,
                rolled_back_at      TIMESTAMPTZ,
                started_at          TIMESTAMPTZ  NOT NULL DEFAULT now(),
                applied_steps_count INTEGER      NOT NULL DEFAULT 0
            );
            """;

    @Test
    void whatPrismaDidNotFinishAndTookBackIsNamed() throws IOException {
        write("20240101000001_a.sql", "SELECT 1;\n");
        write("20240101000002_b.sql", "SELECT 2;\n");
        write("20240101000003_c.sql", "SELECT 3;\n");
        database.run(PRISMA + """
                INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, rolled_back_at)
                VALUES ('1', 'x', now(), '20240101000001_a', NULL),
                       ('2', 'x', NULL,  '20240101000002_b', NULL),
                       ('3', 'x', NULL,  '20240101000003_c', now())""");

        for (String[] arguments : new String[][] {
            {"adopt"}, {"adopt", "--from", "prisma"}, {"adopt", "--from", "list", "--from-table", "_prisma_migrations"}
        }) {
            assertThat(refused(arguments).err())
                    .contains(
                            "prisma says that 20240101000002_b failed, or is not finished, that 20240101000003_c was rolled"
                                    + " back.");
        }
    }

    // pressly/goose, internal/dialect/dialectquery/postgres.go
    @Test
    void gooseIsKnown() {
        database.run("""
                CREATE TABLE goose_db_version (
                    id         integer PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
                    version_id bigint NOT NULL,
                    is_applied boolean NOT NULL,
                    tstamp     timestamp NOT NULL DEFAULT now()
                );
                INSERT INTO goose_db_version (version_id, is_applied, tstamp)
                VALUES (0, true, now()), (1, true, '2022-01-01'), (2, true, '2022-01-02'), (3, true, now()), (3, false, now())""");

        CommandRun run = done("adopt");

        assertThat(run.out()).isEqualTo("postgresql: 2 marked as applied, from goose\n");
        assertThat(run.err())
                .contains(
                        "note: whether goose ran these as they are here was not compared, since goose keeps no checksum of"
                                + " their text: 001_create_patients.sql, 002_add_consent.sql.");
        assertThat(adopted()).containsExactly("001", "002");
        assertThat(done("status").out()).contains("2022-01-01", "2022-01-02");
    }

    // ecto_sql, lib/ecto/migration/schema_migration.ex
    @Test
    void ectoIsKnown() {
        database.run("CREATE TABLE schema_migrations (version bigint NOT NULL PRIMARY KEY, inserted_at timestamp(0));"
                + " INSERT INTO schema_migrations VALUES (1, '2022-01-01')");

        assertThat(done("adopt").out()).isEqualTo("postgresql: 1 marked as applied, from ecto\n");
        assertThat(done("status").out()).contains("2022-01-01");
    }

    @Test
    void flywaysBaselineStandsForAllUpToIt() throws IOException {
        database.run(CREATE_PATIENTS);
        their("V3__create_visits.sql", "CREATE TABLE visits (visit_id BIGINT PRIMARY KEY);");
        flyway().baselineOnMigrate(true).baselineVersion("2").load().migrate();

        done("adopt");

        assertThat(adopted()).containsExactly("001", "002", "003");
    }

    @Test
    void theRowOfASchemaThatFlywayMadeIsNoMigration() throws IOException {
        their("V1__create_patients.sql", CREATE_PATIENTS);
        flyway().schemas("made").load().migrate();
        assertThat(rows("made.flyway_schema_history")).hasSize(2);

        done("adopt", "--from-schema", "made");

        assertThat(adopted()).containsExactly("001");
    }

    @Test
    void aFailedMigrationOfFlywayIsRefused() throws IOException {
        their("V1__create_patients.sql", CREATE_PATIENTS);
        flyway().load().migrate();
        database.run("UPDATE flyway_schema_history SET success = false");

        assertThat(refused("adopt").err())
                .contains("flyway says that V1__create_patients.sql failed.")
                .contains("Mend it and run Flyway's 'migrate', or its 'repair'; then adopt again.");
    }

    @Test
    void whatHasNoFileHereIsRefusedByName() throws IOException {
        their("V1__create_patients.sql", CREATE_PATIENTS);
        their("V1.5__add_index.sql", "CREATE INDEX ON patients (name);");
        flyway().load().migrate();

        assertThat(refused("adopt").err())
                .contains("flyway has applied what there is no file for here:\n  V1.5__add_index.sql\n")
                .contains("'migrations stamp VERSION'");
    }

    @Test
    void whatWasLeftOutThereIsRefusedByName() throws IOException {
        their("V1__create_patients.sql", CREATE_PATIENTS);
        their("V3__create_visits.sql", "CREATE TABLE visits (visit_id BIGINT PRIMARY KEY);");
        flyway().load().migrate();

        assertThat(refused("adopt").err())
                .contains("flyway has not applied these, but later ones:\n  002_add_consent.sql\n")
                .contains("Apply them with flyway first");
    }

    @Test
    void aFileForEachChangeOfLiquibaseIsFoundByItsName() throws Exception {
        their("db/001_create_patients.sql", "--liquibase formatted sql\n--changeset ann:a\n" + CREATE_PATIENTS);
        their(
                "db/002-consent.sql",
                "--liquibase formatted sql\n--changeset ann:b\nALTER TABLE patients ADD consent BOOLEAN;\n"
                        + "--changeset ann:c\nALTER TABLE patients ADD note TEXT;\n");
        their(
                "db/changelog.yaml",
                "databaseChangeLog:\n- include: {file: db/001_create_patients.sql}\n- include: {file: db/002-consent.sql}\n");
        liquibase("db/changelog.yaml");
        List<Map<String, Object>> rows = rows("databasechangelog");

        CommandRun dryRun = done("adopt", "--dry-run", "--format", "json");
        assertThat(dryRun.json()).hasSize(2);
        assertThat(dryRun.json().get(1).get("names").toString())
                .isEqualTo("[\"db/002-consent.sql::b::ann\",\"db/002-consent.sql::c::ann\"]");
        assertThat(done("adopt").err())
                .contains(
                        "note: whether liquibase ran these as they are here was not compared, since liquibase keeps no"
                                + " checksum of their text:");

        assertThat(adopted()).containsExactly("001", "002");
        assertThat(rows("databasechangelog")).isEqualTo(rows);
    }

    @Test
    void aChangeOfLiquibaseIsFoundByItsId() throws Exception {
        their("changelog.sql", """
                --liquibase formatted sql
                --changeset ann:1
                CREATE TABLE patients (patient_id BIGINT PRIMARY KEY, name TEXT);
                --changeset ann:2-consent
                ALTER TABLE patients ADD consent BOOLEAN;
                """);
        liquibase("changelog.sql");

        done("adopt", "--from", "liquibase");

        assertThat(adopted()).containsExactly("001", "002");
    }

    @Test
    void aChangeOfLiquibaseWithoutAFileIsRefusedByName() throws Exception {
        their("changelog.sql", "--liquibase formatted sql\n--changeset ann:init\n" + CREATE_PATIENTS);
        liquibase("changelog.sql");
        assertThat(refused("adopt").err())
                .contains("liquibase has applied what there is no file for here:\n  changelog.sql::init::ann\n");

        database.run("UPDATE databasechangelog SET exectype = 'FAILED'");
        assertThat(refused("adopt").err()).contains("liquibase says that changelog.sql::init::ann failed.");
    }

    @Test
    void alembicsRevisionStandsForAllThatItRequires() {
        database.run("CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY);"
                + " INSERT INTO alembic_version VALUES ('002')");

        assertThat(done("adopt").out()).isEqualTo("postgresql: 2 marked as applied, from alembic\n");

        assertThat(adopted()).containsExactly("001", "002");
    }

    @Test
    void aHashOfAlembicIsNotTakenForAVersion() {
        database.run("CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY);"
                + " INSERT INTO alembic_version VALUES ('2a4f1b9c8d7e')");

        assertThat(refused("adopt").err())
                .contains("alembic has applied what there is no file for here:\n  2a4f1b9c8d7e\n");
    }

    @Test
    void golangMigrateSaysHowFarItIs() {
        database.run("CREATE TABLE schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL);"
                + " INSERT INTO schema_migrations VALUES (2, false)");
        done("adopt");
        assertThat(adopted()).containsExactly("001", "002");
    }

    @Test
    void aDirtyVersionOfGolangMigrateIsRefused() {
        database.run("CREATE TABLE schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL);"
                + " INSERT INTO schema_migrations VALUES (2, true)");
        assertThat(refused("adopt").err())
                .contains("golang-migrate says that version 2 is dirty.")
                .contains("run 'migrate force VERSION'; then adopt again.");
    }

    @Test
    void dbmateListsWhatItHasApplied() {
        database.run("CREATE TABLE schema_migrations (version varchar(128) PRIMARY KEY);"
                + " INSERT INTO schema_migrations VALUES ('001'), ('002'), ('003')");
        done("adopt");
        assertThat(adopted()).containsExactly("001", "002", "003");
    }

    @Test
    void theTableCanBeNamed() {
        database.run("CREATE SCHEMA \"Old\"; CREATE TABLE \"Old\".\"Versions\" (version_num varchar(32));"
                + " INSERT INTO \"Old\".\"Versions\" VALUES ('001')");
        done("adopt", "--from", "alembic", "--from-schema", "Old", "--from-table", "Versions");
        assertThat(adopted()).containsExactly("001");

        assertThat(refused("adopt", "--from", "alembic").err()).contains("the history is at 001 already.");
    }

    @Test
    void itAsksOnATerminal() {
        database.run(
                "CREATE TABLE alembic_version (version_num varchar(32)); INSERT INTO alembic_version VALUES ('2')");

        CommandRun no = CommandRun.typing("n\n", environment(), "adopt");
        assertThat(no.code()).isEqualTo(ExitCode.REFUSED.code());
        assertThat(no.err()).contains("001_create_patients.sql").contains("Mark 2 as applied? [y/N]");
        assertThat(tables()).doesNotContain("migration_history");

        assertThat(CommandRun.typing("y\n", environment(), "adopt").code()).isZero();
        assertThat(adopted()).hasSize(2);
    }

    @Test
    void whichToolMustBeKnown() {
        assertThat(refused("adopt").err())
                .contains("there is no table of another tool in sight: of none of flyway, liquibase, alembic,")
                .contains("--from-table");
        database.run("CREATE TABLE alembic_version (version_num text);"
                + " CREATE TABLE schema_migrations (version varchar(128))");
        assertThat(refused("adopt").err())
                .contains("there are tables of alembic, dbmate.")
                .contains("Say with --from");
        assertThat(done("adopt", "--from", "dbmate").err())
                .contains("dbmate has applied nothing that there is a file for here.");
        CommandRun unknown = run("adopt", "--from", "mongock");
        assertThat(unknown.code()).isEqualTo(ExitCode.USAGE.code());
        assertThat(unknown.err())
                .contains("There is no way to adopt from 'mongock' in PostgreSQL.")
                .contains("Use flyway, liquibase, alembic, golang-migrate, dbmate, ecto, tern, goose, prisma, ");
    }

    @Test
    void aTableThatCannotBeReadIsRefused() {
        database.run("CREATE TABLE alembic_version (other text)");
        assertThat(refused("adopt").err())
                .contains("there is no table of another tool in sight")
                .contains("--from-table");
        assertThat(refused("adopt", "--from", "alembic").err())
                .contains("the table public.alembic_version cannot be read: it is none of alembic's.")
                .contains("name that with --from");
    }

    @Test
    void aListThatAScriptHasKeptIsRead() {
        database.run("CREATE SCHEMA regulatory;"
                + " CREATE TABLE regulatory.migrations (version varchar(10) PRIMARY KEY, description text, applied_at timestamptz);"
                + " INSERT INTO regulatory.migrations VALUES ('002', 'consent', now()), ('001', 'patients', now())");

        assertThat(done("adopt", "--from-schema", "regulatory").out())
                .isEqualTo("postgresql: 2 marked as applied, from list\n");
        assertThat(adopted()).containsExactly("001", "002");
    }

    @Test
    void aListOfFilesIsReadAsWell() {
        database.run("CREATE TABLE migrations (id serial, filename text, success boolean);"
                + " INSERT INTO migrations (filename, success) VALUES ('db/001_create_patients.sql', true)");

        assertThat(done("adopt", "--dry-run").out()).contains("001_create_patients.sql  db/001_create_patients.sql");
        done("adopt");
        assertThat(adopted()).containsExactly("001");
    }

    @Test
    void aListThatSaysOtherThanAppliedIsRefused() {
        database.run("CREATE TABLE migrations (version text, status text);"
                + " INSERT INTO migrations VALUES ('001', 'completed'), ('002', 'rolled_back')");
        assertThat(refused("adopt").err())
                .contains("list says that 002 is not simply applied: status is rolled_back.")
                .contains("correct the row, or take it out; then adopt again.");

        database.run(
                "ALTER TABLE migrations DROP COLUMN status; ALTER TABLE migrations ADD success boolean DEFAULT false");
        assertThat(refused("adopt").err())
                .contains("list says that 001 is not simply applied: success is false, that 002 is not simply applied:"
                        + " success is false.");
    }

    @Test
    void aListThatHasTheHistorysNameIsReadWithAnotherHistory() {
        database.run(
                "CREATE TABLE migration_history (id serial PRIMARY KEY, migration_name text, applied_at timestamptz);"
                        + " INSERT INTO migration_history (migration_name) VALUES ('001_create_patients')");
        assertThat(run("status").err())
                .contains("it is not a migration history of ours", "Give the history another name");

        done("adopt", "--table", "schema_history", "--from-table", "migration_history");

        assertThat(done("status", "--table", "schema_history").out()).contains("001", "applied");
    }

    @Test
    void theTableOfAKnownToolComesBeforeAList() {
        database.run("CREATE TABLE migrations (version text); INSERT INTO migrations VALUES ('003');"
                + " CREATE TABLE alembic_version (version_num text); INSERT INTO alembic_version VALUES ('001')");
        assertThat(done("adopt").out()).contains("1 marked as applied, from alembic");
    }

    @Test
    void helpHasAnExample() {
        assertThat(run("adopt", "--help").out()).contains("Example: migrations adopt --dry-run");
    }
}
