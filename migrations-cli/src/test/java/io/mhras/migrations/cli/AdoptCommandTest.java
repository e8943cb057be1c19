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

    private List<String> stamped() {
        return new JdbcTemplate(database.dataSource())
                .queryForList(
                        "SELECT version FROM migration_history WHERE event = 'STAMPED' ORDER BY id", String.class);
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
        assertThat(run.err()).contains("note: R__patients.sql is a repeatable: it runs again with the next apply.");
        assertThat(stamped()).containsExactly("001", "002");
        assertThat(rows("flyway_schema_history")).isEqualTo(rows);
        assertThat(done("apply").out()).startsWith("postgresql: 1 done");
    }

    @Test
    void flywaysBaselineStandsForAllUpToIt() throws IOException {
        database.run(CREATE_PATIENTS);
        their("V3__create_visits.sql", "CREATE TABLE visits (visit_id BIGINT PRIMARY KEY);");
        flyway().baselineOnMigrate(true).baselineVersion("2").load().migrate();

        done("adopt");

        assertThat(stamped()).containsExactly("001", "002", "003");
    }

    @Test
    void theRowOfASchemaThatFlywayMadeIsNoMigration() throws IOException {
        their("V1__create_patients.sql", CREATE_PATIENTS);
        flyway().schemas("made").load().migrate();
        assertThat(rows("made.flyway_schema_history")).hasSize(2);

        done("adopt", "--from-schema", "made");

        assertThat(stamped()).containsExactly("001");
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
        done("adopt");

        assertThat(stamped()).containsExactly("001", "002");
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

        assertThat(stamped()).containsExactly("001", "002");
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

        assertThat(stamped()).containsExactly("001", "002");
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
        assertThat(stamped()).containsExactly("001", "002");
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
        assertThat(stamped()).containsExactly("001", "002", "003");
    }

    @Test
    void theTableCanBeNamed() {
        database.run("CREATE SCHEMA \"Old\"; CREATE TABLE \"Old\".\"Versions\" (version_num varchar(32));"
                + " INSERT INTO \"Old\".\"Versions\" VALUES ('001')");
        done("adopt", "--from", "alembic", "--from-schema", "Old", "--from-table", "Versions");
        assertThat(stamped()).containsExactly("001");

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
        assertThat(stamped()).hasSize(2);
    }

    @Test
    void whichToolMustBeKnown() {
        assertThat(refused("adopt").err())
                .contains("there is no table flyway_schema_history, no databasechangelog, no alembic_version, no"
                        + " schema_migrations, no migrations of another tool in sight.")
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
                .contains("Use flyway, liquibase, alembic, golang-migrate, dbmate, list;");
    }

    @Test
    void aTableThatCannotBeReadIsRefused() {
        database.run("CREATE TABLE alembic_version (other text)");
        assertThat(refused("adopt").err())
                .contains("there is no table flyway_schema_history,")
                .contains("--from-table");
        assertThat(refused("adopt", "--from", "alembic").err())
                .contains("the table alembic_version cannot be read: it is none of alembic's.")
                .contains("name that with --from");
    }

    @Test
    void aListThatAScriptHasKeptIsRead() {
        database.run("CREATE SCHEMA regulatory;"
                + " CREATE TABLE regulatory.migrations (version varchar(10) PRIMARY KEY, description text, applied_at timestamptz);"
                + " INSERT INTO regulatory.migrations VALUES ('002', 'consent', now()), ('001', 'patients', now())");

        assertThat(done("adopt", "--from-schema", "regulatory").out())
                .isEqualTo("postgresql: 2 marked as applied, from list\n");
        assertThat(stamped()).containsExactly("001", "002");
    }

    @Test
    void aListOfFilesIsReadAsWell() {
        database.run("CREATE TABLE migrations (id serial, filename text, success boolean);"
                + " INSERT INTO migrations (filename, success) VALUES ('db/001_create_patients.sql', true)");

        assertThat(done("adopt", "--dry-run").out()).contains("001_create_patients.sql  db/001_create_patients.sql");
        done("adopt");
        assertThat(stamped()).containsExactly("001");
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
        assertThat(refused("adopt").err()).contains("001 is not simply applied: success is false.");
    }

    @Test
    void aListThatHasTheHistorysNameIsReadWithAnotherHistory() {
        database.run(
                "CREATE TABLE migration_history (id serial PRIMARY KEY, migration_name text, applied_at timestamptz);"
                        + " INSERT INTO migration_history (migration_name) VALUES ('001_create_patients')");
        assertThat(run("status").err())
                .contains("it is not a migration history of ours", "Give the history another name");

        done("adopt", "--table", "schema_history", "--from-table", "migration_history");

        assertThat(done("status", "--table", "schema_history").out()).contains("001", "stamped");
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
