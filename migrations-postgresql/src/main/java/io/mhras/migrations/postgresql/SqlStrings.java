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

    /** The meaning with this value of the setting. */
    static SqlStrings of(String value) {
        return OFF.contains(value.toUpperCase(Locale.ROOT)) ? BACKSLASH_ESCAPES : STANDARD;
    }

    /**
     * The meaning after this statement, which may change it.
     *
     * @param usual the session's own, which RESET brings back
     */
    SqlStrings after(SqlStatement statement, SqlStrings usual) {
        List<String> words = statement.leading(5);
        return switch (words.get(0)) {
            case "SET" -> set(words.subList(1, words.size()), usual);
            case "RESET" -> words.contains(SETTING) || words.contains("ALL") ? usual : this;
            case "DISCARD" -> words.contains("ALL") ? usual : this;
            default -> this;
        };
    }

    private SqlStrings set(List<String> words, SqlStrings usual) {
        int name = words.indexOf(SETTING);
        if (name < 0 || name > 1 || words.size() < name + 3) {
            return this;
        }
        String value = words.get(name + 2);
        return value.equals("DEFAULT") ? usual : of(value.replace("'", ""));
    }
}
