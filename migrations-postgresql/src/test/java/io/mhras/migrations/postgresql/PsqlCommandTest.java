package io.mhras.migrations.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.testing.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What psql's own commands, and statements that no migration may have, lead to. */
class PsqlCommandTest extends PostgresTest {

    private static final String PASSED_OVER = """
            \\restrict abc
            \\echo 'Now the tables'
            \\qecho done
            \\warn careful
            \\set ON_ERROR_STOP on
            \\set ON_ERROR_STOP 1
            \\set ON_ERROR_STOP
            \\set AUTOCOMMIT on
            \\set QUIET 1
            \\set VERBOSITY verbose
            \\set
            \\timing on
            \\pset pager off
            \\x auto
            \\t
            \\encoding UTF8
            \\encoding
            \\dt+ public.*
            \\d a
            \\?
            """;

    @Test
    void whatOnlyConcernsOutputIsPassedOver() {
        StringBuilder script = new StringBuilder("CREATE TABLE a (id int);\n");
        PASSED_OVER
                .lines()
                .forEach(command -> script.append("INSERT INTO a\n" + command + "\nVALUES (1);\n" + command + "\n"));

        migrate(script.toString());

        assertThat(column("SELECT id::text FROM a")).hasSize(20);
    }

    @Test
    void aCommandThatSendsIsASemicolon() {
        migrate("CREATE TABLE a (id int) \\g\nINSERT INTO a VALUES (1) \\gx\nINSERT INTO a VALUES (2);");

        assertThat(column("SELECT id::text FROM a")).containsExactly("1", "2");
    }

    private static final String REFUSED = """
            \\i other.sql | \\i is a command of psql, not of the server. | Put here what that file holds, or make it a migration of its own.
            \\ir other.sql | \\ir is a command of psql | Put here what that file holds
            \\include_relative o | \\include_relative is | Put here what that file holds
            \\copy a from 'a.csv' | \\copy is a command | Write COPY ... FROM stdin; and below it the data, and then a line with \\. alone.
            SELECT 'x' \\gexec | \\gexec is a command | Write a DO block: it can decide, keep a value, and EXECUTE what a query has put together.
            SELECT 1 AS a \\gset | \\gset is a command | Write a DO block
            \\if true | \\if is a command | Write a DO block
            SELECT $1 \\bind 1 \\g | \\bind is a command | Write the values into the statement.
            \\q | \\q is a command | Take it out, and everything after it, which psql would not run.
            SELECT 1\\; SELECT 2; | \\; is a command | Write a plain semicolon.
            SELECT 1\\:: int; | \\: is a command | Write a plain colon: nothing is put in place of :name here.
            \\set version 3 | \\set is a command | Set 'mhras.migrations.placeholders.version', and write ${version} for :version.
            \\set ON_ERROR_STOP off | a migration always stops at the first error. | Take \\set ON_ERROR_STOP out.
            \\set AUTOCOMMIT off | a migration is one transaction where it can be. | Take \\set AUTOCOMMIT out.
            \\echo `date` | \\echo is a command | Take it out; a migration runs no programs of your system.
            SELECT 1 \\g out.txt | \\g is a command | Write a semicolon in its place.
            \\o out.txt | \\o is a command | Take it out; a migration is one file of SQL.
            \\! ls | \\! is a command | Take it out; a migration is one file of SQL.
            \\encoding LATIN1 | migrations are UTF-8, not LATIN1. | Save the file as UTF-8 (pg_dump --encoding=UTF8), and take this out.
            SET client_encoding = 'LATIN1'; | migrations are UTF-8, not LATIN1. | Save the file as UTF-8
            SET SESSION client_encoding TO win1252; | migrations are UTF-8, not WIN1252. | Save the file as UTF-8
            SET NAMES 'SQL_ASCII'; | migrations are UTF-8, not SQL_ASCII. | Save the file as UTF-8
            COPY a TO STDOUT; | COPY ... TO STDOUT has no reader. | Take it out, or copy to a file of the server.
            DISCARD ALL; | DISCARD ALL would free the migration lock. | Take it out: each migration begins with a clean session anyway.
            COMMIT AND CHAIN; | AND CHAIN cannot be recorded between its two transactions. | Write COMMIT and BEGIN.
            SELECT pg_advisory_unlock_all(); | pg_advisory_unlock_all() would free the migration lock. | Free your own locks one by one, with pg_advisory_unlock(key).
            SELECT 1, PG_catalog.PG_Advisory_unlock_all(); | pg_advisory_unlock_all() would free | Free your own locks
            DO $$ BEGIN PERFORM pg_advisory_unlock_all(); END $$; | pg_advisory_unlock_all() would free | Free your own locks
            DO 'BEGIN PERFORM pg_advisory_unlock_all(); END'; | pg_advisory_unlock_all() would free | Free your own locks
            """;

    @Test
    void whatCannotRunIsRefusedWithItsPlaceAndWhatToDoInstead() {
        REFUSED.lines()
                .map(row -> row.split(" \\| "))
                .forEach(row -> assertThat(failure("CREATE TABLE a (id int);\n" + row[0]))
                        .as(row[0])
                        .isInstanceOf(InvalidMigration.class)
                        .hasMessageContaining("classpath:db/migration/001_script.sql:2:")
                        .hasMessageContaining(row[1])
                        .hasMessageContaining("What to do: " + row[2]));
        assertThat(exists("a")).isFalse();
    }

    @Test
    void whatFreesLocksMayStandInTheBodyOfARoutineOrInAString() {
        migrate("""
                CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $$ SELECT pg_advisory_unlock_all() $$;
                CREATE OR REPLACE FUNCTION g() RETURNS void LANGUAGE sql BEGIN ATOMIC SELECT pg_advisory_unlock_all(); END;
                CREATE PROCEDURE p() LANGUAGE plpgsql AS 'BEGIN PERFORM pg_advisory_unlock_all(); END';
                COMMENT ON FUNCTION f() IS 'pg_advisory_unlock_all()';
                SELECT 1 /* pg_advisory_unlock_all() */ AS "pg_advisory_unlock_all"; -- pg_advisory_unlock_all()
                """);

        assertThat(
                        column(
                                "SELECT proname FROM pg_proc WHERE prosrc LIKE '%unlock_all%' AND pronamespace = 'public'::regnamespace"))
                .contains("f", "p");
    }

    @Test
    void theEncodingThatItIsInMayBeSaid() {
        migrate("SET client_encoding = 'UTF8';\nSET NAMES 'utf-8';\nSET client_encoding TO DEFAULT;\n"
                + "CREATE TABLE a AS SELECT 'ä' AS t;");

        assertThat(column("SELECT t FROM a")).containsExactly("ä");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\connect DB",
                "\\c \"DB\"",
                "\\c 'DB'",
                "\\c",
                "\\connect - postgres",
                "\\connect DB postgres - -",
                "\\encoding SQL_ASCII\n\\connect -reuse-previous=on \"dbname='DB'\"",
                "\\connect \"dbname=DB user=postgres\""
            })
    void aConnectToWhereItIsBeginsAsANewSessionWould(String connect) {
        migrate(("SET search_path = pg_catalog;\nSET work_mem = '7MB';\nSET ROLE pg_monitor;\nPREPARE p AS SELECT 1;\n"
                        + "SET standard_conforming_strings = off;\n" + connect + "\n"
                        + "CREATE TABLE seen AS SELECT current_user::text AS u, current_setting('work_mem') AS m,"
                        + " current_setting('lock_timeout') AS l, 'a\\b' AS t;\nPREPARE p AS SELECT 2;\n")
                .replace("DB", database.name()));

        assertThat(column("SELECT u || ' ' || m || ' ' || l || ' ' || t FROM public.seen"))
                .containsExactly("postgres 4MB 2s a\\b");
    }

    @Test
    void aConnectIsFollowedOnceInASession() {
        database.run("CREATE SCHEMA s; CREATE PROCEDURE p() LANGUAGE plpgsql AS 'BEGIN COMMIT; END'");

        // The server refuses CALL in a transaction; what is not done is begun anew.
        migrate("\\connect " + database.name() + "\nSET search_path = s;\nVACUUM pg_am;\nSELECT 1;\nCALL public.p();\n"
                + "CREATE TABLE made (id int);");

        assertThat(exists("s.made")).isTrue();
    }

    @Test
    void aConnectInTheDonePartIsFollowedToo() {
        String begin = "SET search_path = pg_catalog;\n\\connect " + database.name() + "\nVACUUM pg_am;\n";
        assertThat(failure(begin + "SELECT nowhere;")).hasMessageContaining("statement 3");

        migrate(begin + "CREATE TABLE made (id int);");

        assertThat(exists("public.made")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\connect other",
                "\\c - somebody",
                "\\c - - elsewhere.example",
                "\\c - - - 5433",
                "\\connect -reuse-previous=on \"dbname='it\\'s'\"",
                "\\connect \"host=elsewhere.example\"",
                "\\connect postgresql://elsewhere.example/"
            })
    void aConnectToElsewhereIsRefused(String connect) {
        assertThat(failure("CREATE TABLE a (id int);\n" + connect + "\nCREATE TABLE b (id int);"))
                .isInstanceOf(InvalidMigration.class)
                .hasMessageContaining("classpath:db/migration/001_script.sql:2:1: " + connect + " leads away from here:"
                        + " the database '" + database.name() + "', as the user 'postgres'.")
                .hasMessageContaining("Put what is for another database into migrations of its own.");
        assertThat(exists("a")).isFalse();
    }

    @Test
    void aConnectIsRefusedWhereItWouldLoseATransactionOrMakeACheckBlind() {
        migrate("BEGIN;\nCREATE TABLE a (id int);\nCOMMIT;\n\\connect " + database.name());
        assertThat(exists("a")).isTrue();
        database.run("DROP TABLE migration_history");
        assertThat(failure("BEGIN;\n\\connect " + database.name() + "\nCOMMIT;"))
                .hasMessageContaining("001_script.sql:2:1: \\connect " + database.name()
                        + " would roll back the transaction that the script has begun.")
                .hasMessageContaining("Write COMMIT or ROLLBACK before it.");
        assertThat(failure(migrator(
                        new Files().with("002_a.sql", "SELECT 1;").with("002_a.verify.sql", "\\c\nSELECT true;"))))
                .hasMessageContaining("002_a.verify.sql:1:1: a check runs in the session of its migration.")
                .hasMessageContaining("Take \\c out.");
    }
}
