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

    private static final Pattern SHAPE =
            Pattern.compile("(.+?)(?:\\.(up|down|verify))?\\.[^.]+", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** Flyway's: {@code V1_2__add_user}, and {@code U1_2__add_user}, which takes it back. */
    private static final Pattern FLYWAY = Pattern.compile("([VU])(\\d+(?:[._]\\d+)*)(?:__(.*))?");

    private static final Pattern REPEATABLE = Pattern.compile("R__?([^_].*)");

    /** A date and a time are one version; {@code 00000001_2025_budget} has no date in front. */
    private static final Pattern TIMESTAMP =
            Pattern.compile("((?:19|20)\\d\\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])_(?:\\d{4}|\\d{6}))(?:_+(.*))?");

    private static final Pattern NUMBER = Pattern.compile("(\\d+(?:\\.\\d+)*)(?:_+(.*))?");

    /** Empty if this is no migration's name. */
    static Optional<MigrationFileName> parse(String fileName) {
        Matcher shape = SHAPE.matcher(fileName);
        if (!shape.matches()) {
            return Optional.empty();
        }
        String stem = shape.group(1);
        String role = shape.group(2);
        Matcher flyway = FLYWAY.matcher(stem);
        if (flyway.matches()) {
            return flyway(flyway, role);
        }
        Matcher repeatable = REPEATABLE.matcher(stem);
        if (repeatable.matches()) {
            return Optional.of(name("R_" + repeatable.group(1), role(role), repeatable.group(1)));
        }
        Matcher timestamp = TIMESTAMP.matcher(stem);
        if (timestamp.matches()) {
            return Optional.of(name(timestamp.group(1), role(role), timestamp.group(2)));
        }
        Matcher number = NUMBER.matcher(stem);
        return number.matches() ? Optional.of(name(number.group(1), role(role), number.group(2))) : Optional.empty();
    }

    private static Optional<MigrationFileName> flyway(Matcher flyway, @Nullable String role) {
        boolean undo = flyway.group(1).equals("U");
        if (undo && role != null && role(role) != Role.DOWN) {
            return Optional.empty();
        }
        return Optional.of(name(flyway.group(2), undo ? Role.DOWN : role(role), flyway.group(3)));
    }

    private static Role role(@Nullable String text) {
        return text == null ? Role.UP : Role.valueOf(text.toUpperCase(Locale.ROOT));
    }

    private static MigrationFileName name(String version, Role role, @Nullable String words) {
        String description = words == null ? "" : words.replace('_', ' ').strip();
        return new MigrationFileName(MigrationVersion.of(version), role, description);
    }

    /** What a script is to its migration. */
    enum Role {
        /** Makes the change. */
        UP,
        /** Takes it back. */
        DOWN,
        /** Checks that it worked. */
        VERIFY;

        /** {@code up}, {@code down}, {@code verify}: as file names and messages have it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
