package io.mhras.migrations.source;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.SourceLocation;
import io.mhras.migrations.source.HeaderScanner.CommentStyle;
import io.mhras.migrations.source.Location.FoundFile;
import io.mhras.migrations.text.VisibleText;
import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Finds the migrations of one kind of database in its locations.
 *
 * <p>What it throws is an {@link InvalidMigration}. Immutable; each {@link #load()} reads the files anew.
 */
public final class MigrationLoader {

    private static final String LIBRARY = "lib";
    private static final String NAMES_ENCODING = "sun.jnu.encoding";
    private static final String UTF_8 = "UTF-8";

    /** What Java reads in place of a letter that its encoding of file names does not have. */
    private static final char UNREADABLE = '\uFFFD';

    private final List<Location> locations;
    private final DatabaseKind kind;
    private final Placeholders placeholders;
    private final ClassLoader classLoader;

    /**
     * A loader.
     *
     * @param locations {@code classpath:} or {@code filesystem:} folders, searched with all that is below them
     * @param kind the kind of database that the files are for, known by their extension
     * @param placeholders the value of each {@code ${name}}; others are left as they are
     * @param classLoader where {@code classpath:} looks
     */
    public MigrationLoader(
            List<String> locations, DatabaseKind kind, Map<String, String> placeholders, ClassLoader classLoader) {
        List<Location> parsed = new ArrayList<>();
        for (String location : locations) {
            parsed.add(Location.parse(location, classLoader));
        }
        this.locations = List.copyOf(parsed);
        this.kind = kind;
        this.placeholders = new Placeholders(placeholders);
        this.classLoader = classLoader;
    }

    /**
     * Reads names, headers and checksums.
     *
     * <p>Empty if no location has a file with this extension; {@link #emptyLocations()} then tells where it looked.
     */
    public MigrationSet load() {
        ScriptPairs pairs = new ScriptPairs();
        read(pairs::add);
        return pairs.set();
    }

    /** Reads all scripts, ordered by location. */
    void read(Consumer<ScriptFile> scripts) {
        List<FoundFile> files = files();
        List<MigrationIndex> indexes = indexes();
        ScriptFile.Reader reader = new ScriptFile.Reader(CommentStyle.of(kind), placeholders);
        for (FoundFile file : files) {
            scripts.accept(script(file, indexes, reader));
        }
        for (MigrationIndex index : indexes) {
            index.report();
        }
    }

    /**
     * All files, ordered by location.
     *
     * @throws InvalidMigration if there is one of another tool's that would be left out silently
     */
    List<FoundFile> files() {
        List<FoundFile> files = new ArrayList<>();
        for (Location location : locations) {
            List<FoundFile> found = location.files();
            for (FoundFile file : found) {
                if (file.mayBeForeign()) {
                    ForeignFile.refuse(file, kind.extension());
                }
            }
            files.addAll(scripts(found, location));
        }
        files.sort(Comparator.comparing(FoundFile::location));
        return files;
    }

    /** Whether any location has a file with this extension. Reads no file. */
    public boolean hasFiles() {
        for (Location location : locations) {
            if (!scripts(location.files(), location).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** The locations, as they were given, that do not exist or have no file with this extension. Reads no file. */
    public List<String> emptyLocations() {
        List<String> empty = new ArrayList<>();
        for (Location location : locations) {
            if (scripts(location.files(), location).isEmpty()) {
                empty.add(location.toString());
            }
        }
        return empty;
    }

    private List<FoundFile> scripts(List<FoundFile> found, Location location) {
        String ending = "." + kind.extension();
        List<FoundFile> files = new ArrayList<>();
        for (FoundFile file : found) {
            if (file.endsIn(ending) && !isLoadedByOthers(file, location)) {
                files.add(file.withFolder());
            }
        }
        return files;
    }

    /** What MongoDB's scripts load has to be below them, where everything is searched for migrations. */
    private boolean isLoadedByOthers(FoundFile file, Location location) {
        return kind == DatabaseKind.MONGODB && file.liesIn(LIBRARY) && !isLibrary(location.toString());
    }

    static boolean isLibrary(String location) {
        return location.matches("(?:.*[/\\\\:])?" + LIBRARY + "[/\\\\]?");
    }

    private List<MigrationIndex> indexes() {
        // Asking a class loader in vain makes it open all its jars.
        if (!isOnClassPath()) {
            return List.of();
        }
        try {
            Enumeration<URL> urls = classLoader.getResources(MigrationIndex.NAME);
            return urls.hasMoreElements() ? MigrationIndex.read(urls) : List.of();
        } catch (IOException e) {
            throw InvalidMigration.unreadable(MigrationIndex.NAME, e);
        }
    }

    private boolean isOnClassPath() {
        for (Location location : locations) {
            if (!(location instanceof FilesystemLocation)) {
                return true;
            }
        }
        return false;
    }

    private ScriptFile script(FoundFile file, List<MigrationIndex> indexes, ScriptFile.Reader reader) {
        if (file.mayHaveUnusualName()) {
            refuseUnusualName(file);
        }
        MigrationFileName name = MigrationFileName.parse(file.name()).orElse(null);
        if (name == null) {
            throw noMigrationName(file);
        }
        for (MigrationIndex index : indexes) {
            IndexedScript known = index.find(file);
            if (known != null) {
                return ScriptFile.of(file, name, known.facts(), placeholders);
            }
        }
        return reader.read(file, name);
    }

    private static void refuseUnusualName(FoundFile file) {
        if (VisibleText.hasControlCharacter(file.location())) {
            throw controlCharacter(file);
        }
        if (file.location().indexOf(UNREADABLE) >= 0 && !UTF_8.equals(System.getProperty(NAMES_ENCODING))) {
            throw unreadableName(file);
        }
    }

    private static InvalidMigration controlCharacter(FoundFile file) {
        return new InvalidMigration(
                "there is a line break or another control character in this file's name or in that of a folder.",
                SourceLocation.of(VisibleText.oneLine(file.location())),
                "Rename it: names stand in logs, in the history and in comments of generated scripts.");
    }

    private static InvalidMigration unreadableName(FoundFile file) {
        return new InvalidMigration(
                "Java takes the names of files for " + System.getProperty(NAMES_ENCODING)
                        + " here, and this one has other letters in it.",
                SourceLocation.of(file.location()),
                "Start Java in a locale with UTF-8: set the environment variable LC_ALL to C.UTF-8.");
    }

    private InvalidMigration noMigrationName(FoundFile file) {
        return new InvalidMigration(
                "'" + file.name() + "' is not the name of a migration.",
                SourceLocation.of(file.location()),
                """
                Move the file out of the folder, or name it like one of these:
                  001_add_user.%1$s                and beside it, if you like,
                  001_add_user.down.%1$s           what takes it back
                  001_add_user.verify.%1$s         what checks it
                  20251030_1530_add_user.%1$s      with a date as its version
                  R_active_users.%1$s              runs again whenever it changes
                  V1_2__add_user.%1$s, U1_2__add_user.%1$s, 000001_add_user.up.%1$s
                  001_add_user/up.%1$s, 001_add_user/down.%1$s, 001_add_user/migration.%1$s""".formatted(kind.extension())
                        + (kind == DatabaseKind.MONGODB
                                ? "\nWhat other scripts load() belongs into a folder 'lib'."
                                : ""));
    }
}
