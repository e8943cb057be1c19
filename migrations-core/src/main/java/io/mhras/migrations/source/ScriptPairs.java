package io.mhras.migrations.source;

import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationSet;
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
    private final List<String> notes = new ArrayList<>();

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

    MigrationSet set() {
        List<Migration> migrations = new ArrayList<>(byVersion.size());
        for (Map<Role, ScriptFile> files : byVersion.values()) {
            ScriptFile baseline = files.remove(Role.BASELINE);
            if (baseline != null) {
                migrations.add(Migration.baseline(
                        baseline.name().version(), baseline.name().description(), baseline.script()));
            }
            if (!files.isEmpty()) {
                migrations.add(migration(files));
            }
        }
        MigrationSet set = MigrationSet.of(migrations, notes);
        for (Migration migration : migrations) {
            MigrationScript verify = migration.verify();
            if (verify != null && verify.options().until() != null) {
                CheckEnd.refuseImpossible(migration.version(), verify, set);
            }
        }
        return set;
    }

    private Migration migration(Map<Role, ScriptFile> files) {
        ScriptFile up = files.get(Role.UP);
        if (up == null) {
            throw withoutUp(files.values().iterator().next());
        }
        return new Migration(
                up.name().version(),
                up.name().description(),
                up.facts().requires(),
                up.script(),
                script(down(up, files.get(Role.DOWN))),
                script(files.get(Role.VERIFY)));
    }

    /** What does nothing is taken back by doing nothing; anything else is not, whatever an empty file may mean. */
    private @Nullable ScriptFile down(ScriptFile up, @Nullable ScriptFile down) {
        if (up.facts().runsNothing()) {
            if (up.facts().requires() == null) {
                notes.add(up.file().name() + " has no statement in it: it does nothing.");
            }
            return down == null ? up : down;
        }
        if (down != null && down.facts().runsNothing()) {
            notes.add(down.file().name() + " has no statement in it: there is no way back from "
                    + up.name().version() + ".");
            return null;
        }
        return down;
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
                        remedy(one, other));
    }

    /** Other tools tell up and down by other words: {@code 1-a-up.sql} and {@code 1-a-down.sql}, {@code 1.do.a.sql}. */
    private static String remedy(ScriptFile one, ScriptFile other) {
        String direction = "(?i)(?<![a-z])(?:up|down|do|undo|rollback|revert)(?![a-z])";
        String first = one.file().name();
        String second = other.file().name();
        String stem = first.replaceAll(direction, "").replaceAll("[^\\p{L}\\p{N}]", "");
        return stem.equals(second.replaceAll(direction, "").replaceAll("[^\\p{L}\\p{N}]", ""))
                ? "If one of them takes the other back, give it the other's name with '.down': "
                        + ScriptNames.downOf(second.matches("(?i).*(?<![a-z])(?:up|do)(?![a-z]).*") ? second : first)
                        + "."
                : "Give one of them another version, or put both into one file.";
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
