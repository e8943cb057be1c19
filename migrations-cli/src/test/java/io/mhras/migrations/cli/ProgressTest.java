package io.mhras.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is seen while something runs. */
class ProgressTest extends CommandTest {

    private static final String ESCAPE = "\u001b";

    /** Each line that was ever drawn. */
    private static List<String> lines(String text) {
        return text.replace("\r" + ESCAPE + "[J", "\n")
                .replaceAll(ESCAPE + "\\[[0-9;]*[mA]", "")
                .lines()
                .toList();
    }

    @Test
    void aTerminalThatCanDoNothingIsSentLinesOnly() throws IOException {
        writeThree();
        Map<String, String> dumb = new HashMap<>(environment());
        dumb.put("TERM", "dumb");

        CommandRun run = CommandRun.onScreen(80, dumb, "apply", "--force");

        assertThat(run.err()).contains("applied 003 create visits, ").doesNotContain(ESCAPE, "\r", "[#");
    }

    @Timeout(120)
    @ParameterizedTest
    @ValueSource(ints = {80, 40, 12, 1})
    void theBarShowsTheRunTheStatementAndWhoIsInTheWay(int columns) throws Exception {
        write("001_create_patients.sql", CREATE_PATIENTS);
        write("002_add_consent.sql", "ALTER TABLE patients ADD COLUMN consent BOOLEAN;\n");
        done("apply", "+1");
        write("003_add_phone.sql", "ALTER TABLE patients ADD COLUMN phone TEXT;\n");
        ByteArrayOutputStream drawn = new ByteArrayOutputStream();
        ExecutorService other = Executors.newSingleThreadExecutor();
        String err;
        try (Connection inTheWay = database.dataSource().getConnection();
                Statement statement = inTheWay.createStatement()) {
            statement.execute("SET application_name = 'reports'");
            inTheWay.setAutoCommit(false);
            statement.execute("LOCK TABLE patients IN ACCESS SHARE MODE");
            Future<CommandRun> run = other.submit(() ->
                    CommandRun.onScreen(columns, drawn, environment(), "apply", "--force", "--lock-timeout", "3s"));
            while (!drawn.toString(StandardCharsets.UTF_8).contains(ESCAPE + "[33m")) {
                Thread.sleep(20);
            }
            inTheWay.rollback();
            err = run.get(60, TimeUnit.SECONDS).err();
        } finally {
            other.shutdownNow();
        }

        assertThat(err).contains(ESCAPE + "[J");
        if (columns == 80) {
            assertThat(err)
                    .contains("[........................] 0/2 002_add_consent.sql")
                    .contains("  statement 1/1, ", "ALTER TABLE patients ADD COLUMN consent")
                    .contains(ESCAPE + "[33m  waits for Lock relation, held by process");
        }
        assertThat(lines(err)).filteredOn(line -> line.startsWith("[")).allMatch(line -> line.length() <= columns);
        assertThat(lines(err)).anyMatch(line -> line.startsWith("applied 003 add phone"));
    }

    @Test
    void withoutATerminalThereAreLinesOnly() throws IOException {
        writeThree();

        CommandRun run = done("apply");

        assertThat(run.err()).doesNotContain(ESCAPE, "\r", "[.");
    }

    @Test
    void coloursAreForTerminalsAndForWhoeverAsks() throws IOException {
        writeThree();
        Map<String, String> noColour =
                Map.of("DATABASE_URL", database.url(), "MIGRATION_PATH", folder.toString(), "NO_COLOR", "1");
        Map<String, String> dumb =
                Map.of("DATABASE_URL", database.url(), "MIGRATION_PATH", folder.toString(), "TERM", "dumb");

        assertThat(done("status").out()).doesNotContain(ESCAPE);
        assertThat(done("status", "--color", "always").out()).contains(ESCAPE + "[33m001");
        assertThat(CommandRun.onScreen(80, environment(), "status").out()).contains(ESCAPE + "[33m001");
        assertThat(CommandRun.onScreen(80, environment(), "status", "--color=never")
                        .out())
                .doesNotContain(ESCAPE);
        assertThat(CommandRun.onScreen(80, noColour, "status").out()).doesNotContain(ESCAPE);
        assertThat(CommandRun.onScreen(80, dumb, "status").out()).doesNotContain(ESCAPE);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 80, 60, 40, 30})
    void aTableFitsTheTerminal(int columns) throws IOException {
        writeThree();
        write(
                "004_a_migration_with_a_description_that_is_longer_than_a_line_of_any_terminal_that_people_use_today.sql",
                "SELECT 1;\n");
        done("apply", "-q");

        for (String[] verb : new String[][] {{"status"}, {"status", "-v"}, {"history", "--events"}}) {
            List<String> all = new ArrayList<>(List.of(verb));
            all.add("--color=never");
            CommandRun run = CommandRun.onScreen(columns, environment(), all.toArray(String[]::new));
            assertThat(run.out().lines()).allMatch(line -> line.length() <= columns);
        }
    }
}
