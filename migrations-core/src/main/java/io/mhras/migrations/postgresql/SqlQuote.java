package io.mhras.migrations.postgresql;

import org.jspecify.annotations.Nullable;

/** Quotes names and values for SQL that is put together as text. */
final class SqlQuote {

    private SqlQuote() {}

    /** A name, exactly as given. */
    static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /**
     * A value, whatever {@code standard_conforming_strings} a script left behind: hence the E.
     *
     * <p>Quotes and dollars are written as their codes: when the body of a function is wrong, the server looks for that body
     * in the whole message to point into it, and gives up if it stands there twice, as in a history row beside its script.
     */
    static String literal(@Nullable String value) {
        return value == null
                ? "NULL"
                : "E'" + value.replace("\\", "\\\\").replace("'", "\\x27").replace("$", "\\x24") + '\'';
    }
}
