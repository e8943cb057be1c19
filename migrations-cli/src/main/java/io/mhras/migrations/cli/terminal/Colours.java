package io.mhras.migrations.cli.terminal;

import io.mhras.migrations.cli.terminal.Screen.Stream;
import java.util.Map;
import picocli.CommandLine.Help.Ansi.IStyle;
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

    /** Colours a text of the answer. */
    public String answer(String style, String text) {
        return styled(Stream.OUTPUT, style, text);
    }

    /** Colours a text that is not the answer. */
    public String message(String style, String text) {
        return styled(Stream.ERRORS, style, text);
    }

    private String styled(Stream stream, String style, String text) {
        if (!areWanted(stream)) {
            return text;
        }
        // The text itself is no markup: it may have in it what reads like some.
        IStyle[] styles = Style.parse(style);
        return Style.on(styles) + text + Style.off(styles);
    }

    private boolean areWanted(Stream stream) {
        Map<String, String> environment = terminal.environment();
        return switch (choice) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO ->
                terminal.is(stream)
                        && environment.getOrDefault("NO_COLOR", "").isEmpty()
                        && !"dumb".equals(environment.get("TERM"));
        };
    }
}
