package io.mhras.migrations.cli.options;

import io.mhras.migrations.schema.SchemaFilter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which objects of a schema are looked at, and what of them. */
public final class SchemaOptions {

    @Mixin
    PatternOptions patterns = new PatternOptions();

    @Option(names = "--rights", description = "With owners, grants and default privileges.")
    public boolean rights;

    /** @throws InvalidSettingException if a pattern is none */
    public SchemaFilter filter(Settings settings) {
        return patterns.filter(settings);
    }
}
