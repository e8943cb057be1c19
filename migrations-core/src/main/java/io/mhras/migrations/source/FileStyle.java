package io.mhras.migrations.source;

import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationVersion;
import java.util.Comparator;
import java.util.Locale;

/**
 * How the files of a folder are named.
 *
 * @param prefix what precedes a version: {@code V} in Flyway's names
 * @param separator what separates a version and the words
 * @param up what follows the words of an up script: {@code .up} in golang-migrate's names
 * @param undo whether a down script begins with {@code U}, as Flyway's does
 * @param repeatablePrefix what a repeatable begins with
 * @param extension without a dot
 */
record FileStyle(String prefix, String separator, String up, boolean undo, String repeatablePrefix, String extension) {

    private static final String WIDE_SEPARATOR = "__";

    /** The style of the newest file. */
    static FileStyle of(MigrationSet set, String extension) {
        String newest = newest(set, "(?!R_).*");
        boolean flyway = newest.startsWith("V");
        boolean repeatablesAreWide = newest(set, "R_.*").startsWith("R__");
        return new FileStyle(
                flyway ? "V" : "",
                newest.matches("V?[\\d._]*\\d__.*") ? WIDE_SEPARATOR : "_",
                newest.toLowerCase(Locale.ROOT).endsWith(".up." + extension) ? ".up" : "",
                flyway && !hasDottedDown(set),
                flyway || repeatablesAreWide ? "R__" : "R_",
                extension);
    }

    private static boolean hasDottedDown(MigrationSet set) {
        return set.migrations().stream()
                .map(Migration::down)
                .anyMatch(down -> down != null && ScriptNames.isDown(down.name()));
    }

    private static String newest(MigrationSet set, String shape) {
        return set.migrations().stream()
                .filter(migration -> migration.up().name().matches(shape))
                .max(Comparator.comparing(Migration::version))
                .map(migration -> migration.up().name())
                .orElse("");
    }

    String up(MigrationVersion version, String words) {
        return stem(prefix, version, words) + up + "." + extension;
    }

    String down(MigrationVersion version, String words) {
        return undo ? stem("U", version, words) + "." + extension : stem(prefix, version, words) + ".down." + extension;
    }

    String repeatable(String words) {
        return repeatablePrefix + words + "." + extension;
    }

    private String stem(String before, MigrationVersion version, String words) {
        String stem = before + version + separator + words;
        // 20251030_2025_budget would be read as a date and a time.
        boolean clear = MigrationFileName.parse(stem + "." + extension)
                .filter(name -> name.version().equals(version))
                .isPresent();
        return clear ? stem : before + version + WIDE_SEPARATOR + words;
    }
}
