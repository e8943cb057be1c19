package io.mhras.migrations.postgresql.sql;

import org.jspecify.annotations.Nullable;

/** SQL as it may be shown: without the values in it, which can be user data or a password. */
public final class SqlMask {

    private SqlMask() {}

    /** The text with a question mark for each string and number. Of a text that was cut off, too. */
    public static @Nullable String of(@Nullable String sql) {
        if (sql == null) {
            return null;
        }
        StringBuilder shown = new StringBuilder();
        SqlLexer tokens = new SqlLexer(sql, SqlLexer.Strings.STANDARD);
        while (tokens.next() != SqlLexer.Kind.END) {
            switch (tokens.kind()) {
                case STRING, DOLLAR_STRING, NUMBER -> shown.append('?');
                case LINE_COMMENT, BLOCK_COMMENT -> shown.append(' ');
                default -> shown.append(tokens.text());
            }
        }
        return shown.toString();
    }
}
