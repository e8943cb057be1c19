package io.mhras.migrations.source;

import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.SourceLocation;
import io.mhras.migrations.source.MigrationFileName.Role;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts the up, down and verify scripts of each version together. */
final class ScriptPairs {

    private final Map<MigrationVersion, Map<Role, ScriptFile>> byVersion = new TreeMap<>();

    void add(ScriptFile file) {
        MigrationVersion version = file.name().version();
        Map<Role, ScriptFile> files = byVersion.get(version);
        if (files == null) {
            files = new EnumMap<>(Role.class);
            byVersion.put(version, files);
        }
        ScriptFile other = files.putIfAbsent(file.name().role(), file);
        if (other != null && !isCopy(file, other)) {
            throw clash(other, file);
        }
    }

    List<Migration> migrations() {
        List<Migration> migrations = new ArrayList<>(byVersion.size());
        for (Map<Role, ScriptFile> files : byVersion.values()) {
            migrations.add(migration(files));
        }
        return migrations;
    }

    private static Migration migration(Map<Role, ScriptFile> files) {
        ScriptFile up = files.get(Role.UP);
        if (up == null) {
            throw withoutUp(files.values().iterator().next());
        }
        return new Migration(
                up.name().version(),
                up.name().description(),
                up.requires(),
                up.script(),
                script(files.get(Role.DOWN)),
                script(files.get(Role.VERIFY)));
    }

    private static @Nullable MigrationScript script(@Nullable ScriptFile file) {
        return file == null ? null : file.script();
    }

    /** The same file in two roots, for example in the build folder and in the jar made of it. */
    private static boolean isCopy(ScriptFile one, ScriptFile other) {
        return hasSameName(one, other)
                && one.script().checksum().equals(other.script().checksum());
    }

    private static boolean hasSameName(ScriptFile one, ScriptFile other) {
        return one.file().name().equals(other.file().name());
    }

    private static InvalidMigration clash(ScriptFile one, ScriptFile other) {
        return hasSameName(one, other)
                ? new InvalidMigration(
                        "two files are named " + one.file().name() + " and differ: " + both(one, other) + ".",
                        null,
                        "Remove one of them. Where one is a stale copy in a build folder or in an old jar, build anew.")
                : new InvalidMigration(
                        "two " + one.name().role() + " scripts have version "
                                + one.name().version().canonical() + ": " + both(one, other) + ".",
                        null,
                        "Give one of them another version.");
    }

    private static String both(ScriptFile one, ScriptFile other) {
        return one.file().location().equals(other.file().location())
                ? one.file().origin() + " and " + other.file().origin()
                : one.file().location() + " and " + other.file().location();
    }

    private static InvalidMigration withoutUp(ScriptFile file) {
        return new InvalidMigration(
                "there is a " + file.name().role() + " script of version "
                        + file.name().version() + ", but no up script.",
                SourceLocation.of(file.file().location()),
                "Add the up script; or remove this file, or correct the version in its name.");
    }
}
