package io.mhras.migrations.cli.options;

import io.mhras.migrations.cli.terminal.Colours;
import io.mhras.migrations.cli.terminal.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How a command answers. */
public final class OutputOptions {

    public static final String FORMAT = "--format";

    /** What an answer is written in. */
    public enum Format {
        TEXT,
        JSON,
        HTML,
        JUNIT,
        SQL;

        @Override
        public String toString() {
            return Wording.words(this);
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
    public static Format format(String value, List<String> possible) {
        if (!possible.contains(value.toLowerCase(Locale.ROOT))) {
            throw new TypeConversionException("expected one of " + possible + " but was '" + value + "'");
        }
        return Format.valueOf(value.toUpperCase(Locale.ROOT));
    }

    /** The verb, which answers in these formats instead of the usual ones. */
    public static CommandSpec withFormats(CommandSpec spec, Format... formats) {
        List<String> all = Stream.of(formats).map(Format::toString).toList();
        OptionSpec usual = spec.findOption(FORMAT);
        spec.remove(usual);
        return spec.addOption(OptionSpec.builder(usual)
                .paramLabel(String.join("|", all))
                .converters((ITypeConverter<Format>) value -> format(value, all))
                .completionCandidates(all)
                .build());
    }

    @Option(
            names = FORMAT,
            paramLabel = "text|json",
            defaultValue = "text",
            converter = TextOrJson.class,
            completionCandidates = TextOrJson.class,
            description = "How to answer. Default: ${DEFAULT-VALUE}.")
    public Format format = Format.TEXT;

    @Option(
            names = "--color",
            paramLabel = "auto|always|never",
            defaultValue = "auto",
            description = "Whether to use colours; auto: on a terminal, unless NO_COLOR is set.")
    public Colours.Choice colour = Colours.Choice.AUTO;

    @Option(
            names = {"-v", "--verbose"},
            description = "Say more.")
    public boolean verbose;

    @Option(
            names = {"-q", "--quiet"},
            description = "Say only what went wrong.")
    public boolean quiet;

    public boolean isJson() {
        return format == Format.JSON;
    }
}
