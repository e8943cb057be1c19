package io.mhras.migrations.cli;

import io.mhras.migrations.cli.terminal.LiveLines;
import io.mhras.migrations.cli.terminal.Printer;
import io.mhras.migrations.cli.terminal.Screen;
import io.mhras.migrations.cli.terminal.Screen.Stream;
import io.mhras.migrations.cli.terminal.Terminal;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a command line answered.
 *
 * @param code its exit code
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
record CommandRun(int code, String out, String err) {

    private static final JsonMapper MAPPER = new JsonMapper();

    /** Runs one in a pipeline: there is no terminal. */
    static CommandRun of(Map<String, String> environment, String... arguments) {
        return of(environment, null, "", arguments);
    }

    /** Runs one at a terminal, on which this is typed. */
    static CommandRun typing(String typed, Map<String, String> environment, String... arguments) {
        return of(environment, 80, typed, arguments);
    }

    /** Runs one at a terminal of this width. */
    static CommandRun onScreen(int columns, Map<String, String> environment, String... arguments) {
        return of(environment, columns, "", arguments);
    }

    /** Runs one at a terminal of this width, and lets see what is drawn while it runs. */
    static CommandRun onScreen(
            int columns, ByteArrayOutputStream drawn, Map<String, String> environment, String... arguments) {
        return of(environment, columns, "", drawn, arguments);
    }

    /** Runs one whose answer ends in this failure. */
    static CommandRun unwritten(IOException failure, Map<String, String> environment, String... arguments) {
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(
                new Printer(new Writer() {
                    @Override
                    public void write(char[] text, int offset, int length) {}

                    @Override
                    public void flush() throws IOException {
                        throw failure;
                    }

                    @Override
                    public void close() {}
                }),
                new Printer(err),
                new BufferedReader(new StringReader("")),
                environment,
                null);
        return new CommandRun(MigrationsCommand.run(terminal, arguments), "", err.toString());
    }

    private static CommandRun of(
            Map<String, String> environment, @Nullable Integer columns, String typed, String... arguments) {
        return of(environment, columns, typed, new ByteArrayOutputStream(), arguments);
    }

    private static CommandRun of(
            Map<String, String> environment,
            @Nullable Integer columns,
            String typed,
            ByteArrayOutputStream err,
            String... arguments) {
        StringWriter out = new StringWriter();
        LiveLines lines = new LiveLines(err);
        Screen screen = columns == null ? null : new Screen(EnumSet.allOf(Stream.class), columns, lines);
        Terminal terminal = new Terminal(
                new Printer(out),
                new Printer(new OutputStreamWriter(lines, StandardCharsets.UTF_8)),
                new BufferedReader(new StringReader(typed)),
                environment,
                screen);
        int code = MigrationsCommand.run(terminal, arguments);
        return new CommandRun(code, out.toString(), err.toString(StandardCharsets.UTF_8));
    }

    /** The answer as JSON. */
    JsonNode json() {
        return MAPPER.readTree(out);
    }
}
