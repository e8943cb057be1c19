package io.mhras.migrations.cli;

import io.mhras.migrations.cli.terminal.LiveLines;
import io.mhras.migrations.cli.terminal.Screen;
import io.mhras.migrations.cli.terminal.Screen.Stream;
import io.mhras.migrations.cli.terminal.Terminal;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
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
                new PrintWriter(out, true),
                new PrintWriter(lines, true, StandardCharsets.UTF_8),
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
