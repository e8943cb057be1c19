package io.mhras.migrations.postgresql;

import org.jspecify.annotations.Nullable;

/** Quotes names and values for SQL that is put together as text. */
final class SqlQuote {

    private SqlQuote() {}

    /** A name, exactly as given. */
    static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A value, whatever {@code standard_conforming_strings} a script left behind: hence the E. */
    static String literal(@Nullable String value) {
        return value == null ? "NULL" : "E'" + value.replace("\\", "\\\\").replace("'", "''") + '\'';
    }
}
