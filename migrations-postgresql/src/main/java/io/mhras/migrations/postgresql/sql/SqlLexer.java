package io.mhras.migrations.postgresql.sql;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Cuts SQL into tokens, one after the other and without gaps, by the rules of PostgreSQL's own scanners: {@code scan.l} of
 * the server and {@code psqlscan.l} of psql, which adds backslash commands and variables.
 */
public final class SqlLexer {

    /** What a token is. */
    public enum Kind {
        WORD,
        QUOTED_IDENTIFIER,
        STRING,
        DOLLAR_STRING,
        NUMBER,
        PARAMETER,
        /** {@code :name}, {@code :'name'}, {@code :"name"} or {@code :{?name}}, which psql replaces when it is set. */
        VARIABLE,
        OPERATOR,
        /** One of {@code , ( ) [ ] . ; :}. */
        PUNCTUATION,
        BACKSLASH,
        OTHER,
        WHITESPACE,
        LINE_COMMENT,
        BLOCK_COMMENT,
        END;

        boolean isBlank() {
            return this == WHITESPACE || this == LINE_COMMENT || this == BLOCK_COMMENT;
        }

        String inWords() {
            return this == DOLLAR_STRING
                    ? "dollar-quoted string"
                    : name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** What a backslash in an ordinary string means, which is the setting {@code standard_conforming_strings}. */
    public enum Strings {
        STANDARD,
        BACKSLASH_ESCAPES;

        private static final String SETTING = "STANDARD_CONFORMING_STRINGS";
        // PostgreSQL takes every unambiguous beginning of a word for a boolean
        private static final Set<String> OFF = Set.of("OF", "OFF", "F", "FA", "FAL", "FALS", "FALSE", "N", "NO", "0");

        /** The meaning with this value of the setting. */
        public static Strings of(String value) {
            return OFF.contains(value.toUpperCase(Locale.ROOT)) ? BACKSLASH_ESCAPES : STANDARD;
        }

        /**
         * The meaning after a statement, which may change it.
         *
         * @param words its first five, see {@link SqlStatement#leading}
         * @param usual the session's own, which RESET brings back
         */
        Strings after(List<String> words, Strings usual) {
            return switch (words.get(0)) {
                case "SET" -> set(words.subList(1, words.size()), usual);
                case "RESET" -> words.contains(SETTING) || words.contains("ALL") ? usual : this;
                case "DISCARD" -> words.contains("ALL") ? usual : this;
                default -> this;
            };
        }

        private Strings set(List<String> words, Strings usual) {
            int name = words.indexOf(SETTING);
            if (name < 0 || name > 1 || words.size() < name + 3) {
                return this;
            }
            String value = words.get(name + 2);
            return value.equals("DEFAULT") ? usual : of(value.replace("'", ""));
        }
    }

    private static final boolean[] OPERATOR = characters("~!@#^&|`?+-*/%<>=");
    /** With one of these in it an operator may end in + or -, as it can't be a sequence of standard ones. */
    private static final boolean[] UNUSUAL_OPERATOR = characters("~!@#^&|`?%");

    private final SqlCharacters text;
    private Strings strings;
    private Kind kind = Kind.END;
    private int start;
    private int end;
    private boolean closed = true;
    private SqlCharacters.Quoting quoting = SqlCharacters.Quoting.STANDARD;
    private char[] delimiter = new char[0];

    /** Before the first token of a text. */
    public SqlLexer(String text, Strings strings) {
        this(text.toCharArray(), text.length(), strings);
    }

    SqlLexer(char[] chars, int limit, Strings strings) {
        this.text = new SqlCharacters(chars, limit);
        this.strings = strings;
    }

    /** The next token's kind, {@link Kind#END} after the last. */
    Kind next() {
        start = end;
        closed = true;
        text.startLooking();
        int first = text.peek(start);
        kind = first == SqlCharacters.NONE ? Kind.END : scan(first);
        return kind;
    }

    /** The next token that is neither white space nor a comment. */
    public Kind nextSignificant() {
        Kind next = next();
        while (next.isBlank()) {
            next = next();
        }
        return next;
    }

    public Kind kind() {
        return kind;
    }

    public int start() {
        return start;
    }

    int end() {
        return end;
    }

    public String text() {
        return text.substring(start, end);
    }

    /** The token's first character. */
    char first() {
        return text.at(start);
    }

    /** Whether the token's closing quote or end of comment was found. */
    boolean closed() {
        return closed;
    }

    /** Whether the token might be another one if there were more text. */
    boolean ranOut() {
        return text.ranOut();
    }

    public boolean isPunctuation(char c) {
        return kind == Kind.PUNCTUATION && first() == c;
    }

    /** Whether the token is this word, given in lower case. */
    public boolean isWord(String lowerCase) {
        int length = lowerCase.length();
        if (kind != Kind.WORD || end - start != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if ((text.at(start + i) | 0x20) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The name that begins here, with its schema if that is given; continues after it. */
    public String qualifiedName() {
        StringBuilder name = new StringBuilder(text());
        nextSignificant();
        while (isPunctuation('.')) {
            nextSignificant();
            name.append('.').append(text());
            nextSignificant();
        }
        return name.toString();
    }

    /** Reads the token once more, since more text has come in. */
    Kind again() {
        end = start;
        return next();
    }

    /** Whether the token is a string that can be read on from {@link #openAt()}, without what is before. */
    boolean isOpenString() {
        return ranOut() && (kind == Kind.STRING || (kind == Kind.DOLLAR_STRING && !closed));
    }

    /** From where on the open string is to be read once more. */
    int openAt() {
        return text.openAt();
    }

    /** Reads on in the open string; what is before this place is no longer there. */
    Kind readOn(int from) {
        start = from;
        closed = true;
        text.startLooking();
        return kind == Kind.STRING
                ? closing(text.stringEnd(from, quoting), Kind.STRING)
                : closing(text.dollarStringEnd(delimiter, from), Kind.DOLLAR_STRING);
    }

    /** Keeps its place in a text that has moved down. */
    void slide(char[] chars, int limit, int by) {
        text.replace(chars, limit);
        start -= by;
        end -= by;
    }

    /** Goes on at another place of a text that has changed. */
    void moveTo(char[] chars, int limit, int position) {
        text.replace(chars, limit);
        start = position;
        end = position;
    }

    Strings strings() {
        return strings;
    }

    void readStrings(Strings newStrings) {
        strings = newStrings;
    }

    private Kind scan(int first) {
        if (first >= 128) {
            return word();
        }
        int second = text.peek(start + 1);
        return switch (first) {
            case ' ', '\t', '\n', '\r', '\f', '\u000B' -> token(text.spaceEnd(start + 1), Kind.WHITESPACE);
            case '\'' -> string(start + 1, ordinary());
            case '"' -> quotedIdentifier(start + 1);
            case '$' -> SqlCharacters.isDigit(second) ? parameter() : dollar();
            case ':' -> second == ':' || second == '=' ? token(start + 2, Kind.OPERATOR) : colon(second);
            case '.' -> SqlCharacters.isDigit(second) ? number() : dot(second);
            case ',', '(', ')', '[', ']', ';' -> token(start + 1, Kind.PUNCTUATION);
            case '\\' -> token(start + 1, Kind.BACKSLASH);
            case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            case 'e', 'E' -> second == '\'' ? string(start + 2, SqlCharacters.Quoting.BACKSLASH) : word();
            case 'b', 'B', 'x', 'X' -> second == '\'' ? string(start + 2, SqlCharacters.Quoting.BITS) : word();
            case 'n', 'N' -> second == '\'' ? string(start + 2, ordinary()) : word();
            case 'u', 'U' -> second == '&' ? unicode() : word();
            case '-' -> second == '-' ? token(text.lineEnd(start + 2), Kind.LINE_COMMENT) : operator();
            case '/' -> second == '*' ? closing(text.blockCommentEnd(start + 2), Kind.BLOCK_COMMENT) : operator();
            default ->
                OPERATOR[first] ? operator() : SqlCharacters.isWordPart(first) ? word() : token(start + 1, Kind.OTHER);
        };
    }

    private Kind token(int tokenEnd, Kind tokenKind) {
        end = tokenEnd;
        return tokenKind;
    }

    private Kind closing(int tokenEnd, Kind tokenKind) {
        closed = tokenEnd != SqlCharacters.NONE;
        return token(closed ? tokenEnd : text.limit(), tokenKind);
    }

    private Kind word() {
        return token(text.wordEnd(start + 1), Kind.WORD);
    }

    private SqlCharacters.Quoting ordinary() {
        return strings == Strings.STANDARD ? SqlCharacters.Quoting.STANDARD : SqlCharacters.Quoting.BACKSLASH;
    }

    private Kind string(int from, SqlCharacters.Quoting quoting) {
        this.quoting = quoting;
        return closing(text.stringEnd(from, quoting), Kind.STRING);
    }

    private Kind quotedIdentifier(int from) {
        return closing(text.quotedIdentifierEnd(from), Kind.QUOTED_IDENTIFIER);
    }

    private Kind unicode() {
        return switch (text.peek(start + 2)) {
            case '\'' -> string(start + 3, SqlCharacters.Quoting.STANDARD);
            case '"' -> quotedIdentifier(start + 3);
            default -> word();
        };
    }

    private Kind parameter() {
        return token(junkEnd(text.digitsEnd(start + 1)), Kind.PARAMETER);
    }

    private Kind dollar() {
        int tagEnd = text.nameEnd(start + 1);
        if (text.peek(tagEnd) != '$') {
            return token(start + 1, Kind.OTHER);
        }
        delimiter = text.copy(start, tagEnd + 1);
        return closing(text.dollarStringEnd(delimiter, tagEnd + 1), Kind.DOLLAR_STRING);
    }

    private Kind colon(int second) {
        int name = start + 1;
        int delimiter = SqlCharacters.NONE;
        if (second == '\'' || second == '"') {
            name = start + 2;
            delimiter = second;
        } else if (second == '{' && text.peek(start + 2) == '?') {
            name = start + 3;
            delimiter = '}';
        }
        int nameEnd = text.nameEnd(name);
        boolean delimited = delimiter == SqlCharacters.NONE || text.peek(nameEnd) == delimiter;
        // a[1:2] is a slice
        if (nameEnd == name || SqlCharacters.isDigit(text.at(name)) || !delimited) {
            return token(start + 1, Kind.PUNCTUATION);
        }
        return token(delimiter == SqlCharacters.NONE ? nameEnd : nameEnd + 1, Kind.VARIABLE);
    }

    private Kind dot(int second) {
        return second == '.' ? token(start + 2, Kind.OPERATOR) : token(start + 1, Kind.PUNCTUATION);
    }

    private Kind number() {
        int i = text.digitsEnd(start);
        if (text.peek(i) == '.' && text.peek(i + 1) != '.') {
            i = text.digitsEnd(i + 1);
        }
        if ((text.peek(i) | 0x20) == 'e') {
            int sign = text.peek(i + 1);
            if (sign == '+' || sign == '-') {
                int exponent = i + 2;
                i = text.digitsEnd(exponent);
                if (i == exponent) {
                    return token(i, Kind.NUMBER);
                }
            }
        }
        return token(junkEnd(i), Kind.NUMBER);
    }

    /** The scanners take letters that are stuck to a number for a part of it, and the server refuses the whole. */
    private int junkEnd(int from) {
        return SqlCharacters.isWordPart(text.peek(from)) ? text.wordEnd(from) : from;
    }

    private Kind operator() {
        int i = start;
        while (isOperator(text.peek(i)) && !isCommentStart(i)) {
            i++;
        }
        if (!isUnusualOperator(i)) {
            while (i > start + 1 && (text.at(i - 1) == '+' || text.at(i - 1) == '-')) {
                i--;
            }
        }
        return token(i, Kind.OPERATOR);
    }

    private static boolean isOperator(int c) {
        return c >= 0 && c < 128 && OPERATOR[c];
    }

    private boolean isCommentStart(int at) {
        char c = text.at(at);
        return (c == '-' && text.peek(at + 1) == '-') || (c == '/' && text.peek(at + 1) == '*');
    }

    private boolean isUnusualOperator(int operatorEnd) {
        for (int i = start; i < operatorEnd - 1; i++) {
            if (UNUSUAL_OPERATOR[text.at(i)]) {
                return true;
            }
        }
        return false;
    }

    private static boolean[] characters(String characters) {
        boolean[] table = new boolean[128];
        characters.chars().forEach(c -> table[c] = true);
        return table;
    }
}
