package io.mhras.migrations.cli.terminal;

import io.mhras.migrations.cli.terminal.Screen.Stream;
import java.util.Map;
import picocli.CommandLine.Help.Ansi.Style;

/** Colours text where colours are wanted; the styles are picocli's, for example {@code fg(red)}. */
public record Colours(Terminal terminal, Choice choice) {

    /** Whether to use colours. */
    public enum Choice {
        AUTO,
        ALWAYS,
        NEVER;

        @Override
        public String toString() {
            return Wording.words(this);
        }
    }

    /** Prints a text of the answer in colour. */
    public void printAnswer(String style, String text) {
        print(Stream.OUTPUT, terminal.out(), style, text);
    }

    /** Prints in colour what is not the answer. */
    public void printMessage(String style, String text) {
        print(Stream.ERRORS, terminal.err(), style, text);
    }

    /** Prints a whole line of that, which nothing that another thread prints comes into. */
    void printMessageLine(String style, String line) {
        if (areWanted(Stream.ERRORS)) {
            terminal.err().printlnStyled(Style.on(Style.parse(style)), line, Style.off(Style.parse(style)));
        } else {
            terminal.err().println(line);
        }
    }

    private void print(Stream stream, Printer printer, String style, String text) {
        if (areWanted(stream)) {
            printer.printStyled(Style.on(Style.parse(style)), text, Style.off(Style.parse(style)));
        } else {
            printer.print(text);
        }
    }

    /** The text of a message, coloured, for what is drawn past the printer: it must have no control characters in it. */
    String message(String style, String text) {
        return areWanted(Stream.ERRORS) ? Style.on(Style.parse(style)) + text + Style.off(Style.parse(style)) : text;
    }

    private boolean areWanted(Stream stream) {
        Map<String, String> environment = terminal.environment();
        return switch (choice) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO ->
                terminal.is(stream) && environment.getOrDefault("NO_COLOR", "").isEmpty() && !terminal.isDumb();
        };
    }
}
