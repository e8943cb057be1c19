package io.mhras.migrations.cli;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.cli.Screen.Stream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How a command answers. */
final class OutputOptions {

    static final String FORMAT = "--format";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    enum Format {
        TEXT,
        JSON,
        HTML,
        JUNIT;

        @Override
        public String toString() {
            return words(this);
        }
    }

    enum Colour {
        AUTO,
        ALWAYS,
        NEVER;

        @Override
        public String toString() {
            return words(this);
        }
    }

    /** What a verb can answer in, unless it says otherwise. */
    static final class TextOrJson extends ArrayList<String> implements ITypeConverter<Format> {

        private static final long serialVersionUID = 1;

        TextOrJson() {
            super(List.of(Format.TEXT.toString(), Format.JSON.toString()));
        }

        @Override
        public Format convert(String value) {
            return format(value, this);
        }
    }

    /** @throws TypeConversionException if it is none of these */
    static Format format(String value, List<String> possible) {
        if (!possible.contains(value.toLowerCase(Locale.ROOT))) {
            throw new TypeConversionException("expected one of " + possible + " but was '" + value + "'");
        }
        return Format.valueOf(value.toUpperCase(Locale.ROOT));
    }

    @Option(
            names = FORMAT,
            paramLabel = "text|json",
            defaultValue = "text",
            converter = TextOrJson.class,
            completionCandidates = TextOrJson.class,
            description = "How to answer. Default: ${DEFAULT-VALUE}.")
    Format format = Format.TEXT;

    @Option(
            names = "--color",
            paramLabel = "auto|always|never",
            defaultValue = "auto",
            description = "Whether to use colours; auto: on a terminal, unless NO_COLOR is set.")
    Colour colour = Colour.AUTO;

    @Option(
            names = {"-v", "--verbose"},
            description = "Say more.")
    boolean verbose;

    @Option(
            names = {"-q", "--quiet"},
            description = "Say only what went wrong.")
    boolean quiet;

    boolean isJson() {
        return format == Format.JSON;
    }

    /** Colours a text of the answer, where colours are wanted; the style is picocli's, for example {@code fg(red)}. */
    String styled(Terminal terminal, String style, String text) {
        return styled(terminal, Stream.OUTPUT, style, text);
    }

    /** Colours a text that is not the answer. */
    String styledError(Terminal terminal, String style, String text) {
        return styled(terminal, Stream.ERRORS, style, text);
    }

    private String styled(Terminal terminal, Stream stream, String style, String text) {
        if (!isColoured(terminal, stream)) {
            return text;
        }
        // The text itself is no markup: it may have in it what reads like some.
        IStyle[] styles = Style.parse(style);
        return Style.on(styles) + text + Style.off(styles);
    }

    private boolean isColoured(Terminal terminal, Stream stream) {
        Map<String, String> environment = terminal.environment();
        return switch (colour) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO ->
                terminal.is(stream)
                        && environment.getOrDefault("NO_COLOR", "").isEmpty()
                        && !"dumb".equals(environment.get("TERM"));
        };
    }

    /** A line for a step that is done. */
    String stepDone(Terminal terminal, HistoryEntry entry) {
        return styledError(terminal, "fg(green)", words(entry.event())) + " " + entry.version()
                + (entry.version().isRepeatable() ? "" : " " + entry.description()) + ", "
                + entry.duration().toMillis() + " ms";
    }

    /** As people write it: {@code rolled back}. */
    static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** In the zone of whoever reads it. */
    static String time(@Nullable Instant instant) {
        return instant == null ? "" : TIME.format(instant);
    }
}
