package io.mhras.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** {@code verify} runs the checks of what is applied, later and on any database. */
class VerifyCommandTest extends CommandTest {

    private void writeClinic() throws IOException {
        write("001_initial.sql", """
                CREATE EXTENSION IF NOT EXISTS pgcrypto;
                CREATE TYPE consent_method AS ENUM ('verbal', 'written');
                CREATE TABLE consent_records (session_id uuid, method consent_method);
                CREATE TABLE audit_logs (session_id uuid);
                CREATE INDEX ix_consent_records_session_id ON consent_records (session_id);
                """);
        write("001_initial.verify.sql", """
                -- migrate:check extension pgcrypto
                SELECT count(*) = 1 FROM pg_extension WHERE extname = 'pgcrypto';
                -- migrate:check text encryption round trip
                SELECT pgp_sym_decrypt(pgp_sym_encrypt('Jane', 'key'), 'key') = 'Jane';
                -- migrate:check json encryption round trip
                SELECT pgp_sym_decrypt(pgp_sym_encrypt('{"a": 1}', 'key'), 'key')::jsonb = '{"a": 1}';
                -- migrate:check tables
                SELECT to_regclass('consent_records') IS NOT NULL, to_regclass('audit_logs') IS NOT NULL;
                -- migrate:check indexes
                SELECT to_regclass('ix_consent_records_session_id') IS NOT NULL AS consent_by_session;
                -- migrate:check enum types
                DO $$
                BEGIN
                  ASSERT 'written' = ANY (enum_range(NULL::consent_method)::text[]), 'consent_method lacks written';
                END $$;
                """);
    }

    private void sql(String statement) {
        new JdbcTemplate(database.dataSource()).execute(statement);
    }

    @Test
    void eachCheckIsALine() throws IOException {
        writeClinic();
        done("apply");

        assertThat(done("verify").out()).isEqualTo("""
                \u2713 extension pgcrypto
                \u2713 text encryption round trip
                \u2713 json encryption round trip
                \u2713 tables
                \u2713 indexes
                \u2713 enum types
                postgresql: 6 checks hold
                """);
        assertThat(done("verify", "--quiet").out()).isEmpty();
    }

    @Test
    void whatDoesNotHoldIsShownAndTheOthersRun() throws IOException {
        writeClinic();
        done("apply");
        sql("DROP INDEX ix_consent_records_session_id");
        sql("DROP TYPE consent_method CASCADE");

        CommandRun run = run("verify", "--quiet");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out().replace("filesystem:" + folder + "/", "")).isEqualTo("""
                \u2717 indexes
                    at 001_initial.verify.sql:10:1

                        SELECT to_regclass('ix_consent_records_session_id') IS NOT NULL AS consent_by_session

                    Column 'consent_by_session' is false.

                \u2717 enum types
                    at 001_initial.verify.sql:14

                        DO $$
                        BEGIN
                          ASSERT 'written' = ANY (enum_range(NULL::consent_method)::text[]), 'consent_method lacks written';
                        END $$

                    ERROR: type "consent_method" does not exist (SQLSTATE 42704)
                      Query: 'written' = ANY (enum_range(NULL::consent_method)::text[])
                      Where: PL/pgSQL function inline_code_block line 3 at ASSERT

                """);
        assertThat(run("verify").out()).endsWith("postgresql: 4 checks hold, 2 failed\n");
    }

    @Test
    void aNamedCheckIsNamedWhereItStopsAMigration() throws IOException {
        write("001_a.sql", CREATE_PATIENTS);
        write(
                "001_a.verify.sql",
                "-- migrate:check table visits\nSELECT to_regclass('visits') IS NOT NULL AS there;\n");

        assertThat(run("apply", "--force").err())
                .contains(
                        "The check 'table visits' of 001_a.verify.sql does not hold; nothing of the migration was kept.");

        write("001_a.verify.sql", "-- migrate:check table visits\nSELECT 1 / 0;\n");
        assertThat(run("apply", "--force").err())
                .contains("The check 'table visits' of 001_a.verify.sql failed; nothing of it was kept.");
    }

    @Test
    void onlyTheServerSaysWhatWrites() throws IOException {
        write("001_a.sql", CREATE_PATIENTS);
        write("001_a.verify.sql", """
                SET LOCAL search_path = public;
                -- migrate:check a patient can be added
                INSERT INTO patients VALUES (1, 'Jane');
                -- migrate:check and is found
                SELECT count(*) = 1 FROM patients;
                -- migrate:check function that writes
                DO $$ BEGIN DELETE FROM patients; END $$;
                -- migrate:check table
                SELECT to_regclass('patients') IS NOT NULL;
                """);
        done("apply");
        sql("DELETE FROM patients");

        assertThat(done("verify").out()).isEqualTo("""
                - a patient can be added (skipped: writes)
                - and is found (skipped: follows what line 3 writes)
                - function that writes (skipped: writes)
                \u2713 table
                postgresql: 1 check holds, 3 skipped
                """);
        assertThat(new JdbcTemplate(database.dataSource())
                        .queryForObject("SELECT count(*) FROM patients", Integer.class))
                .isZero();
    }

    @Test
    void aCheckEndsWithTheMigrationThatMakesItUntrue() throws IOException {
        write("001_a.sql", CREATE_PATIENTS);
        write("001_a.verify.sql", """
                -- migrate:verify-until 002
                SELECT to_regclass('patients') IS NOT NULL;
                """);
        write(
                "R_view.verify.sql",
                "-- migrate:verify-until 002\nSELECT to_regclass('patients') IS NOT NULL AS there;\n");
        done("apply");
        assertThat(done("verify").out()).isEqualTo("""
                \u2713 001_a.verify.sql
                \u2713 R_view.verify.sql
                postgresql: 2 checks hold
                """);

        write("R_view.sql", "CREATE OR REPLACE VIEW one AS SELECT 1 AS id, 2 AS more;\n");
        done("apply");

        assertThat(done("verify").out()).isEqualTo("""
                - 001_a.verify.sql (ended by 002)
                - R_view.verify.sql (ended by 002)
                postgresql: 0 checks hold, 2 ended
                """);
    }

    @Test
    void aMigrationMayBeNamed() throws IOException {
        writeThree();
        write("001_create_patients.verify.sql", "SELECT true;\nSELECT to_regclass('patients') IS NOT NULL;\n");
        write("002_add_consent.verify.sql", "SELECT true;\n");
        done("apply", "002");

        assertThat(done("verify", "001").out()).isEqualTo("""
                \u2713 001_create_patients.verify.sql:1 SELECT true
                \u2713 001_create_patients.verify.sql:2 SELECT to_regclass('patients') IS NOT NULL
                postgresql: 2 checks hold
                """);
        CommandRun pending = run("verify", "003");
        assertThat(pending.code()).isEqualTo(2);
        assertThat(pending.err()).contains("003 is not applied: its checks say nothing about this database.");
        assertThat(run("verify", "009").err()).contains("There is no migration 009.");
    }

    @Test
    void aStatementHasAnEnd() throws IOException {
        write("001_a.sql", "SELECT 1;\n");
        write("001_a.verify.sql", "SELECT true;\n");
        done("apply");
        write("001_a.verify.sql", "-- migrate:check quick\nSELECT pg_sleep(60) IS NULL;\n");

        CommandRun run = run("verify", "--statement-timeout", "50ms");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("\u2717 quick", "canceling statement due to statement timeout");
    }

    @Test
    void aCheckSeesNoLockOfOursAndOnlyWhatIsCommitted() throws IOException {
        write("001_a.sql", CREATE_PATIENTS);
        write("001_a.verify.sql", "SELECT true;\n");
        done("apply");
        write("001_a.verify.sql", """
                -- migrate:check no lock
                SELECT count(*) = 0 FROM pg_locks WHERE locktype = 'advisory';
                -- migrate:check read only
                SELECT current_setting('transaction_read_only') = 'on';
                -- migrate:check its statement timeout
                SELECT current_setting('statement_timeout') = '30s';
                """);

        assertThat(done("verify").out()).endsWith("postgresql: 3 checks hold\n");
    }

    @Test
    void aCheckCannotLeaveItsTransaction() throws IOException {
        write("001_a.sql", CREATE_PATIENTS);
        write("001_a.verify.sql", "SELECT true;\n");
        done("apply");
        write("001_a.verify.sql", "SELECT true;\nCOMMIT;\nDROP TABLE patients;\n");
        assertThat(run("verify").out()).contains("COMMIT would end or split the transaction in which this file runs.");
        write("001_a.verify.sql", "SET TRANSACTION READ WRITE;\nDROP TABLE patients;\n");
        assertThat(run("verify").code()).isEqualTo(1);

        assertThat(tables()).contains("patients");
    }

    @Test
    void placeholdersHaveTheirValues() throws IOException {
        write("001_a.sql", CREATE_PATIENTS);
        write("001_a.verify.sql", "-- migrate:check table\nSELECT to_regclass('${table}') IS NOT NULL;\n");

        done("apply", "-P", "table=patients");

        assertThat(done("verify", "-P", "table=patients").out()).startsWith("\u2713 table\n");
        assertThat(run("verify", "-P", "table=nothing").code()).isEqualTo(1);
        assertThat(run("verify", "--undeclared-placeholders", "error").err())
                .contains("001_a.verify.sql:2:21: ${table} has no value.");
    }

    @Test
    void jsonAndJUnitSayTheSame() throws IOException {
        writeClinic();
        done("apply");
        sql("DROP INDEX ix_consent_records_session_id");
        Path file = folder.resolve("TEST-verify.xml");

        CommandRun run = run("verify", "--format", "json", "--junit", file.toString());

        assertThat(run.code()).isEqualTo(1);
        JsonNode failed = run.json().get("checks").get(4);
        assertThat(failed.get("name").asString()).isEqualTo("indexes");
        assertThat(failed.get("outcome").asString()).isEqualTo("FAILED");
        assertThat(failed.get("version").asString()).isEqualTo("001");
        assertThat(failed.get("reason").asString()).isEqualTo("Column 'consent_by_session' is false.");
        assertThat(Files.readString(file))
                .contains("<testsuite name=\"migrations.postgresql.verify\" tests=\"6\" failures=\"1\"")
                .contains("name=\"001 indexes\"")
                .contains("<failure type=\"check\" message=\"Column 'consent_by_session' is false.\">");
    }

    @Test
    void withoutChecksThereIsNothingToSay() throws IOException {
        writeThree();
        done("apply");

        assertThat(done("verify").out()).isEqualTo("postgresql: there is no check to run\n");
        assertThat(done("verify", "-v").out()).startsWith("  001 has no check\n  002 has no check\n");
    }
}
