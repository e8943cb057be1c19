package io.mhras.migrations.schema.jpa;

import io.mhras.migrations.schema.FactId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A check that a column has one of some values, as an enum has constants.
 *
 * @param column its name
 * @param values as SQL has them
 */
record ValueCheck(String column, Set<String> values) {

    /** What the definition says; null if it says anything else. */
    static @Nullable ValueCheck of(String definition) {
        SqlWords bare = SqlWords.of(definition).bare();
        List<String> words = bare.words();
        if (words.size() < 4 || !bare.is(0, "check")) {
            return null;
        }
        String column = words.get(1);
        int end = words.size();
        if (bare.is(end - 2, "not") && bare.is(end - 1, "valid")) {
            end -= 2;
        }
        if (bare.is(end - 4, "or") && bare.is(end - 3, column) && bare.is(end - 2, "is") && bare.is(end - 1, "null")) {
            end -= 4;
        }
        Set<String> values = bare.is(2, "=") && bare.is(3, "any")
                ? listed(bare, 4, end)
                : bare.is(2, "=") && end == 4 ? one(words.get(3)) : range(bare, column, end);
        return values == null ? null : new ValueCheck(SqlWords.name(column), values);
    }

    private static @Nullable Set<String> listed(SqlWords words, int from, int end) {
        if (!words.is(from, "array") || !words.is(from + 1, "[") || !words.is(end - 1, "]")) {
            return null;
        }
        Set<String> values = new LinkedHashSet<>();
        for (int at = from + 2; at < end - 1; at++) {
            if (!words.is(at, ",")) {
                if (!isValue(words.words().get(at))) {
                    return null;
                }
                values.add(words.words().get(at));
            }
        }
        return values;
    }

    private static @Nullable Set<String> one(String word) {
        return isValue(word) ? Set.of(word) : null;
    }

    /** Of an enum that is kept as a number. */
    private static @Nullable Set<String> range(SqlWords words, String column, int end) {
        boolean isRange =
                end == 8 && words.is(2, ">=") && words.is(4, "and") && words.is(5, column) && words.is(6, "<=");
        if (!isRange
                || !isNumber(words.words().get(3))
                || !isNumber(words.words().get(7))) {
            return null;
        }
        int first = Integer.parseInt(words.words().get(3));
        int last = Integer.parseInt(words.words().get(7));
        if (last - first > 10_000) {
            return null;
        }
        Set<String> values = new LinkedHashSet<>();
        for (int value = first; value <= last; value++) {
            values.add(Integer.toString(value));
        }
        return values;
    }

    private static boolean isValue(String word) {
        return word.startsWith("'") || isNumber(word);
    }

    private static boolean isNumber(String word) {
        return word.length() < 10 && !word.isEmpty() && word.chars().allMatch(Character::isDigit);
    }

    /** The values that the other one has, and this has not. */
    List<String> missing(ValueCheck other) {
        List<String> missing = new ArrayList<>(other.values);
        missing.removeAll(values);
        return missing;
    }

    /** This with more values, after its own. */
    ValueCheck with(List<String> more) {
        Set<String> all = new LinkedHashSet<>(values);
        all.addAll(more);
        return new ValueCheck(column, all);
    }

    /** As one writes it. */
    String definition() {
        return values.stream().collect(Collectors.joining(", ", "CHECK (" + FactId.quoted(column) + " IN (", "))"));
    }
}
