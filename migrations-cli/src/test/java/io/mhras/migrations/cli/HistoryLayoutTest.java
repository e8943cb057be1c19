package io.mhras.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code history} and {@code current} as users of Alembic know them. */
class HistoryLayoutTest extends CommandTest {

    private static final String WHEN = "applied \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d in \\d+ ms by \\w+";

    /** 001 forks into 002 and 003, and 004 brings them together. */
    @BeforeEach
    void writeBranches() throws IOException {
        write("001_create_patients.sql", CREATE_PATIENTS);
        write("002_add_consent.sql", "-- migrate:requires 001\nALTER TABLE patients ADD COLUMN consent BOOLEAN;\n");
        write("003_add_phone.sql", "-- migrate:requires 001\nALTER TABLE patients ADD COLUMN phone TEXT;\n");
        write("004_merge.sql", "-- migrate:requires 002, 003\n");
    }

    @Test
    void historyIsNewestFirst() {
        assertThat(done("history").out()).isEqualTo("""
                002, 003 -> 004 (head) (mergepoint), merge; pending
                001 -> 003, add phone; pending
                001 -> 002, add consent; pending
                <base> -> 001 (branchpoint), create patients; pending
                """);
    }

    @Test
    void historySaysWhenHowLongAndByWhom() {
        done("apply", "--target", "002");

        CommandRun run = done("history", "--indicate-current");

        assertThat(run.out().lines().skip(2))
                .first()
                .asString()
                .matches("001 -> 002 \\(current\\), add consent; " + WHEN);
        assertThat(done("history").out()).doesNotContain("(current)");
    }

    @Test
    void historyHasALongLayout() {
        assertThat(done("history", "--verbose", "003:").out()).isEqualTo("""
                Rev: 004 (head) (mergepoint)
                Merges: 002, 003
                Path: %1$s/004_merge.sql
                State: pending

                    merge

                Rev: 003
                Parent: 001
                Path: %1$s/003_add_phone.sql
                State: pending

                    add phone

                """.formatted(folder));
    }

    @Test
    void historyWithoutADatabaseIsWhatTheFilesSay() {
        CommandRun run = CommandRun.of(Map.of("MIGRATION_PATH", folder.toString()), "history");

        assertThat(run.code()).isZero();
        assertThat(run.out()).endsWith("<base> -> 001 (branchpoint), create patients\n");
        assertThat(run.err()).isEqualTo("No database is given: this is what the files say.\n");
    }

    @Test
    void aRangeHasBothItsEnds() {
        done("apply", "--target", "003");

        assertThat(versions("001:003")).isEqualTo("003 001 ");
        assertThat(versions(":002")).isEqualTo("002 001 ");
        assertThat(versions("002:head")).isEqualTo("004 002 ");
        assertThat(versions("-1:head")).isEqualTo("004 003 ");
        assertThat(versions("base:current")).isEqualTo("003 001 ");
        assertThat(run("history", "001").err()).contains("'001' is not a range.", "001:003");
        assertThat(run("history", "001:007").err()).contains("There is no migration 007.");
    }

    private String versions(String range) {
        StringBuilder versions = new StringBuilder();
        done("history", "--rev-range", range, "--format", "json")
                .json()
                .forEach(one -> versions.append(one.get("file").asString().replaceFirst(".*/(\\d+)_.*", "$1 ")));
        return versions.toString();
    }

    @Test
    void currentHasALineForEachBranch() {
        assertThat(done("current").err()).isEqualTo("Nothing is applied.\n");
        assertThat(run("current", "--check-heads").code()).isEqualTo(1);
        done("apply", "+3");

        assertThat(done("current").out().lines()).hasSize(2).allMatch(line -> line.matches("00[23]; " + WHEN));
        CommandRun behind = run("current", "--check-heads");
        assertThat(behind.code()).isEqualTo(1);
        assertThat(behind.err()).isEqualTo("The database does not have the head, 004.\n");

        done("apply");
        assertThat(done("current", "--check-heads").out()).matches("004 \\(head\\) \\(mergepoint\\); " + WHEN + "\n");
        assertThat(done("current", "--verbose").out()).startsWith("Rev: 004 (head) (current) (mergepoint)\nMerges: ");
    }

    @Test
    void whatHasNoFileIsNoReasonToFail() throws IOException {
        done("apply");
        Files.delete(folder.resolve("004_merge.sql"));

        assertThat(done("history").out()).startsWith("<unknown> -> 004 (no file), merge; ahead ");
        assertThat(done("current").out()).startsWith("004 (no file); ahead ");
    }

    @Test
    void eventsAreTheAuditTrail() throws IOException {
        write("005_wrong.sql", "SELECT 1 / 0;\n");
        assertThat(run("apply").code()).isEqualTo(1);

        CommandRun run = done("history", "--events");

        assertThat(run.out().lines()).hasSize(6).first().asString().matches("AT +EVENT +VERSION +MS +BY +DESCRIPTION");
        assertThat(run.out().lines().skip(1))
                .first()
                .asString()
                .contains("failed", "005", "wrong: ERROR: division by zero");
        assertThat(done("history", "--events", "--format", "json").json()).hasSize(5);
    }

    @Test
    void headsAndBranchesNeedNoDatabase() {
        Map<String, String> noDatabase = Map.of("MIGRATION_PATH", folder.toString());

        assertThat(CommandRun.of(noDatabase, "heads").out()).isEqualTo("004 (head) (mergepoint), merge\n");
        assertThat(CommandRun.of(noDatabase, "heads", "--format", "json").json())
                .hasSize(1);
        assertThat(CommandRun.of(noDatabase, "branches").out()).isEqualTo("""
                <base> -> 001 (branchpoint), create patients
                    -> 003, add phone
                    -> 002, add consent
                """);
        assertThat(CommandRun.of(noDatabase, "branches", "--format", "json")
                        .json()
                        .get("001"))
                .hasSize(2);
    }
}
