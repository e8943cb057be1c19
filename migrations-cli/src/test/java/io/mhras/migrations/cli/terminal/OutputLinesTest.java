package io.mhras.migrations.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.MigrationListener;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.ScriptOutput;
import io.mhras.migrations.ScriptOutput.Level;
import io.mhras.migrations.cli.terminal.Colours.Choice;
import io.mhras.migrations.source.MigrationLoader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What scripts say, where people see it, and where programs do. */
class OutputLinesTest {

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Terminal terminal =
            new Terminal(new Printer(out), new Printer(err), new BufferedReader(new StringReader("")), Map.of(), null);
    private MigrationStep step;

    @BeforeEach
    void oneStep() throws IOException {
        Files.writeString(folder.resolve("001_one.js"), "print('hello');\n");
        step = new MigrationStep(
                Event.APPLIED,
                new MigrationLoader(
                                List.of("filesystem:" + folder),
                                DatabaseKind.MONGODB,
                                Map.of(),
                                getClass().getClassLoader())
                        .load()
                        .migrations()
                        .get(0),
                "",
                null);
    }

    private void say(MigrationListener listener) {
        listener.onOutput("mongodb", step, new ScriptOutput(Level.PRINTED, "42 patients\u001b[2J"));
        listener.onOutput("mongodb", step, new ScriptOutput(Level.NOTICE, "skipped"));
        listener.onOutput("mongodb", step, new ScriptOutput(Level.WARNING, "careful"));
    }

    private OutputLines lines(Choice choice, Set<Level> levels) {
        return new OutputLines(terminal, new Colours(terminal, choice), levels);
    }

    @Test
    void whatIsWantedGoesToStandardErrorAsItComes() {
        say(lines(Choice.AUTO, EnumSet.allOf(Level.class)));

        assertThat(out.toString()).isEmpty();
        assertThat(err)
                .hasToString(
                        "001_one.js: 42 patients\\x1b[2J\n001_one.js: notice: skipped\n001_one.js: warning: careful\n");
    }

    @Test
    void theRestDoesNot() {
        say(lines(Choice.ALWAYS, EnumSet.of(Level.WARNING)));

        assertThat(err.toString()).matches("\u001b\\[33m001_one.js: warning: careful(\u001b\\[\\d+m)+\n");
    }

    @Test
    void aProgramGetsAllOfItAsFarAsThereIsMemory() {
        OutputRecord record = new OutputRecord();
        say(record);

        assertThat(record.leftOut()).isNull();
        assertThat(record.lines())
                .containsExactly(
                        new OutputRecord.Line("001_one.js", "printed", "42 patients\u001b[2J"),
                        new OutputRecord.Line("001_one.js", "notice", "skipped"),
                        new OutputRecord.Line("001_one.js", "warning", "careful"));

        record.onOutput("mongodb", step, new ScriptOutput(Level.PRINTED, "x".repeat(3_000_000)));
        assertThat(record.lines()).hasSize(3);
        assertThat(record.leftOut()).isEqualTo(1);
    }
}
