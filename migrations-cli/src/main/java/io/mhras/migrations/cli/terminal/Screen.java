package io.mhras.migrations.cli.terminal;

import java.io.Console;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The terminal of an interactive user.
 *
 * @param streams which of the process's streams lead to it
 * @param columns how many characters fit into a line
 * @param lines the lines at its end that are written anew all the time
 */
public record Screen(Set<Stream> streams, int columns, LiveLines lines) {

    private static final int USUAL_COLUMNS = 80;

    /** A stream of the process. */
    public enum Stream {
        INPUT('0'),
        OUTPUT('1'),
        ERRORS('2');

        private final char number;

        Stream(char number) {
            this.number = number;
        }
    }

    /** The one of this process, whose standard error then goes through the live lines; null if it has none. */
    static @Nullable Screen ofProcess(Map<String, String> environment) {
        Set<Stream> streams = streamsOfProcess();
        if (streams.isEmpty()) {
            return null;
        }
        LiveLines lines = new LiveLines(System.err);
        System.setErr(new PrintStream(lines, true, StandardCharsets.UTF_8));
        return new Screen(streams, columns(environment), lines);
    }

    /** The launcher checks which streams are a terminal. Without it Java knows of input and output together only. */
    private static Set<Stream> streamsOfProcess() {
        String told = System.getProperty("migrations.terminal");
        if (told == null) {
            return isConsoleATerminal() ? EnumSet.allOf(Stream.class) : EnumSet.noneOf(Stream.class);
        }
        Set<Stream> streams = EnumSet.noneOf(Stream.class);
        for (Stream stream : Stream.values()) {
            if (told.indexOf(stream.number) >= 0) {
                streams.add(stream);
            }
        }
        return streams;
    }

    /** Since Java 22 there is a console even where there is no terminal. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isConsoleATerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (NoSuchMethodException e) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }

    static int columns(Map<String, String> environment) {
        String told = System.getProperty("migrations.columns", "");
        String columns = environment.getOrDefault("COLUMNS", told);
        return columns.matches("[1-9]\\d{1,3}") ? Integer.parseInt(columns) : USUAL_COLUMNS;
    }
}
