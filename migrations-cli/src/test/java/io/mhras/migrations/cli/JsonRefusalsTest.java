package io.mhras.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program that asks for JSON gets JSON, also when it is refused. */
class JsonRefusalsTest extends CommandTest {

    private CommandRun refused(int code, String line) {
        CommandRun run = run((line + " --format json").split(" "));
        assertThat(run.code()).as(line).isEqualTo(code);
        return run;
    }

    private static String error(CommandRun run) {
        return run.json().get("error").asString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status",
                "apply",
                "apply --dry-run",
                "apply --sql",
                "rollback",
                "rollback --dry-run",
                "validate",
                "check",
                "report",
                "history",
                "history --events",
                "current",
                "heads",
                "branches",
                "show 001",
                "new words",
                "merge",
                "stamp head",
                "stamp head --dry-run",
                "adopt",
                "script",
                "repair",
                "repair --dry-run",
                "clean --dry-run"
            })
    void everyVerbDoesWhereTheFilesAreWrong(String line) throws IOException {
        write("001_one.sql", "-- migrate:transation none\nSELECT 1;\n");

        CommandRun run = run((line + " --format json").split(" "));

        if (run.code() == 0) {
            assertThat(run.json()).isNotNull();
        } else {
            assertThat(error(run)).contains("What to do:");
            assertThat(run.err()).contains("What to do:");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lock", "activity", "status", "clean --force x", "adopt", "validate", "current"})
    void everyVerbDoesWhereThereIsNoServer(String line) throws IOException {
        writeThree();

        CommandRun run = refused(1, line + " --url postgresql://ann@localhost:1/clinic");

        assertThat(error(run)).contains("localhost:1", "What to do:");
    }

    @Test
    void whatIsRefusedIsSaid() throws IOException {
        writeThree();
        assertThat(error(refused(1, "validate"))).contains("The schema is not at the head.");
        assertThat(error(refused(2, "rollback 77"))).contains("There is no migration 77.");
        assertThat(error(refused(1, "adopt"))).contains("What to do:");
        assertThat(error(refused(3, "clean"))).contains("there is no terminal to ask at");
        assertThat(error(refused(3, "clean --force other"))).contains("'other' is not the database's name");
        assertThat(error(refused(0, "merge"))).contains("nothing to merge");
        done("apply");
        write("001_create_patients.sql", CREATE_PATIENTS + "-- changed\nSELECT 1;\n");
        assertThat(error(refused(1, "validate"))).contains("001_create_patients.sql");
        assertThat(error(refused(1, "apply"))).contains("001_create_patients.sql");
    }

    @Test
    void whoDoesNotAgreeGetsAnAnswerToo() throws IOException {
        writeThree();

        CommandRun run = CommandRun.typing("n\n", environment(), "apply", "--format", "json");

        assertThat(run.code()).isEqualTo(3);
        assertThat(error(run)).isEqualTo("Nothing was done.");
    }

    @Test
    void wrongUsageIsNoExceptionToThat() {
        assertThat(error(refused(2, "status --bogus"))).contains("Unknown option: '--bogus'");
        assertThat(error(refused(2, "statsu"))).contains("There is no verb 'statsu'.");
        assertThat(error(CommandRun.of(Map.of(), "status", "--format=json"))).contains("No database is given.");
    }

    @Test
    void ofTwoDatabasesEachHasItsOwn() throws IOException {
        writeThree();
        write("001_one.js", "db.patients.insertOne({});\n");
        write("003_create_visits.sql", "CREATE TABLE visits (id TXT);\n");
        Map<String, String> both = new HashMap<>(environment());
        both.put("MONGODB_URL", "mongodb://localhost:1/clinic?serverSelectionTimeoutMS=200");

        CommandRun planned = CommandRun.of(both, "apply", "--format", "json");
        assertThat(planned.code()).isEqualTo(1);
        assertThat(error(planned)).contains("localhost:1");

        CommandRun read = CommandRun.of(both, "validate", "--format", "json");
        for (String kind : List.of("postgresql", "mongodb")) {
            assertThat(read.json().get(kind).get("error").asString()).contains("What to do:");
        }
    }

    @Test
    void sqlIsInADocument() throws IOException {
        writeThree();

        assertThat(done("script", "--format", "json").json().get("sql").asString())
                .contains("CREATE TABLE patients");
    }
}
