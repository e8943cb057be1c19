package io.mhras.migrations.schema.ddl;

import org.jspecify.annotations.Nullable;

/** A text as SQL has it. */
public final class SqlLiteral {

    private SqlLiteral() {}

    public static String of(@Nullable String text) {
        return "'" + String.valueOf(text).replace("'", "''") + "'";
    }
}
