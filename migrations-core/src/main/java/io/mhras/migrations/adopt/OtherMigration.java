package io.mhras.migrations.adopt;

import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationStep.Origin;
import io.mhras.migrations.MigrationVersion;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Something that another tool has applied, or has begun.
 *
 * @param name what that tool calls it
 * @param extent how much stands for it here
 * @param names by which the file here is found: file names or versions, the best first
 * @param origin who applied it, when, and how long it took
 * @param content what the tool has kept of the file's content; null if nothing that can be compared
 * @param unfinished what is wrong with it, for example {@code V2__x.sql failed}; null if it is applied
 */
record OtherMigration(
        String name,
        Extent extent,
        List<String> names,
        Origin origin,
        @Nullable ContentSum content,
        @Nullable String unfinished) {

    private static final Pattern LEADING_VERSION = Pattern.compile("[Vv]?((\\d+)(?:[._]\\d+)*)(?:[-_. ].*)?");

    enum Extent {
        ONE,
        /** With all that it requires. */
        WITH_REQUIRED,
        /** All up to that version, whether or not it exists itself. */
        ALL_UP_TO,
        /** One that runs again when its text changes. */
        REPEATABLE
    }

    private OtherMigration(String name, Extent extent, List<String> names) {
        this(name, extent, names, Origin.UNKNOWN, null, null);
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
        String file = fileName(name);
        return new OtherMigration(
                name, Extent.REPEATABLE, List.of(file, file.replaceFirst("^R__?(.*?)(\\.\\w+)?$", "R_$1")));
    }

    OtherMigration by(Origin known) {
        return new OtherMigration(name, extent, names, known, content, unfinished);
    }

    OtherMigration containing(@Nullable ContentSum known) {
        return new OtherMigration(name, extent, names, origin, known, unfinished);
    }

    OtherMigration unfinished(@Nullable String what) {
        return new OtherMigration(name, extent, names, origin, content, what);
    }

    /** A file's name, and the version that it begins with: {@code 001-create-patients.xml} is 001. */
    static List<String> namesIn(String path) {
        String name = fileName(path);
        Matcher version = LEADING_VERSION.matcher(name);
        return version.matches() ? List.of(name, version.group(1), version.group(2)) : List.of(name);
    }

    private static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Its version, if it has one. */
    Optional<MigrationVersion> version() {
        return names.stream()
                .filter(MigrationVersion::isValid)
                .map(MigrationVersion::of)
                .findFirst();
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
        return found.map(migration ->
                        extent == Extent.WITH_REQUIRED ? set.pathTo(migration.version()) : List.of(migration))
                .orElse(List.of());
    }

    private static Optional<Migration> find(String name, MigrationSet set) {
        Optional<Migration> file = set.migrations().stream()
                .filter(migration -> migration.up().name().equals(name))
                .findFirst();
        return file.isPresent() || !MigrationVersion.isValid(name) ? file : set.find(MigrationVersion.of(name));
    }
}
