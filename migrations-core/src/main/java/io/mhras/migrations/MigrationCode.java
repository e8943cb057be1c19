package io.mhras.migrations;

import io.mhras.migrations.MigrationException.InvalidMigration;

/**
 * A migration's body that is written in Java. The driver decides what it is given to work with.
 *
 * @param name the class's simple name
 * @param location the class's full name
 * @param revision the author's name for this state of the code: the only sign of a change
 * @param code the object that a driver runs
 */
public record MigrationCode(String name, String location, String revision, Object code) implements MigrationBody {

    @Override
    public String checksum() {
        return Checksum.of(revision);
    }

    /** The error of a driver that cannot run the code of this migration. */
    public static InvalidMigration unsupported(Migration migration, String database) {
        String location = migration.up().location();
        return new InvalidMigration(
                migration.title() + " is code, and migrations of " + database + " are scripts only.",
                SourceLocation.of(location),
                "Write it as a script.");
    }

    /** That an offline script cannot hold the code of this migration. */
    static InvalidMigration withoutText(Migration migration) {
        return new InvalidMigration(
                migration.title() + " is code, and an offline script holds text only.",
                SourceLocation.of(migration.up().location()),
                "Let a service or the command line apply it, and make one script up to the version before it and another"
                        + " from it on.");
    }
}
