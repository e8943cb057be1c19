package io.mhras.migrations.adopt;

import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationVersion;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something that another tool has applied.
 *
 * @param name what that tool calls it
 * @param extent how much stands for it here
 * @param names by which the file here is found: file names or versions, the best first
 */
record OtherMigration(String name, Extent extent, List<String> names) {

    private static final Pattern LEADING_VERSION = Pattern.compile("[Vv]?((\\d+)(?:[._]\\d+)*)(?:[-_. ].*)?");

    enum Extent {
        ONE,
        /** With all that it requires. */
        WITH_REQUIRED,
        /** All up to that version, whether or not it exists itself. */
        ALL_UP_TO,
        /** Nothing: it is a repeatable, which runs again here anyway. */
        NOTHING
    }

    static OtherMigration one(String name, List<String> names) {
        return new OtherMigration(name, Extent.ONE, names);
    }

    static OtherMigration withRequired(String name, String version) {
        return new OtherMigration(name, Extent.WITH_REQUIRED, List.of(version));
    }

    static OtherMigration allUpTo(String name, String version) {
        return new OtherMigration(name, Extent.ALL_UP_TO, List.of(version));
    }

    static OtherMigration repeatable(String name) {
        return new OtherMigration(name, Extent.NOTHING, List.of());
    }

    /** A file's name, and the version that it begins with: {@code 001-create-patients.xml} is 001. */
    static List<String> namesIn(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        Matcher version = LEADING_VERSION.matcher(name);
        return version.matches() ? List.of(name, version.group(1), version.group(2)) : List.of(name);
    }

    /** What stands for it here; empty if nothing does. */
    List<Migration> in(MigrationSet set) {
        if (extent == Extent.ALL_UP_TO) {
            MigrationVersion last = MigrationVersion.of(names.get(0));
            return set.migrations().stream()
                    .filter(migration ->
                            !migration.isRepeatable() && migration.version().compareTo(last) <= 0)
                    .toList();
        }
        Optional<Migration> found =
                names.stream().flatMap(one -> find(one, set).stream()).findFirst();
        return found.map(migration -> extent == Extent.ONE ? List.of(migration) : set.pathTo(migration.version()))
                .orElse(List.of());
    }

    private static Optional<Migration> find(String name, MigrationSet set) {
        return MigrationVersion.isValid(name)
                ? set.find(MigrationVersion.of(name))
                : set.migrations().stream()
                        .filter(migration -> migration.up().name().equals(name))
                        .findFirst();
    }
}
