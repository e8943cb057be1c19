package io.mhras.migrations;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One change of the schema: its scripts or code, and what must have been applied before it.
 *
 * @param version what identifies it
 * @param description the file name's words, for example {@code initial schema}
 * @param requires what its header names; null where the header names nothing: then the preceding version
 * @param up makes the change
 * @param down reverts it; null if there is no down script
 * @param verify checks that it worked; null if there is no check
 * @param baseline whether it runs on an empty database, in place of all migrations up to its version
 */
public record Migration(
        MigrationVersion version,
        String description,
        @Nullable List<MigrationVersion> requires,
        MigrationBody up,
        @Nullable MigrationBody down,
        @Nullable MigrationScript verify,
        boolean baseline) {

    public Migration {
        requires = requires == null ? null : List.copyOf(requires);
    }

    /** One that stands for itself alone. */
    public Migration(
            MigrationVersion version,
            String description,
            @Nullable List<MigrationVersion> requires,
            MigrationBody up,
            @Nullable MigrationBody down,
            @Nullable MigrationScript verify) {
        this(version, description, requires, up, down, verify, false);
    }

    /** One that stands for all up to its version. */
    public static Migration baseline(MigrationVersion version, String description, MigrationBody up) {
        return new Migration(version, description, null, up, null, null, true);
    }

    /** Whether it is a baseline, and that migration need not run once this has. */
    public boolean standsFor(MigrationVersion other) {
        return baseline && !other.isRepeatable() && other.compareTo(version) <= 0;
    }

    /** Its check, if it has one that none of these migrations has ended; else null. */
    public @Nullable MigrationScript verifyBeside(Predicate<MigrationVersion> applied) {
        MigrationScript check = verify;
        MigrationVersion until = check == null ? null : check.options().until();
        return until != null && applied.test(until) ? null : check;
    }

    /** The same with another check, or with none. */
    public Migration with(@Nullable MigrationScript check) {
        return new Migration(version, description, requires, up, down, check, baseline);
    }

    /** Whether it runs again whenever its content changes. */
    public boolean isRepeatable() {
        return version.isRepeatable();
    }

    /** Its name for people: its version and its description; a repeatable's version has its description in it. */
    public String title() {
        return isRepeatable() || description.isEmpty() ? version.toString() : version + " " + description;
    }

    /** The checksum of what makes the change. */
    public String checksum() {
        return up.checksum();
    }
}
