package io.mhras.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What each verb answers. */
class VerbsTest extends CommandTest {

    @Test
    void statusIsATable() throws IOException {
        writeThree();
        done("apply", "--target", "001");

        CommandRun run = done("status");

        assertThat(run.out().lines())
                .hasSize(6)
                .anyMatch(line -> line.matches("VERSION +STATE +APPLIED +DESCRIPTION"))
                .anyMatch(line ->
                        line.matches("001 +applied +\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d +create patients"))
                .anyMatch(line -> line.matches("002 +pending +add consent"))
                .last()
                .isEqualTo("postgresql: 2 to apply");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void statusAsJsonHasEachMigration() throws IOException {
        writeThree();
        done("apply", "+2");

        JsonNode answer = done("status", "--format", "json").json();

        assertThat(answer.get("state").asString()).isEqualTo("PENDING");
        assertThat(answer.get("current").get(0).asString()).isEqualTo("002");
        assertThat(answer.get("migrations")).hasSize(3);
        assertThat(answer.get("migrations").get(2).get("state").asString()).isEqualTo("PENDING");
        assertThat(answer.has("running")).isFalse();
    }

    @Test
    void statusWritesNothing() throws IOException {
        writeThree();

        done("status");
        done("history");
        done("current");
        done("lock");
        done("activity");

        assertThat(tables()).isEmpty();
    }

    @Test
    void applySaysOnStandardErrorWhatItDoes() throws IOException {
        writeThree();

        CommandRun run = done("apply");

        assertThat(run.err().lines()).hasSize(3).first().asString().matches("applied 001 create patients, \\d+ ms");
        assertThat(run.out()).matches("postgresql: 3 done in \\d+ ms\n");
        assertThat(done("apply").out()).isEqualTo("postgresql: nothing to do\n");
    }

    @Test
    void applyAsJsonIsTheResult() throws IOException {
        writeThree();

        JsonNode answer = done("apply", "--format=json").json();

        assertThat(answer.get("operation").asString()).isEqualTo("MIGRATE");
        assertThat(answer.get("events")).hasSize(3);
        assertThat(done("apply", "--format=json").json().get("events")).isEmpty();
    }

    @Test
    void aDryRunWritesNothingAtAll() throws IOException {
        writeThree();

        CommandRun run = done("apply", "--dry-run");

        assertThat(run.out()).isEqualTo("""
                postgresql: 3 to do
                  apply 001 create patients (001_create_patients.sql): 1 statement
                  apply 002 add consent (002_add_consent.sql): 1 statement
                  apply 003 create visits (003_create_visits.sql): 1 statement
                """);
        assertThat(tables()).isEmpty();
        assertThat(done("apply", "--dry-run", "--format", "json").json().get("steps"))
                .hasSize(3);
    }

    @Test
    void aDryRunShowsEachStatementWhenAskedForMore() throws IOException {
        writeThree();
        write("002_add_consent.verify.sql", "SELECT count(*) >= 0 FROM patients WHERE consent;\n");

        assertThat(done("apply", "002", "--dry-run", "--verbose").out()).isEqualTo("""
                postgresql: 2 to do
                  apply 001 create patients (001_create_patients.sql): 1 statement
                        1  CREATE TABLE patients (patient_id BIGINT PRIMARY KEY, name TEXT)
                  apply 002 add consent (002_add_consent.sql): 1 statement
                        1  ALTER TABLE patients ADD COLUMN consent BOOLEAN
                  check 002_add_consent.verify.sql: 1 statement
                        1  SELECT count(*) >= ? FROM patients WHERE consent
                """);
        done("apply");
        assertThat(done("rollback", "--dry-run", "--verbose").out()).isEqualTo("""
                postgresql: 1 to do
                  roll back 003 create visits (003_create_visits.down.sql): 1 statement
                        1  DROP TABLE visits
                """);
        assertThat(tables()).contains("visits");
    }

    @Test
    void quietSaysNothing() throws IOException {
        writeThree();

        CommandRun run = done("apply", "--quiet");

        assertThat(run.out() + run.err()).isEmpty();
    }

    @Test
    void rollbackTakesTheLastOneBack() throws IOException {
        writeThree();
        done("apply");

        done("rollback");
        assertThat(tables()).containsExactly("migration_history", "patients");
        done("downgrade", "-1");
        assertThat(done("current").out()).startsWith("001;");
        done("rollback", "base");
        assertThat(tables()).containsExactly("migration_history");
    }

    @Test
    void rollbackWithoutADownScriptIsRefusedBeforeItBegins() throws IOException {
        write("001_create_patients.sql", CREATE_PATIENTS);
        done("apply");

        CommandRun run = run("rollback");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("Nothing was rolled back", "What to do:");
    }

    @Test
    void validateNamesScriptsWithoutAStatement() throws IOException {
        writeThree();
        write("003_create_visits.down.sql", "-- Visits stay.\n");
        write("004_withdrawn.sql", "");
        done("apply");

        assertThat(done("validate").out().lines())
                .startsWith(
                        "note: 003_create_visits.down.sql has no statement in it: there is no way back from 003.",
                        "note: 004_withdrawn.sql has no statement in it: it does nothing.")
                .hasSize(3);
        assertThat(done("validate", "--format", "json").json().get("notes")).hasSize(2);
        CommandRun run = run("rollback", "-2");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("there is no down script for 003_create_visits.sql", "example 003_create_visits.down.sql");
        done("rollback", "-1");
    }

    @Test
    void validateFindsWhatIsPendingAndWhatWasChanged() throws IOException {
        writeThree();

        assertThat(run("validate").code()).isEqualTo(1);
        done("apply");
        assertThat(done("validate").out()).contains("Files and history agree");
        assertThat(done("validate", "--format", "json").json().get("result").asString())
                .isEqualTo("VALID");

        write("001_create_patients.sql", "CREATE TABLE patients (patient_id INT PRIMARY KEY, name TEXT);\n");
        CommandRun run = run("validate");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("was changed after it was applied", "- CREATE TABLE patients (patient_id BIGINT");
        assertThat(run.out()).isEmpty();
        assertThat(done("repair").out()).isEqualTo("postgresql: 1 accepted\n");
        done("validate");
    }

    @Test
    void stampMarksWithoutRunning() throws IOException {
        writeThree();

        assertThat(done("stamp", "002").out()).isEqualTo("postgresql: 2 marked\n");

        assertThat(tables()).containsExactly("migration_history");
        assertThat(done("status").out()).contains("stamped");
        assertThat(run("stamp", "+1").code()).isEqualTo(2);
        assertThat(run("stamp", "--purge", "009").err()).contains("There is no migration 009");
        assertThat(done("current").out()).startsWith("002;");
    }

    @Test
    void stampPurgeAcceptsTheFilesAsTheyAreAndForgetsWhatHasNone() throws IOException {
        writeThree();
        done("apply");
        write("002_add_consent.sql", "ALTER TABLE patients ADD COLUMN consent TEXT;\n");
        Files.delete(folder.resolve("003_create_visits.sql"));
        Files.delete(folder.resolve("003_create_visits.down.sql"));

        done("stamp", "--purge", "head");

        assertThat(done("current").out()).startsWith("002 (head);");
        done("validate");
    }

    @Test
    void cleanWantsTheNameOfTheDatabase() throws IOException {
        writeThree();
        done("apply");

        assertThat(done("clean", "--dry-run").out()).contains("would drop table public.patients\n");
        assertThat(run("clean").code()).isEqualTo(3);
        assertThat(run("clean", "--force", "other").err())
                .isEqualTo("Nothing was dropped: 'other' is not the database's name, '" + database.name() + "'.\n");
        assertThat(tables()).contains("patients");

        CommandRun run = done("clean", "--force", database.name(), "--then-apply");
        assertThat(run.out()).contains("dropped table public.patients\n");
        assertThat(tables()).contains("patients");
    }

    @Test
    void cleanAsksAtATerminalAndShowsWhatWillGo() throws IOException {
        writeThree();
        done("apply");

        CommandRun no = CommandRun.typing("yes\n", environment(), "clean");
        assertThat(no.code()).isEqualTo(3);
        assertThat(no.err()).contains("  drop table public.patients\n", "Type its name to go on:");
        CommandRun yes = CommandRun.typing(database.name() + "\n", environment(), "clean");
        assertThat(yes.code()).isZero();
        assertThat(tables()).isEmpty();
    }

    @Test
    void showPrintsTheFilesOfAMigration() throws IOException {
        writeThree();

        assertThat(done("show", "head").out())
                .startsWith("003 create visits\nrequires: 002\nchecksum: ")
                .contains(
                        "003_create_visits.sql\nCREATE TABLE visits", "003_create_visits.down.sql\nDROP TABLE visits;");
        assertThat(done("show", "1", "--format", "json").json().get(0).get("up").asString())
                .isEqualTo(CREATE_PATIENTS);
        assertThat(run("show", "+1").code()).isEqualTo(2);
    }

    @Test
    void lockAndActivitySayThatNobodyIsThere() {
        assertThat(done("lock").out()).isEqualTo("The migration lock is free.\n");
        assertThat(done("activity").out()).isEqualTo("Nothing migrates the database.\n");
        assertThat(done("lock", "--format", "json").out()).isEqualTo("null\n");
    }

    @Test
    void aliasesAreTheNamesOfOtherSystems() throws IOException {
        writeThree();

        done("upgrade", "+1");
        done("migrate");
        done("downgrade", "base");

        assertThat(tables()).containsExactly("migration_history");
    }

    @Test
    void eachVerbExplainsItselfWithAnExample() {
        CommandRun help = CommandRun.of(Map.of(), "--help");
        List<String> verbs = help.out()
                .lines()
                .dropWhile(line -> !line.equals("Verbs:"))
                .skip(1)
                .takeWhile(line -> !line.isBlank())
                .filter(line -> line.startsWith("  ") && !line.startsWith("   "))
                .map(line -> line.strip().replaceFirst("[ ,].*", ""))
                .toList();

        assertThat(verbs).contains("status", "apply", "completion", "man").hasSizeGreaterThan(15);
        for (String verb : verbs) {
            CommandRun run = CommandRun.of(Map.of(), verb, "--help");
            assertThat(run.code()).isZero();
            assertThat(run.out()).contains("Usage: migrations " + verb, "Example: ");
        }
    }
}
