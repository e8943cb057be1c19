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
 */
public record Migration(
        MigrationVersion version,
        String description,
        @Nullable List<MigrationVersion> requires,
        MigrationBody up,
        @Nullable MigrationBody down,
        @Nullable MigrationScript verify) {

    public Migration {
        requires = requires == null ? null : List.copyOf(requires);
    }

    /** Its check, if it has one that none of these migrations has ended; else null. */
    public @Nullable MigrationScript verifyBeside(Predicate<MigrationVersion> applied) {
        MigrationScript check = verify;
        MigrationVersion until = check == null ? null : check.options().until();
        return until != null && applied.test(until) ? null : check;
    }

    /** The same with another check, or with none. */
    public Migration with(@Nullable MigrationScript check) {
        return new Migration(version, description, requires, up, down, check);
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
