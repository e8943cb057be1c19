package io.mhras.migrations.source;

import io.mhras.migrations.MigrationVersion;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a file's name says.
 *
 * @param version what identifies the migration
 * @param role what the script is to it
 * @param description the remaining words
 */
record MigrationFileName(MigrationVersion version, Role role, String description) {

    private static final int DATE_DIGITS = 8;
    private static final int YEAR_DIGITS = 4;

    /** What separates a version from the words. */
    private static final String SEPARATORS = "_-.";

    /** Loaded only where a name is more than a number and words. */
    private static final class Patterns {

        /** Flyway's: {@code V1_2__add_user}, {@code U1_2__add_user}, which takes it back, and {@code B1_2__all}; also {@code V1.add_user}. */
        private static final Pattern FLYWAY =
                Pattern.compile("([VUB])(\\d+(?:[._]\\d+)*)(?:__(.*)|[.-](?!\\d+(?:[._-]|$))(.+))?");

        private static final Pattern REPEATABLE = Pattern.compile("R__?([^_].*)");

        /** A date and a time are one version; {@code 00000001_2025_budget} has no date in front. */
        private static final Pattern TIMESTAMP = Pattern.compile(
                "((?:19|20)\\d\\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])_(?:\\d{4}|\\d{6}))(?:_+(.*))?");

        /** Diesel's, with a time and a number if two were made in the same second: {@code 2024-01-02-030405-0001_add_user}. */
        private static final Pattern DASHED_DATE = Pattern.compile(
                "((?:19|20)\\d\\d)-(\\d\\d)-(\\d\\d)(?:-(\\d{4}|\\d{6}(?=[-_.]|$))(?:-(\\d{4}))?)?(?:[_.-]+(\\D.*))?");
    }

    /**
     * Empty if this is no migration's name.
     *
     * @param fileName without its folder; or with the one that has the migration's name: {@code 001_add_user/up.sql}
     */
    static Optional<MigrationFileName> parse(String fileName) {
        int folder = fileName.lastIndexOf('/');
        if (folder >= 0) {
            Role role = Role.inFolder(fileName.substring(folder + 1));
            return role == null ? Optional.empty() : parse(fileName.substring(0, folder), role);
        }
        int extension = fileName.lastIndexOf('.');
        if (extension < 1 || extension == fileName.length() - 1) {
            return Optional.empty();
        }
        for (Role role : Role.values()) {
            int end = extension - role.ending.length();
            if (end > 0 && fileName.regionMatches(true, end, role.ending, 0, role.ending.length())) {
                return parse(fileName.substring(0, end), role);
            }
        }
        return parse(fileName.substring(0, extension), null);
    }

    private static Optional<MigrationFileName> parse(String stem, @Nullable Role role) {
        // Most names are numbers; only what the first letter allows needs a pattern.
        return switch (stem.isEmpty() ? ' ' : stem.charAt(0)) {
            case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> Optional.ofNullable(numbered(stem, role));
            case 'V', 'U', 'B' -> flyway(Patterns.FLYWAY.matcher(stem), role);
            case 'R' -> repeatable(Patterns.REPEATABLE.matcher(stem), role);
            default -> Optional.empty();
        };
    }

    private static @Nullable MigrationFileName numbered(String stem, @Nullable Role role) {
        if (stem.indexOf('_') == DATE_DIGITS) {
            Matcher timestamp = Patterns.TIMESTAMP.matcher(stem);
            if (timestamp.matches()) {
                return name(timestamp.group(1), role, timestamp.group(2));
            }
        }
        if (stem.indexOf('-') == YEAR_DIGITS) {
            Matcher dashed = Patterns.DASHED_DATE.matcher(stem);
            if (dashed.matches()) {
                return name(dashedVersion(dashed), role, dashed.group(6));
            }
        }
        int end = endOfNumber(stem, 0);
        for (int next = end + 1; end < stem.length() && stem.charAt(end) == '.'; next = end + 1) {
            int part = endOfNumber(stem, next);
            // A part has nothing but digits: 1.2nd_try is version 1.
            if (part == next || part < stem.length() && SEPARATORS.indexOf(stem.charAt(part)) < 0) {
                break;
            }
            end = part;
        }
        if (end == stem.length()) {
            return name(stem, role, null);
        }
        char separator = stem.charAt(end);
        return beginsWords(separator, stem, end + 1)
                ? name(stem.substring(0, end), role, stem.substring(end).replace(separator, ' '))
                : null;
    }

    /** {@code 2024-01_add_user} might be of January, or the first of that year: neither is guessed. */
    private static boolean beginsWords(char separator, String text, int begin) {
        if (separator == '_' || SEPARATORS.indexOf(separator) < 0) {
            return separator == '_';
        }
        int number = endOfNumber(text, begin);
        return number < text.length() && SEPARATORS.indexOf(text.charAt(number)) < 0;
    }

    private static int endOfNumber(String text, int begin) {
        int end = begin;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    private static String dashedVersion(Matcher dashed) {
        String date = dashed.group(1) + dashed.group(2) + dashed.group(3);
        String time = dashed.group(4);
        String version = time == null ? date : time.length() == 4 ? date + "_" + time : date + time;
        return dashed.group(5) == null ? version : version + "." + dashed.group(5);
    }

    private static Optional<MigrationFileName> flyway(Matcher flyway, @Nullable Role role) {
        if (!flyway.matches()) {
            return Optional.empty();
        }
        Role stated = switch (flyway.group(1)) {
            case "U" -> Role.DOWN;
            case "B" -> Role.BASELINE;
            default -> role;
        };
        if (role != null && role != stated) {
            return Optional.empty();
        }
        String words = flyway.group(3) == null ? flyway.group(4) : flyway.group(3);
        return Optional.of(name(flyway.group(2), stated, words));
    }

    private static Optional<MigrationFileName> repeatable(Matcher repeatable, @Nullable Role role) {
        return role != Role.BASELINE && repeatable.matches()
                ? Optional.of(name("R_" + repeatable.group(1), role, repeatable.group(1)))
                : Optional.empty();
    }

    private static MigrationFileName name(String version, @Nullable Role role, @Nullable String words) {
        String description = words == null ? "" : words.replace('_', ' ').strip();
        return new MigrationFileName(MigrationVersion.of(version), role == null ? Role.UP : role, description);
    }

    /** What a script is to its migration. */
    enum Role {
        /** Makes the change. */
        UP,
        /** Takes it back. */
        DOWN,
        /** Checks that it worked. */
        VERIFY,
        /** Makes, on an empty database, what all migrations up to it would have made. */
        BASELINE;

        /** Prisma's, in a folder that has the migration's name. */
        private static final String MIGRATION = "migration.";

        /** As it is spoken of. */
        String withArticle() {
            return (this == UP ? "an " : "a ") + this;
        }

        private final String ending = "." + name().toLowerCase(Locale.ROOT);

        /** The role of a file whose folder has the migration's name: {@code up.sql}; null if it has a name of its own. */
        static @Nullable Role inFolder(String fileName) {
            int dot = fileName.indexOf('.');
            if (dot < 0 || dot != fileName.lastIndexOf('.')) {
                return null;
            }
            for (Role role : values()) {
                if (fileName.regionMatches(
                        true,
                        0,
                        role.toString(),
                        0,
                        Math.max(dot, role.toString().length()))) {
                    return role;
                }
            }
            return fileName.regionMatches(true, 0, MIGRATION, 0, MIGRATION.length()) ? UP : null;
        }

        /** {@code up}, {@code down}, {@code verify}: as file names and messages have it. */
        @Override
        public String toString() {
            return ending.substring(1);
        }
    }
}
