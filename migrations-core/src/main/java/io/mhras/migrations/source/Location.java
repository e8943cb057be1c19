package io.mhras.migrations.source;

import io.mhras.migrations.MigrationException.InvalidMigration;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.InputStreamSource;

/** A folder that is searched for migrations, with all that is below it. */
sealed interface Location permits ClasspathLocation, FilesystemLocation {

    /** A prefix has two letters or more: {@code C:} is a drive. */
    Pattern PREFIX = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+\\*?):(.*)");

    /** All files, in no particular order, in a new list; empty if the folder does not exist. */
    List<FoundFile> files();

    /** The location as it was given. */
    @Override
    String toString();

    /** Reads {@code classpath:folder}, {@code filesystem:folder} or a plain path. */
    static Location parse(String text, ClassLoader classLoader) {
        String trimmed = text.strip();
        Matcher matcher = PREFIX.matcher(trimmed);
        if (!matcher.matches()) {
            return filesystem(trimmed, trimmed);
        }
        return switch (matcher.group(1)) {
            case "classpath", "classpath*" -> new ClasspathLocation(trimmed, matcher.group(2), classLoader);
            case "filesystem" -> filesystem(trimmed, matcher.group(2));
            default ->
                throw invalid(
                        "'" + trimmed + "' is not a location of migrations: '" + matcher.group(1) + ":' is not known.");
        };
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

        /** Whatever the case: on a disk that ignores it {@code 001_x.SQL} is an easy slip, and skipping it would be silent. */
        boolean endsIn(String extension) {
            int dot = name.length() - extension.length() - 1;
            return dot > 0
                    && name.charAt(0) != '.'
                    && name.charAt(dot) == '.'
                    && name.regionMatches(true, dot + 1, extension, 0, extension.length());
        }
    }
}
