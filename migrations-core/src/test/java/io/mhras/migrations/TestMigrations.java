package io.mhras.migrations;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Migrations of a test, made without files. */
public final class TestMigrations {

    private TestMigrations() {}

    /** One that requires the preceding version, with a down script. */
    public static Migration plain(String version) {
        return migration(version, null);
    }

    /** One that says what it requires, with a down script. */
    public static Migration requiring(String version, String... required) {
        return migration(
                version, Arrays.stream(required).map(MigrationVersion::of).toList());
    }

    public static Migration migration(String version, @Nullable List<MigrationVersion> requires) {
        return new Migration(
                MigrationVersion.of(version),
                "thing " + version,
                requires,
                script(version + "_thing.sql", "create " + version + "\n"),
                script(version + "_thing.down.sql", "drop " + version + "\n"),
                null);
    }

    public static Migration withUp(Migration migration, String text) {
        return new Migration(
                migration.version(),
                migration.description(),
                migration.requires(),
                script(migration.up().name(), text),
                migration.down(),
                migration.verify());
    }

    public static Migration withDown(Migration migration, @Nullable String text) {
        return new Migration(
                migration.version(),
                migration.description(),
                migration.requires(),
                migration.up(),
                text == null ? null : script(migration.up().name().replace(".sql", ".down.sql"), text),
                migration.verify());
    }

    public static MigrationSet set(Migration... migrations) {
        return MigrationSet.of(List.of(migrations));
    }

    public static List<String> texts(List<MigrationVersion> versions) {
        return versions.stream().map(MigrationVersion::toString).toList();
    }

    private static MigrationScript script(String name, String text) {
        return MigrationScript.ofText(name, "classpath:db/migration/" + name, text);
    }

    /** What a file was made into. */
    public static MigrationScript script(MigrationBody body) {
        return (MigrationScript) body;
    }
}
