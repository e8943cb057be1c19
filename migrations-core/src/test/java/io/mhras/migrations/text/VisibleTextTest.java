package io.mhras.migrations.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.MigrationException.Refused;
import org.junit.jupiter.api.Test;

/** Control characters are shown, not passed on. */
class VisibleTextTest {

    @Test
    void whatATerminalWouldObeyIsShown() {
        assertThat(VisibleText.of("a\u001b[31mb\u0007\u0000\u007f\u009b")).isEqualTo("a\\x1b[31mb\\x07\\x00\\x7f\\x9b");
        assertThat(VisibleText.of("over\rwritten\r")).isEqualTo("over\\x0dwritten\\x0d");
        assertThat(VisibleText.of("\u202etxt.exe\u2066")).isEqualTo("\\u202etxt.exe\\u2066");
    }

    @Test
    void allElseStaysAsItIs() {
        String text = "Zeile\r\n\tzwei\n\ud83d\ude00 \u00e4\u00a0";

        assertThat(VisibleText.of(text)).isSameAs(text);
    }

    @Test
    void anExceptionSaysNothingThatALogWouldObey() {
        Refused refused = new Refused("the server: \u001b[2J", "Look at \u0007.");

        assertThat(refused.problem()).isEqualTo("the server: \\x1b[2J");
        assertThat(refused.remedy()).isEqualTo("Look at \\x07.");
        assertThat(refused).hasMessage("the server: \\x1b[2J\n\nWhat to do: Look at \\x07.");
    }
}
