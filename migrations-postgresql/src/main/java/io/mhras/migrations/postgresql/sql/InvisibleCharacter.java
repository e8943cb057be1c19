package io.mhras.migrations.postgresql.sql;

import io.mhras.migrations.text.VisibleText;
import org.jspecify.annotations.Nullable;

/**
 * A character in the code of a statement that no editor shows: PostgreSQL takes it for a letter, or refuses it. In strings,
 * quoted names and comments it may be meant.
 *
 * @param place where it stands
 */
public record InvisibleCharacter(int codePoint, SqlPosition place) {

    /** The first one; null if there is none. */
    public static @Nullable InvisibleCharacter in(SqlStatement statement) {
        String text = statement.text();
        int index = indexIn(text, statement.tokens());
        return index < 0
                ? null
                : new InvisibleCharacter(text.codePointAt(index), statement.locate(text.codePointCount(0, index) + 1));
    }

    private static int indexIn(String text, SqlLexer tokens) {
        while (tokens.next() != SqlLexer.Kind.END) {
            int index = switch (tokens.kind()) {
                case STRING, QUOTED_IDENTIFIER, LINE_COMMENT, BLOCK_COMMENT -> -1;
                case DOLLAR_STRING -> indexInBody(text, tokens);
                default -> first(text, tokens.start(), tokens.end());
            };
            if (index >= 0) {
                return index;
            }
        }
        return -1;
    }

    /** A body is code as a rule. */
    private static int indexInBody(String text, SqlLexer body) {
        int begin = text.indexOf('$', body.start() + 1) + 1;
        int end = Math.max(begin, body.end() - (begin - body.start()));
        String code = text.substring(begin, end);
        int index = indexIn(code, new SqlLexer(code, body.strings()));
        return index < 0 ? index : begin + index;
    }

    private static int first(String text, int begin, int end) {
        for (int i = begin; i < end; i += Character.charCount(text.codePointAt(i))) {
            if (VisibleText.isInvisible(text.codePointAt(i))) {
                return i;
            }
        }
        return -1;
    }
}
