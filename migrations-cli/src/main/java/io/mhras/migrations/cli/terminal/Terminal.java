package io.mhras.migrations.cli.terminal;

import io.mhras.migrations.cli.terminal.Screen.Stream;
import java.io.BufferedReader;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a command reads and writes: the answer goes to standard output, all else to standard error.
 *
 * @param environment the environment variables
 * @param screen the terminal behind it; null if there is no interactive user
 */
public record Terminal(
        Printer out,
        Printer err,
        BufferedReader in,
        Map<String, String> environment,
        @Nullable Screen screen) {

    /** The one of this process. */
    public static Terminal ofProcess() {
        Screen screen = Screen.ofProcess(System.getenv());
        Printer err = printer(System.err);
        // The log writes there.
        System.setErr(new PrintStream(err.stream(), true, StandardCharsets.UTF_8));
        return new Terminal(
                // Not System.out, which keeps to itself that it cannot be written.
                printer(new FileOutputStream(FileDescriptor.out)), err, reader(System.in), System.getenv(), screen);
    }

    private static Printer printer(OutputStream stream) {
        return new Printer(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
    }

    static BufferedReader reader(InputStream in) {
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    /** Whether there is a user who can be asked. */
    public boolean isInteractive() {
        return is(Stream.INPUT) && (is(Stream.ERRORS) || is(Stream.OUTPUT));
    }

    /** Whether this stream leads to a terminal. */
    public boolean is(Stream stream) {
        return screen != null && screen.streams().contains(stream);
    }

    /** Whether lines on it can be written anew. */
    boolean hasLiveLines() {
        return is(Stream.ERRORS) && !isDumb();
    }

    /** Whether it can do no more than show one line after the other, as in an editor. */
    boolean isDumb() {
        return "dumb".equals(environment.get("TERM"));
    }

    /** The same in another environment. */
    public Terminal in(Map<String, String> newEnvironment) {
        return new Terminal(out, err, in, newEnvironment, screen);
    }

    /** How many characters fit into a line of the answer; what goes into a pipe or a file is not to be wrapped. */
    public int width() {
        if (is(Stream.OUTPUT) && screen != null) {
            return screen.columns();
        }
        return environment.containsKey("COLUMNS") ? Screen.columns(environment) : Integer.MAX_VALUE;
    }

    /** Asks, and returns the answer; empty if there is none. */
    public String ask(String question) {
        Printer shown = is(Stream.ERRORS) ? err : out;
        shown.print(question + " ");
        shown.flush();
        try {
            String line = in.readLine();
            if (line == null) {
                shown.println();
            }
            return line == null ? "" : line.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks what is answered with yes or no; anything but a yes is a no. */
    public boolean agrees(String question) {
        return Set.of("y", "yes").contains(ask(question).toLowerCase(Locale.ROOT));
    }

    /** Asks for what is not to be seen while it is typed; null if there is no terminal on which that can be done. */
    public @Nullable String askSecret(String question) {
        Console console = isInteractive() ? System.console() : null;
        char[] answer = console == null ? null : console.readPassword("%s", question + " ");
        return answer == null ? null : new String(answer);
    }
}
