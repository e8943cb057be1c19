package io.mhras.migrations.source;

import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationVersion;
import java.util.Comparator;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the files of a folder are named.
 *
 * @param prefix what precedes a version: {@code V} in Flyway's names
 * @param separator what separates a version and the words
 * @param up what follows the words of an up script: {@code .up} in golang-migrate's names, {@code /up} where each
 *     migration has a folder
 * @param undo whether a down script begins with {@code U}, as Flyway's does
 * @param dashed whether a date has dashes in it, as Diesel's do
 * @param repeatablePrefix what a repeatable begins with
 * @param extension without a dot
 */
record FileStyle(
        String prefix,
        String separator,
        String up,
        boolean undo,
        boolean dashed,
        String repeatablePrefix,
        String extension) {

    private static final String WIDE_SEPARATOR = "__";
    private static final Pattern SEPARATOR = Pattern.compile("V?[\\d._]*\\d(__|[_.-]).*");
    private static final Pattern DASHED = Pattern.compile("\\d{4}-\\d\\d-\\d\\d\\D.*");
    private static final Pattern IN_FOLDER = Pattern.compile(".*(/\\w+)\\.\\w+");

    /** The style of the newest file. */
    static FileStyle of(MigrationSet set, String extension) {
        String newest = newest(set, "(?!R_).*");
        boolean flyway = newest.startsWith("V");
        boolean repeatablesAreWide = newest(set, "R_.*").startsWith("R__");
        boolean dashed = DASHED.matcher(newest).matches();
        Matcher separator = SEPARATOR.matcher(newest);
        Matcher inFolder = IN_FOLDER.matcher(newest);
        String up = inFolder.matches()
                ? inFolder.group(1)
                : newest.toLowerCase(Locale.ROOT).endsWith(".up." + extension) ? ".up" : "";
        return new FileStyle(
                flyway ? "V" : "",
                separator.matches() && !dashed && hasWords(separator, extension) ? separator.group(1) : "_",
                up,
                flyway && up.isEmpty() && !hasDottedDown(set),
                dashed,
                flyway || repeatablesAreWide ? "R__" : "R_",
                extension);
    }

    /** {@code 001.sql} has none, and what follows the number separates nothing. */
    private static boolean hasWords(Matcher separator, String extension) {
        String rest = separator.group().substring(separator.start(1));
        return !rest.matches("(?i)(?:[.](?:up|down|verify))?[.]" + extension);
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
        if (up.startsWith("/")) {
            return stem(prefix, version, words) + "/down." + extension;
        }
        return undo ? stem("U", version, words) + "." + extension : stem(prefix, version, words) + ".down." + extension;
    }

    String repeatable(String words) {
        return repeatablePrefix + words + "." + extension;
    }

    private String stem(String before, MigrationVersion version, String words) {
        String number = dashed ? withDashes(version.toString()) : version.toString();
        String spelt = separator.equals("-") ? words.replace('_', '-') : words;
        String stem = before + number + separator + spelt;
        // 20251030_2025_budget would be read as a date and a time.
        boolean clear = MigrationFileName.parse(stem + "." + extension)
                .filter(name -> name.version().equals(version))
                .isPresent();
        return clear ? stem : before + version + WIDE_SEPARATOR + words;
    }

    /** {@code 2024-01-02-030405} for 20240102030405. */
    private static String withDashes(String version) {
        return version.replace("_", "")
                .replaceFirst("^(\\d{4})(\\d\\d)(\\d\\d)(\\d{4}|\\d{6})?$", "$1-$2-$3-$4")
                .replaceFirst("-$", "");
    }
}
