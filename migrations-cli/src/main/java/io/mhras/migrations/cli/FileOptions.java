package io.mhras.migrations.cli;

import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.source.MigrationLoader;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Which migration files. */
final class FileOptions {

    private static final List<String> USUAL_FOLDERS =
            List.of("src/main/resources/db/migration", "db/migration", "migrations");
    private static final String CLASSPATH = "classpath:";
    private static final String FILESYSTEM = "filesystem:";

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

    private Settings settings = Settings.NONE;

    void use(Settings newSettings) {
        settings = newSettings;
    }

    /** @throws InvalidSettingException if there are none */
    MigrationSet load(Terminal terminal) {
        List<String> from = from(terminal);
        if (from.isEmpty()) {
            throw new InvalidSettingException(
                    "There is no folder " + String.join(", no ", USUAL_FOLDERS) + " here.",
                    "Point to the migration files with --locations, or set MIGRATION_PATH;"
                            + " 'migrations new \"create patients\"' begins a folder.");
        }
        refuseMissing(from);
        MigrationSet set = load(from);
        if (set.migrations().isEmpty()) {
            throw new InvalidSettingException(
                    "There are no migration files (.sql) in " + String.join(", ", from) + ".",
                    "Point to them with --locations; 'migrations new \"create patients\"' writes the first.");
        }
        return set;
    }

    /** The files, as far as there are any. */
    MigrationSet loadIfAny(Terminal terminal) {
        List<String> from = from(terminal);
        return from.isEmpty() ? MigrationSet.of(List.of()) : load(from);
    }

    private MigrationSet load(List<String> from) {
        Map<String, String> values = new LinkedHashMap<>(settings.placeholders());
        values.putAll(placeholders);
        return new MigrationLoader(from.stream().map(FileOptions::location).toList(), "sql", values, classLoader())
                .load();
    }

    private void refuseMissing(List<String> from) {
        for (String location : from) {
            if (location.startsWith(CLASSPATH) && classPath.isEmpty()) {
                throw new InvalidSettingException(
                        location + " is a folder in a jar, and no jar is given.",
                        "Give it with --class-path; or point to the folder: --locations src/main/resources/"
                                + location.substring(CLASSPATH.length()) + ".");
            }
            if (!location.startsWith(CLASSPATH) && !Files.isDirectory(folder(location))) {
                throw new InvalidSettingException(
                        "There is no folder " + folder(location) + ".", "Correct --locations or MIGRATION_PATH.");
            }
        }
        for (Path path : classPath) {
            if (!Files.exists(path)) {
                throw new InvalidSettingException("There is no " + path + ".", "Correct --class-path.");
            }
        }
    }

    /** Empty if none are given, and there is none of the usual folders. */
    private List<String> from(Terminal terminal) {
        if (!locations.isEmpty()) {
            return locations;
        }
        String path = terminal.environment().get("MIGRATION_PATH");
        String given = path == null || path.isBlank() ? settings.get("locations") : path;
        return given == null
                ? usual()
                : Stream.of(given.split(",")).map(String::strip).toList();
    }

    private static List<String> usual() {
        return USUAL_FOLDERS.stream()
                .filter(folder -> Files.isDirectory(Path.of(folder)))
                .limit(1)
                .toList();
    }

    private static String location(String text) {
        return text.startsWith(CLASSPATH) || text.startsWith(FILESYSTEM) ? text : FILESYSTEM + text;
    }

    private static Path folder(String location) {
        return Path.of(location.startsWith(FILESYSTEM) ? location.substring(FILESYSTEM.length()) : location);
    }

    private ClassLoader classLoader() {
        return new URLClassLoader(classPath.stream().flatMap(FileOptions::url).toArray(URL[]::new), null);
    }

    private static Stream<URL> url(Path path) {
        try {
            return Stream.of(path.toUri().toURL());
        } catch (MalformedURLException e) {
            throw new InvalidSettingException(path + " cannot stand in a class path.", "Correct --class-path.");
        }
    }
}
