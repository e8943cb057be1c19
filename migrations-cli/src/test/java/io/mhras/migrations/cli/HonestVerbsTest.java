package io.mhras.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.testing.Psql;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every verb says the same of a history that it cannot see, or that is not what it seems to be. */
class HonestVerbsTest extends CommandTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "apply",
                "validate",
                "check",
                "status",
                "current",
                "history",
                "history --events",
                "report",
                "activity",
                "lock",
                "repair",
                "repair --dry-run",
                "stamp head",
                "rollback base",
                "adopt",
                "clean --force NAME"
            })
    void whereTheFirstSchemaHasMovedEachSaysSo(String verb) throws IOException {
        write("001_a.sql", "CREATE SCHEMA AUTHORIZATION postgres;\nCREATE TABLE postgres.items (id int);\n");
        write("002_b.sql", "CREATE TABLE public.second (id int);\n");
        done("apply");

        CommandRun run = run(verb.replace("NAME", database.name()).split(" "));

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out() + run.err())
                .contains("The schema 'postgres' comes first in the connection's search_path and has no history; but"
                        + " 'public' has one.")
                .contains("to 'public' to go on there, or to 'postgres' to begin a history of its own.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "apply",
                "validate",
                "check",
                "status",
                "current",
                "history",
                "report",
                "activity",
                "lock",
                "repair --dry-run",
                "stamp head",
                "adopt"
            })
    void behindRowLevelSecurityEachSaysSo(String verb) throws IOException {
        writeThree();
        done("apply");
        String reader = "reader_" + database.name();
        database.run("CREATE ROLE " + reader + " LOGIN; GRANT USAGE ON SCHEMA public TO " + reader
                + "; GRANT SELECT ON migration_history TO " + reader
                + "; ALTER TABLE migration_history ENABLE ROW LEVEL SECURITY");
        Map<String, String> asReader = Map.of(
                "DATABASE_URL", database.url().replaceFirst("user=\\w+", "user=" + reader),
                "MIGRATION_PATH", folder.toString());
        try {
            CommandRun run = CommandRun.of(asReader, verb.split(" "));
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.out() + run.err())
                    .contains("Row-level security hides the history \"migration_history\" from the database user "
                            + reader)
                    .contains("DISABLE ROW LEVEL SECURITY;")
                    .contains("USING (true);")
                    .doesNotContain("Nothing is applied");

            database.run("CREATE POLICY newer ON migration_history TO " + reader + " USING (version > '001')");
            if (!verb.equals("activity") && !verb.equals("lock") && !verb.equals("apply")) {
                assertThat(CommandRun.of(asReader, verb.split(" ")).err())
                        .contains("Row-level security hides the history");
            }
            database.run("DROP POLICY newer ON migration_history;"
                    + " CREATE POLICY migrations ON migration_history TO " + reader + " USING (true)");
            CommandRun seen = CommandRun.of(asReader, verb.split(" "));
            assertThat(seen.out() + seen.err()).doesNotContain("Row-level security");
        } finally {
            database.run("DROP OWNED BY " + reader + "; DROP ROLE " + reader);
        }
    }

    @Test
    void aRowDeletedFromTheMiddleIsAConflictForEach() throws IOException {
        writeThree();
        done("apply");
        database.run("DELETE FROM migration_history WHERE version = '002'");

        CommandRun validate = run("validate");
        assertThat(validate.code()).isEqualTo(1);
        assertThat(validate.err())
                .contains(
                        "The row that says that 002 is applied is missing: it was there when row 3 (applied 003) was written.");
        CommandRun check = run("check");
        assertThat(check.code()).isEqualTo(1);
        assertThat(check.out())
                .contains("The row that says that 002 is applied is missing", "'migrations validate' explains");
        assertThat(run("status").out()).contains("The row that says that 002 is applied is missing");
        assertThat(run("status", "--format", "json").out())
                .contains("\"state\" : \"CONFLICT\"", "002 is applied is missing");
    }

    @Test
    void aShortChecksumIsShownAsItIs() throws IOException {
        writeThree();
        done("apply");
        database.run("UPDATE migration_history SET checksum = 'x' WHERE version = '003'");
        write("003_create_visits.sql", "");
        Files.delete(folder.resolve("003_create_visits.sql"));
        Files.delete(folder.resolve("003_create_visits.down.sql"));

        assertThat(run("status", "--verbose").out()).contains("003", ", x, ");
        assertThat(run("validate").err()).contains("at or before row 3 (applied 003)");
    }

    @Test
    void whatIsArchivedIsShownAndRolledBack() throws IOException {
        writeThree();
        done("apply");
        Files.delete(folder.resolve("002_add_consent.sql"));
        Files.delete(folder.resolve("002_add_consent.down.sql"));
        assertThat(run("apply").err()).contains("002_add_consent.sql was applied on ", "has no file now");

        assertThat(done("repair", "--dry-run").out()).contains("archive 002 add consent (002_add_consent.sql)");
        assertThat(done("repair").out()).isEqualTo("postgresql: 1 accepted\n");

        assertThat(done("status").out()).contains("archived", "up to date");
        assertThat(done("check").out()).contains("at the head");
        assertThat(done("apply").out()).contains("nothing to do");
        assertThat(done("history", "--events").out()).contains("archived");
        assertThat(done("history").out()).contains("002 (no file)");
        done("rollback", "001");
        assertThat(done("status").out()).doesNotContain("archived");
        assertThat(tables()).doesNotContain("visits");
    }

    @Test
    void anotherServicesFilesAreNotRepaired() throws IOException {
        write("001_one.sql", "CREATE TABLE one (a int);\n");
        write("002_one.sql", "CREATE TABLE one2 (a int);\n");
        done("apply");
        Files.delete(folder.resolve("001_one.sql"));
        Files.delete(folder.resolve("002_one.sql"));
        write("001_two.sql", "CREATE TABLE two (a int);\n");

        for (String verb : new String[] {"apply", "validate", "repair", "status"}) {
            CommandRun run = run(verb);
            assertThat(run.out() + run.err())
                    .contains("version 001 was applied from another file: 001_one.sql there; ", "001_two.sql here");
        }
        assertThat(run("repair").code()).isEqualTo(1);
        assertThat(run("check").code()).isEqualTo(1);
        assertThat(done("history", "--events").out()).doesNotContain("repaired", "archived", "unstamped");
    }

    @Test
    void whoeverForcesAVerbThatDoesNotAskIsToldSo() {
        for (String verb : new String[] {"repair", "stamp head"}) {
            CommandRun run = run((verb + " --force").split(" "));
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err())
                    .contains(
                            " has no --force: it does not ask.",
                            "Leave --force out.",
                            "--dry-run' shows what it would do.")
                    .doesNotContain("--format");
        }
    }

    @Test
    void upgradeToHeadSaysThatThereAreTwo() throws IOException {
        writeBranches();

        CommandRun run = done("upgrade", "head");

        assertThat(run.err()).contains("note: there are 2 heads, 002 and 003, and head means all of them.");
        assertThat(done("current").out()).contains("002", "003");
        assertThat(done("upgrade", "head").err()).doesNotContain("heads");
    }

    @Test
    void aScriptBeginsAtSeveralHeads() throws IOException {
        writeBranches();
        done("apply");
        write("004_merge.sql", "-- migrate:requires 002, 003\nCREATE TABLE d (id int);\n");

        CommandRun script = done("script", "002,003:head");
        assertThat(script.out())
                .startsWith("-- From 002,003 on, 1 to do.")
                .contains("CREATE TABLE d")
                .doesNotContain("CREATE TABLE c");
        Psql.Outcome outcome = Psql.ofThisMachine().run(database, script.out());
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(done("status").out()).contains("up to date");
    }

    private void writeBranches() throws IOException {
        write("001_a.sql", "CREATE TABLE a (id int);\n");
        write("002_b.sql", "-- migrate:requires 001\nCREATE TABLE b (id int);\n");
        write("003_c.sql", "-- migrate:requires 001\nCREATE TABLE c (id int);\n");
    }
}
