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
            description = "Without these objects; the history is always left out.")
    List<String> exclude = new ArrayList<>();

    /** @throws InvalidSettingException if a pattern is none */
    public SchemaFilter filter() {
        try {
            return new SchemaFilter(include, exclude);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(String.valueOf(e.getMessage()), "Correct --include or --exclude.");
        }
    }
}
