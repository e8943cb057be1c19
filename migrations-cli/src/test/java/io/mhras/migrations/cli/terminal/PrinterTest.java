package io.mhras.migrations.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What comes through the door to a terminal. */
class PrinterTest {

    private final StringWriter written = new StringWriter();
    private final Printer printer = new Printer(written);

    @Test
    void textIsShownAndStylesAreObeyed() {
        printer.println("a\u001b[31mb");
        printer.printf("%s%c%n", "\u0007", '\u0000');
        printer.printStyled("\u001b[1m", "bold\u001b[0m", "\u001b[22m");
        printer.flush();

        assertThat(written).hasToString("a\\x1b[31mb\n\\x07\\x00\n\u001b[1mbold\\x1b[0m\u001b[22m");
    }

    @Test
    void whatALogWritesComesTheSameWay() {
        PrintStream log = new PrintStream(printer.stream(), true, StandardCharsets.UTF_8);

        log.println("WARN \u00e4\u20ac\ud83d\ude00 \u001b[2J");
        new IllegalStateException("\u0007").printStackTrace(log);

        assertThat(written.toString())
                .startsWith("WARN \u00e4\u20ac\ud83d\ude00 \\x1b[2J\njava.lang.IllegalStateException: \\x07\n");
    }

    @Test
    void whatAProgramReadsIsAsItIs() throws IOException {
        printer.exact().write("SELECT '\u001b';\n");
        printer.flush();

        assertThat(written).hasToString("SELECT '\u001b';\n");
    }

    @Test
    void theFirstFailureIsKeptAndTheRestIsDropped() {
        Printer full = new Printer(new Writer() {
            private int attempts;

            @Override
            public void write(char[] text, int offset, int length) throws IOException {
                attempts++;
                throw new IOException("attempt " + attempts);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });

        full.println("one");
        full.println("two");

        assertThat(full.failure()).hasMessage("attempt 1");
        assertThat(full.isReaderGone()).isFalse();
    }
}
