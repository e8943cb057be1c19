package io.mhras.migrations.postgresql.sql;

import java.util.Arrays;

/**
 * The characters that a lexer looks at, and the rules for where a word, a string or a comment that has begun ends.
 *
 * <p>An end that is not there is {@link #NONE}. An end at the limit, or one that took a look beyond it, might be another
 * one if there were more characters: {@link #ranOut()}.
 */
final class SqlCharacters {

    /** What an end of a string is told from. */
    enum Quoting {
        /** {@code ''} is a quote. */
        STANDARD,
        /** As is {@code \'}. */
        BACKSLASH,
        /** Bit strings, in which nothing is special. */
        BITS
    }

    static final int NONE = -1;

    private static final boolean[] WORD = new boolean[128];

    static {
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789"
                .chars()
                .forEach(c -> WORD[c] = true);
    }

    private char[] chars;
    private int limit;
    private boolean ranOut;
    private int openAt;

    SqlCharacters(char[] chars, int limit) {
        this.chars = chars;
        this.limit = limit;
    }

    void replace(char[] newChars, int newLimit) {
        chars = newChars;
        limit = newLimit;
    }

    int limit() {
        return limit;
    }

    boolean ranOut() {
        return ranOut;
    }

    /** From where on a string whose end was not found is to be read once more, when there are more characters. */
    int openAt() {
        return openAt;
    }

    void startLooking() {
        ranOut = false;
    }

    char at(int index) {
        return chars[index];
    }

    /** The character, or NONE beyond the limit. */
    int peek(int index) {
        if (index < limit) {
            return chars[index];
        }
        ranOut = true;
        return NONE;
    }

    String substring(int from, int to) {
        return new String(chars, from, to - from);
    }

    int spaceEnd(int from) {
        int i = from;
        while (isSpace(peek(i))) {
            i++;
        }
        return i;
    }

    int wordEnd(int from) {
        int i = from;
        while (i < limit && (isWordPart(chars[i]) || chars[i] == '$')) {
            i++;
        }
        ranOut |= i == limit;
        return i;
    }

    /** The end of a psql variable's name or of a dollar quote's tag. */
    int nameEnd(int from) {
        int i = from;
        while (isWordPart(peek(i))) {
            i++;
        }
        return i;
    }

    int digitsEnd(int from) {
        int i = from;
        while (isDigit(peek(i)) || (peek(i) == '_' && i > from && isDigit(peek(i + 1)))) {
            i++;
        }
        return i;
    }

    int lineEnd(int from) {
        int i = from;
        while (i < limit && chars[i] != '\n' && chars[i] != '\r') {
            i++;
        }
        ranOut |= i == limit;
        return i;
    }

    int stringEnd(int from, Quoting quoting) {
        int i = from;
        while (i < limit) {
            char c = chars[i];
            if (c == '\\' && quoting == Quoting.BACKSLASH) {
                i += 2;
            } else if (c != '\'') {
                i++;
            } else if (quoting != Quoting.BITS && peek(i + 1) == '\'') {
                i += 2;
            } else {
                int continued = continuation(i + 1);
                if (continued == NONE) {
                    openAt = i;
                    return i + 1;
                }
                i = continued;
            }
        }
        // Beyond the limit is what a backslash at its end escapes.
        openAt = i > limit ? limit - 1 : limit;
        return none();
    }

    /**
     * Where a string goes on whose closing quote is followed by white space with a line end, and another quote. Its kind
     * goes on, too: after {@code E'a'} and a line end a backslash in {@code 'b\''} escapes. The server reads it so; psql,
     * which scans line by line, does not see it.
     */
    private int continuation(int from) {
        boolean newLine = false;
        int i = from;
        while (true) {
            int c = peek(i);
            if (c == '\'' && newLine) {
                return i + 1;
            }
            if (c == '-' && peek(i + 1) == '-') {
                i = lineEnd(i + 2);
            } else if (isSpace(c)) {
                newLine |= c == '\n' || c == '\r';
                i++;
            } else {
                return NONE;
            }
        }
    }

    int quotedIdentifierEnd(int from) {
        int i = from;
        while (i < limit) {
            if (chars[i] != '"') {
                i++;
            } else if (peek(i + 1) == '"') {
                i += 2;
            } else {
                return i + 1;
            }
        }
        return none();
    }

    /** Where the delimiter occurs again. */
    int dollarStringEnd(char[] delimiter, int from) {
        int length = delimiter.length;
        for (int i = from; i <= limit - length; i++) {
            if (chars[i] == '$' && Arrays.equals(chars, i, i + length, delimiter, 0, length)) {
                return i + length;
            }
        }
        openAt = Math.max(from, limit - length + 1);
        return none();
    }

    char[] copy(int from, int to) {
        return Arrays.copyOfRange(chars, from, to);
    }

    int blockCommentEnd(int from) {
        int depth = 1;
        int i = from;
        while (i < limit - 1) {
            if (chars[i] == '*' && chars[i + 1] == '/') {
                i += 2;
                if (--depth == 0) {
                    return i;
                }
            } else if (chars[i] == '/' && chars[i + 1] == '*') {
                i += 2;
                depth++;
            } else {
                i++;
            }
        }
        return none();
    }

    private int none() {
        ranOut = true;
        return NONE;
    }

    static boolean isSpace(int c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /** Letters, digits, underscores and everything that is not ASCII; the dollar sign has rules of its own. */
    static boolean isWordPart(int c) {
        return c >= 128 || (c >= 0 && WORD[c]);
    }
}
