package io.mhras.migrations.cli.options;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of all verbs that work with databases and migration files. */
public final class CommonOptions {

    @Mixin
    public DatabaseOptions database = new DatabaseOptions();

    @Mixin
    public FileOptions files = new FileOptions();

    @Mixin
    public OutputOptions output = new OutputOptions();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "Settings, by the names of mhras.migrations.*. Default: " + Settings.FILE + ", if it is there.")
    public @Nullable Path config;

    @Option(
            names = "--env-file",
            paramLabel = "FILE",
            description = "Variables, NAME=value a line, beside those of the environment, which win. Default: "
                    + EnvFile.FILE + ", if it is there.")
    public @Nullable Path envFile;
}
