package io.mhras.migrations.source;

import io.mhras.migrations.MigrationException.InvalidMigration;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.springframework.core.io.InputStreamSource;

/** A folder that is searched for migrations, with all that is below it. */
sealed interface Location permits ClasspathLocation, FilesystemLocation {

    /** All files, in no particular order; empty if the folder does not exist. */
    List<FoundFile> files();

    /** The location as it was given. */
    @Override
    String toString();

    /** Reads {@code classpath:folder}, {@code filesystem:folder} or a plain path. */
    static Location parse(String text, ClassLoader classLoader) {
        String trimmed = text.strip();
        int colon = trimmed.indexOf(':');
        String prefix = trimmed.substring(0, Math.max(0, colon));
        if (!isPrefix(prefix)) {
            return filesystem(trimmed, trimmed);
        }
        return switch (prefix) {
            case "classpath", "classpath*" -> new ClasspathLocation(trimmed, trimmed.substring(colon + 1), classLoader);
            case "filesystem" -> filesystem(trimmed, trimmed.substring(colon + 1));
            default ->
                throw invalid("'" + trimmed + "' is not a location of migrations: '" + prefix + ":' is not known.");
        };
    }

    /** {@code C:} is a drive, and {@code /a:b} a path. */
    private static boolean isPrefix(String text) {
        boolean isPrefix = text.length() > 1;
        for (int i = 0; i < text.length(); i++) {
            isPrefix &= Character.isLetterOrDigit(text.charAt(i)) || "+.-*".indexOf(text.charAt(i)) >= 0;
        }
        return isPrefix;
    }

    private static Location filesystem(String given, String folder) {
        if (folder.isBlank()) {
            throw invalid("'" + given + "' is not a location of migrations: it names no folder.");
        }
        try {
            return new FilesystemLocation(given, Path.of(folder));
        } catch (InvalidPathException e) {
            throw invalid("'" + given + "' is not a location of migrations: " + e.getMessage());
        }
    }

    private static InvalidMigration invalid(String problem) {
        return new InvalidMigration(
                problem, null, "Write classpath:<folder>, filesystem:<folder>, or a path such as db/migration.");
    }

    /**
     * A file in a location, not yet read.
     *
     * @param name without its folder
     * @param location where users would look for it
     * @param origin its full address, which tells two roots of the class path apart
     * @param source opens it
     */
    record FoundFile(String name, String location, String origin, InputStreamSource source) {

        /** Ignores case: on a disk that does so too, {@code 001_x.SQL} is an easy slip, and it would be skipped silently. */
        boolean endsIn(String ending) {
            int at = name.length() - ending.length();
            return !name.startsWith(".") && name.regionMatches(true, at, ending, 0, ending.length());
        }

        /** A quick look: whether it may be a file that means something to another tool. */
        boolean mayBeForeign() {
            return "aBbc".indexOf(name.charAt(0)) >= 0
                    || name.endsWith(".class")
                    || name.endsWith(".java")
                    || name.endsWith(".kt")
                    || name.endsWith(".conf");
        }

        /** A quick look: whether there may be a character in its name, or in that of a folder, that is no letter. */
        boolean mayHaveUnusualName() {
            for (int i = 0; i < location.length(); i++) {
                if (location.charAt(i) < ' ' || location.charAt(i) > '~') {
                    return true;
                }
            }
            return false;
        }

        /** Named with its folder, where that has the migration's name: {@code 001_add_user/up.sql}. */
        FoundFile withFolder() {
            if (MigrationFileName.Role.inFolder(name) == null) {
                return this;
            }
            String path = location.replace('\\', '/');
            int end = path.length() - name.length() - 1;
            int begin = Math.max(path.lastIndexOf('/', end - 1), path.indexOf(':')) + 1;
            return end <= begin || path.charAt(end) != '/'
                    ? this
                    : new FoundFile(path.substring(begin), location, origin, source);
        }

        /** Whether the folder in which it lies has this name. */
        boolean liesIn(String folder) {
            String path = location.replace('\\', '/').replace(':', '/');
            return path.endsWith("/" + folder + "/" + name);
        }
    }
}
