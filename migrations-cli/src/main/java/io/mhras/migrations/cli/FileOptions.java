package io.mhras.migrations.cli;

import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.source.MigrationLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
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

    /**
     * The files for this kind of database.
     *
     * @throws InvalidSettingException if there are none
     */
    MigrationSet load(Terminal terminal, Kind kind) {
        List<String> from = from(terminal);
        if (from.isEmpty()) {
            throw new InvalidSettingException(
                    "There is no folder " + String.join(", no ", USUAL_FOLDERS) + " here.",
                    "Point to the migration files with --locations, or set MIGRATION_PATH;"
                            + " 'migrations new \"create patients\"' begins a folder.");
        }
        refuseMissing(from);
        MigrationSet set = load(from, kind);
        if (set.migrations().isEmpty()) {
            throw new InvalidSettingException(
                    "There are no migration files (." + kind.extension() + ") in " + String.join(", ", from) + ".",
                    "Point to them with --locations; 'migrations new \"create patients\"' writes the first.");
        }
        return set;
    }

    /** The files, as far as there are any. */
    MigrationSet loadIfAny(Terminal terminal, Kind kind) {
        List<String> from = from(terminal);
        return from.isEmpty() ? MigrationSet.of(List.of()) : load(from, kind);
    }

    /** Whether there are any for this kind of database. In folders their names say it, without a look into them. */
    boolean areThere(Terminal terminal, Kind kind) {
        List<String> from = from(terminal);
        List<String> inJars =
                from.stream().filter(location -> location.startsWith(CLASSPATH)).toList();
        return from.stream()
                        .filter(location -> !location.startsWith(CLASSPATH))
                        .anyMatch(location -> isIn(folder(location), kind))
                || (!inJars.isEmpty() && !load(inJars, kind).migrations().isEmpty());
    }

    private static boolean isIn(Path folder, Kind kind) {
        Pattern name = Pattern.compile("(?:[VU]?\\d|R_).*\\." + kind.extension());
        try (Stream<Path> files = Files.find(
                folder,
                Integer.MAX_VALUE,
                (path, attributes) -> attributes.isRegularFile(),
                FileVisitOption.FOLLOW_LINKS)) {
            return files.anyMatch(
                    file -> name.matcher(file.getFileName().toString()).matches());
        } catch (IOException | UncheckedIOException e) {
            // Whoever loads them says what is wrong.
            return false;
        }
    }

    /** Where a new file belongs: beside the newest one; else into the folder of that kind of database, if there is one. */
    Path folderForNew(Terminal terminal, MigrationSet present, Kind kind) {
        String newest = present.migrations().stream()
                .filter(migration -> !migration.isRepeatable())
                .max(Comparator.comparing(Migration::version))
                .map(migration -> migration.up().location())
                .filter(location -> location.startsWith(FILESYSTEM))
                .orElse(null);
        if (newest != null) {
            return Objects.requireNonNull(folder(newest).getParent());
        }
        List<String> from = from(terminal);
        String first = from.isEmpty() ? usualForNew() : from.get(0);
        if (first.startsWith(CLASSPATH)) {
            String folder = "src/main/resources/" + first.substring(CLASSPATH.length());
            throw new InvalidSettingException(
                    "Into " + first + " no file can be written.",
                    "Point to the folder that it is made of, for example --locations " + folder + ".");
        }
        Path ofKind = folder(first).resolve(kind.toString());
        return Files.isDirectory(ofKind) ? ofKind : folder(first);
    }

    /** Of a service, or of a folder that has only migrations. */
    private static String usualForNew() {
        return Files.isDirectory(Path.of("src/main")) ? USUAL_FOLDERS.get(0) : USUAL_FOLDERS.get(1);
    }

    private MigrationSet load(List<String> from, Kind kind) {
        Map<String, String> values = new LinkedHashMap<>(settings.placeholders());
        values.putAll(placeholders);
        return new MigrationLoader(
                        from.stream().map(FileOptions::location).toList(), kind.extension(), values, classLoader())
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
