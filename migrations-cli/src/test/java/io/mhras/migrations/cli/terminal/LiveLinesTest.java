package io.mhras.migrations.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines that stay at the end of a terminal. */
class LiveLinesTest {

    private static final String ESCAPE = "\u001b";

    @Test
    void theyStayBelowWhatElseIsWritten() throws IOException {
        ByteArrayOutputStream terminal = new ByteArrayOutputStream();
        LiveLines lines = new LiveLines(terminal);
        PrintWriter writer = new PrintWriter(lines, true, StandardCharsets.UTF_8);

        lines.show(List.of("one", "two"));
        writer.println("text");
        lines.show(List.of("three"));
        lines.clear();
        writer.println("end");

        String erase = "\r" + ESCAPE + "[J";
        String up = ESCAPE + "[1A";
        assertThat(terminal.toString(StandardCharsets.UTF_8))
                .isEqualTo("one\ntwo" + up + erase + "text\none\ntwo" + up + erase + "three" + erase + "end\n");
    }
}
