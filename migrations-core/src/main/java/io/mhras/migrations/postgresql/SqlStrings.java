package io.mhras.migrations.postgresql;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a backslash in an ordinary string means, which is the setting {@code standard_conforming_strings}. */
enum SqlStrings {
    STANDARD,
    BACKSLASH_ESCAPES;

    private static final String SETTING = "STANDARD_CONFORMING_STRINGS";
    // PostgreSQL takes every unambiguous beginning of a word for a boolean
    private static final Set<String> OFF = Set.of("OF", "OFF", "F", "FA", "FAL", "FALS", "FALSE", "N", "NO", "0");

    /** The meaning after this statement, which may change it. */
    SqlStrings after(SqlStatement statement) {
        List<String> words = statement.leading(5);
        return switch (words.get(0)) {
            case "SET" -> set(words.subList(1, words.size()));
            case "RESET" -> words.contains(SETTING) || words.contains("ALL") ? STANDARD : this;
            case "DISCARD" -> words.contains("ALL") ? STANDARD : this;
            default -> this;
        };
    }

    private SqlStrings set(List<String> words) {
        int name = words.indexOf(SETTING);
        if (name < 0 || name > 1 || words.size() < name + 3) {
            return this;
        }
        String value = words.get(name + 2).replace("'", "").toUpperCase(Locale.ROOT);
        return OFF.contains(value) ? BACKSLASH_ESCAPES : STANDARD;
    }
}
