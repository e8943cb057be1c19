package io.mhras.migrations.postgresql.sql;

import org.jspecify.annotations.Nullable;

/** Quotes names and values for SQL that is put together as text. */
public final class SqlQuote {

    private SqlQuote() {}

    /** A name, exactly as given. */
    public static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /**
     * A value, whatever {@code standard_conforming_strings} a script left behind: hence the E.
     *
     * <p>Quotes and dollars are written as their codes: when the body of a function is wrong, the server looks for that body
     * in the whole message to point into it, and gives up if it stands there twice, as in a history row beside its script.
     */
    public static String literal(@Nullable String value) {
        return value == null
                ? "NULL"
                : "E'" + value.replace("\\", "\\\\").replace("'", "\\x27").replace("$", "\\x24") + '\'';
    }

    /** A text in dollar quotes that nothing in it ends. */
    public static String dollarQuoted(String tag, String text) {
        String delimiter = "$" + tag + "$";
        for (int i = 1; text.contains(delimiter); i++) {
            delimiter = "$" + tag + i + "$";
        }
        return delimiter + text + delimiter;
    }

    /** The name that an identifier of a script stands for. PostgreSQL makes A to Z small and leaves other letters alone. */
    public static String nameOf(String word) {
        if (word.startsWith("\"")) {
            return word.substring(1, word.length() - 1).replace("\"\"", "\"");
        }
        StringBuilder name = new StringBuilder();
        word.chars().forEach(c -> name.append((char) (c >= 'A' && c <= 'Z' ? c + 32 : c)));
        return name.toString();
    }
}
