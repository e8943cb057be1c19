package io.mhras.migrations;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Identifies a migration: the digits that its file name starts with, or the name of a repeatable one.
 *
 * <p>Digits compare as numbers of any length ({@code 1} equals {@code 001}), part by part ({@code 1.2} before
 * {@code 1.10}); repeatables come after all numbers, by name. Immutable.
 */
public final class MigrationVersion implements Comparable<MigrationVersion> {

    /** Most versions are plain digits, and a start with no other version needs none of these. */
    private static final class Patterns {
        private static final Pattern NUMBERS = Pattern.compile("\\d+(?:[._]\\d+)*");
        private static final Pattern DATE_AND_TIME = Pattern.compile("(\\d{8})[._](\\d{4})(\\d{2})?");
        private static final Pattern REPEATABLE = Pattern.compile("R__?(.+)");
    }

    private final String text;
    private final List<String> numbers;
    private final String name;

    private MigrationVersion(String text, List<String> numbers, String name) {
        this.text = text;
        this.numbers = numbers;
        this.name = name;
    }

    /**
     * Reads a version: {@code 001}, {@code 1.2}, {@code 1_2}, {@code 20251030_1530}, or {@code R_name} for a repeatable.
     *
     * @throws IllegalArgumentException if the text is none of these
     */
    public static MigrationVersion of(String text) {
        if (isDigits(text)) {
            return new MigrationVersion(text, List.of(withoutZeros(text)), "");
        }
        var repeatable = Patterns.REPEATABLE.matcher(text);
        if (repeatable.matches()) {
            return new MigrationVersion("R_" + repeatable.group(1), List.of(), repeatable.group(1));
        }
        if (!Patterns.NUMBERS.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a version: a version is a number such as 001, "
                    + "1.2 or 20251030_1530, or R_name for a repeatable migration");
        }
        return new MigrationVersion(text, significant(withoutGap(text)), "");
    }

    private static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static String withoutZeros(String digits) {
        int start = 0;
        while (start < digits.length() - 1 && digits.charAt(start) == '0') {
            start++;
        }
        return digits.substring(start);
    }

    /** {@code 20251030_1530} and {@code 20251030153012} can be in one folder, and sort by time. */
    private static String withoutGap(String text) {
        var dateAndTime = Patterns.DATE_AND_TIME.matcher(text);
        if (!dateAndTime.matches()) {
            return text;
        }
        String seconds = dateAndTime.group(3);
        return dateAndTime.group(1) + dateAndTime.group(2) + (seconds == null ? "00" : seconds);
    }

    /** Whether the text is a version, that is, whether {@link #of} accepts it. */
    public static boolean isValid(String text) {
        return Patterns.NUMBERS.matcher(text).matches()
                || Patterns.REPEATABLE.matcher(text).matches();
    }

    /** Whether this is the name of a repeatable migration rather than a number. */
    public boolean isRepeatable() {
        return numbers.isEmpty();
    }

    /** The form in which equal versions are equal texts: {@code 1} for {@code 001}, {@code 1.2} for {@code 01_2}. */
    public String canonical() {
        if (isRepeatable()) {
            return text;
        }
        return numbers.size() == 1 ? numbers.get(0) : String.join(".", numbers);
    }

    @Override
    public int compareTo(MigrationVersion other) {
        if (isRepeatable() || other.isRepeatable()) {
            int byKind = Boolean.compare(isRepeatable(), other.isRepeatable());
            return byKind != 0 ? byKind : name.compareTo(other.name);
        }
        for (int i = 0; i < Math.max(numbers.size(), other.numbers.size()); i++) {
            int byPart = compareNumbers(part(i), other.part(i));
            if (byPart != 0) {
                return byPart;
            }
        }
        return 0;
    }

    private String part(int index) {
        return index < numbers.size() ? numbers.get(index) : "0";
    }

    /** Both without leading zeros, so the longer one is the larger one. */
    private static int compareNumbers(String a, String b) {
        return a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareTo(b);
    }

    private static List<String> significant(String text) {
        List<String> parts = new ArrayList<>();
        for (String part : text.split("[._]", -1)) {
            parts.add(withoutZeros(part));
        }
        while (parts.size() > 1 && parts.get(parts.size() - 1).equals("0")) {
            parts.remove(parts.size() - 1);
        }
        return List.copyOf(parts);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MigrationVersion that && compareTo(that) == 0;
    }

    @Override
    public int hashCode() {
        return 31 * numbers.hashCode() + name.hashCode();
    }

    /** The version as it was written. */
    @Override
    public String toString() {
        return text;
    }
}
