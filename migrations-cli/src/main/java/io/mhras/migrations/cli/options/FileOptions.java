package io.mhras.migrations.cli.options;

import io.mhras.migrations.engine.UndeclaredPlaceholders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which migration files. */
public final class FileOptions {

    @Option(
            names = {"-l", "--locations"},
            split = ",",
            paramLabel = "FOLDER",
            description =
                    "Where the files are: a folder, filesystem:FOLDER, or classpath:FOLDER in a jar of --class-path."
                            + " Default: MIGRATION_PATH; else src/main/resources/db/migration, db/migration or migrations.")
    List<String> locations = new ArrayList<>();

    @Option(
            names = "--class-path",
            split = ",",
            paramLabel = "JAR",
            description = "Jars and folders in which classpath: looks.")
    List<Path> classPath = new ArrayList<>();

    @Option(
            names = {"-P", "--placeholder"},
            paramLabel = "NAME=VALUE",
            description = "What to write in place of which $${name} in the files.")
    Map<String, String> placeholders = new LinkedHashMap<>();

    @Option(
            names = "--undeclared-placeholders",
            paramLabel = "warn|error|ignore",
            description = "What to do about a $${name} in SQL that has no value. Default: warn.")
    @Nullable UndeclaredPlaceholders undeclaredPlaceholders;
}
