package io.mhras.migrations.cli.options;

import io.mhras.migrations.schema.SchemaFilter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which objects of a schema are looked at, by their names and kinds. */
public final class PatternOptions {

    private static final String PATTERNS =
            "schema:NAME, kind:NAME (for example kind:trigger) or NAME, with * for any text";

    @Option(
            names = "--include",
            split = ",",
            paramLabel = "PATTERN",
            description = "Only these objects, with what stands in them: " + PATTERNS + ".")
    List<String> include = new ArrayList<>();

    @Option(
            names = "--exclude",
            split = ",",
            paramLabel = "PATTERN",
            description = "Without these objects; histories are always left out.")
    List<String> exclude = new ArrayList<>();

    /**
     * What the command line says, else what is set.
     *
     * @throws InvalidSettingException if a pattern is none
     */
    public SchemaFilter filter(Settings settings) {
        try {
            return new SchemaFilter(
                    include.isEmpty() ? settings.list("schema.include") : include,
                    exclude.isEmpty() ? settings.list("schema.exclude") : exclude);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(
                    String.valueOf(e.getMessage()),
                    "Correct --include or --exclude, or schema.include or schema.exclude in the settings.");
        }
    }
}
