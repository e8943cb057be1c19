package io.mhras.migrations.cli.options;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.engine.UndeclaredPlaceholders;
import io.mhras.migrations.source.MigrationLoader;
import io.mhras.migrations.source.ScriptNames;
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
import java.util.stream.Stream;

/** The migration files that the options, the environment and the settings lead to. */
public final class MigrationFiles {

    private static final List<String> USUAL_FOLDERS =
            List.of("src/main/resources/db/migration", "db/migration", "migrations");
    private static final String CLASSPATH = "classpath:";
    private static final String FILESYSTEM = "filesystem:";

    private final List<Path> classPath;
    private final Map<String, String> placeholders;
    private final List<String> locations;
    private final UndeclaredPlaceholders undeclaredPlaceholders;

    /** @param environment the environment variables */
    public MigrationFiles(FileOptions options, Settings settings, Map<String, String> environment) {
        classPath = options.classPath;
        placeholders = new LinkedHashMap<>(settings.placeholders());
        placeholders.putAll(options.placeholders);
        locations = locations(options, settings, environment);
        undeclaredPlaceholders =
                Objects.requireNonNullElseGet(options.undeclaredPlaceholders, settings::undeclaredPlaceholders);
    }

    /** What to do about placeholders in them that have no value. */
    public UndeclaredPlaceholders undeclaredPlaceholders() {
        return undeclaredPlaceholders;
    }

    /** Empty if none are given, and there is none of the usual folders. */
    private static List<String> locations(FileOptions options, Settings settings, Map<String, String> environment) {
        if (!options.locations.isEmpty()) {
            return options.locations;
        }
        String given = Settings.first(environment.get("MIGRATION_PATH"), settings.get("locations"));
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

    /**
     * The files for this kind of database.
     *
     * @throws InvalidSettingException if there are none
     */
    public MigrationSet load(DatabaseKind kind) {
        if (locations.isEmpty()) {
            throw new InvalidSettingException(
                    "There is no folder " + String.join(", no ", USUAL_FOLDERS) + " here.",
                    "Point to the migration files with --locations, or set MIGRATION_PATH;"
                            + " 'migrations new \"create patients\"' begins a folder.");
        }
        refuseMissing();
        MigrationSet set = load(locations, kind);
        if (set.migrations().isEmpty()) {
            throw new InvalidSettingException(
                    "There are no migration files (." + kind.extension() + ") in " + String.join(", ", locations) + ".",
                    "Point to them with --locations; 'migrations new \"create patients\"' writes the first.");
        }
        return set;
    }

    /**
     * The files as they stood at the tags of their Git repository.
     *
     * @param pattern which tags, as git has it
     * @param scratch an empty folder, which they are written into
     * @throws InvalidSettingException if they are in no repository, or no tag matches
     */
    public Map<String, MigrationSet> atTags(String pattern, DatabaseKind kind, Path scratch) {
        List<Path> folders = new ArrayList<>();
        for (String location : locations) {
            if (location.startsWith(CLASSPATH)) {
                throw new InvalidSettingException(
                        location + " is a folder in a jar, which has no tags.",
                        "Point to the folder that it is made of with --locations, or leave out --tags.");
            }
            folders.add(folder(location));
        }
        Path errors = scratch.resolve("errors.txt");
        Map<String, MigrationSet> sets = new LinkedHashMap<>();
        for (String tag : new GitTags(folders.get(0), errors).matching(pattern)) {
            List<String> at = new ArrayList<>();
            for (int i = 0; i < folders.size(); i++) {
                Path target = scratch.resolve(tag)
                        .resolve(Integer.toString(i))
                        .resolve(folders.get(i).getFileName());
                create(target);
                new GitTags(folders.get(i), errors).extract(tag, target);
                at.add(FILESYSTEM + target);
            }
            sets.put(tag, load(at, kind));
        }
        return sets;
    }

    private static void create(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files, as far as there are any. */
    public MigrationSet loadIfAny(DatabaseKind kind) {
        return locations.isEmpty() ? MigrationSet.of(List.of()) : load(locations, kind);
    }

    /** Whether there are any for this kind of database. In folders their names tell, without reading them. */
    public boolean areThere(DatabaseKind kind) {
        List<String> inJars = locations.stream()
                .filter(location -> location.startsWith(CLASSPATH))
                .toList();
        return locations.stream()
                        .filter(location -> !location.startsWith(CLASSPATH))
                        .anyMatch(location -> isIn(folder(location), kind))
                || (!inJars.isEmpty() && !load(inJars, kind).migrations().isEmpty());
    }

    private static boolean isIn(Path folder, DatabaseKind kind) {
        try (Stream<Path> files = Files.find(
                folder,
                Integer.MAX_VALUE,
                (path, attributes) -> attributes.isRegularFile(),
                FileVisitOption.FOLLOW_LINKS)) {
            return files.anyMatch(file -> ScriptNames.isMeantFor(kind, file.toString()));
        } catch (IOException | UncheckedIOException e) {
            // Loading them reports what is wrong.
            return false;
        }
    }

    /** Where a new file belongs: beside the newest one; else into the folder of that kind of database, if there is one. */
    public Path folderForNew(MigrationSet present, DatabaseKind kind) {
        String newest = present.migrations().stream()
                .filter(migration -> !migration.isRepeatable())
                .max(Comparator.comparing(Migration::version))
                .map(migration -> migration.up().location())
                .filter(location -> location.startsWith(FILESYSTEM))
                .orElse(null);
        if (newest != null) {
            Path folder = Objects.requireNonNull(folder(newest).getParent());
            return ScriptNames.standsInItsFolder(newest) ? Objects.requireNonNull(folder.getParent()) : folder;
        }
        String first = locations.isEmpty() ? usualForNew() : locations.get(0);
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

    private MigrationSet load(List<String> from, DatabaseKind kind) {
        return new MigrationLoader(
                        from.stream().map(MigrationFiles::location).toList(), kind, placeholders, classLoader())
                .load();
    }

    private void refuseMissing() {
        for (String location : locations) {
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

    private static String location(String text) {
        return text.startsWith(CLASSPATH) || text.startsWith(FILESYSTEM) ? text : FILESYSTEM + text;
    }

    private static Path folder(String location) {
        return Path.of(location.startsWith(FILESYSTEM) ? location.substring(FILESYSTEM.length()) : location);
    }

    private ClassLoader classLoader() {
        return new URLClassLoader(classPath.stream().map(MigrationFiles::url).toArray(URL[]::new), null);
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new InvalidSettingException(path + " cannot stand in a class path.", "Correct --class-path.");
        }
    }
}
