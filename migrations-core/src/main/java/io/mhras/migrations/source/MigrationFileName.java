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

    /** Loaded only where a name is more than a number and words. */
    private static final class Patterns {

        /** Flyway's: {@code V1_2__add_user}, and {@code U1_2__add_user}, which takes it back. */
        private static final Pattern FLYWAY = Pattern.compile("([VU])(\\d+(?:[._]\\d+)*)(?:__(.*))?");

        private static final Pattern REPEATABLE = Pattern.compile("R__?([^_].*)");

        /** A date and a time are one version; {@code 00000001_2025_budget} has no date in front. */
        private static final Pattern TIMESTAMP = Pattern.compile(
                "((?:19|20)\\d\\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])_(?:\\d{4}|\\d{6}))(?:_+(.*))?");
    }

    /** Empty if this is no migration's name. */
    static Optional<MigrationFileName> parse(String fileName) {
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
        return switch (stem.charAt(0)) {
            case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> Optional.ofNullable(numbered(stem, role));
            case 'V', 'U' -> flyway(Patterns.FLYWAY.matcher(stem), role);
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
        int end = stem.indexOf('_');
        String version = end < 0 ? stem : stem.substring(0, end);
        return isNumber(version) ? name(version, role, end < 0 ? null : stem.substring(end)) : null;
    }

    /** Digits, in parts with a dot between two. */
    private static boolean isNumber(String text) {
        char last = '.';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isDigit = c >= '0' && c <= '9';
            if (!isDigit && (c != '.' || last == '.')) {
                return false;
            }
            last = c;
        }
        return last != '.';
    }

    private static Optional<MigrationFileName> flyway(Matcher flyway, @Nullable Role role) {
        boolean undo = flyway.matches() && flyway.group(1).equals("U");
        if (!flyway.matches() || (undo && role != null && role != Role.DOWN)) {
            return Optional.empty();
        }
        return Optional.of(name(flyway.group(2), undo ? Role.DOWN : role, flyway.group(3)));
    }

    private static Optional<MigrationFileName> repeatable(Matcher repeatable, @Nullable Role role) {
        return repeatable.matches()
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
        VERIFY;

        private final String ending = "." + name().toLowerCase(Locale.ROOT);

        /** {@code up}, {@code down}, {@code verify}: as file names and messages have it. */
        @Override
        public String toString() {
            return ending.substring(1);
        }
    }
}
