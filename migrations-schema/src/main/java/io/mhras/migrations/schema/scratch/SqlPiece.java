package io.mhras.migrations.schema.scratch;

import io.mhras.migrations.postgresql.sql.SqlLexer;
import io.mhras.migrations.postgresql.sql.SqlQuote;
import io.mhras.migrations.postgresql.sql.SqlStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The tokens of a statement, or of a body or literal in one, which is read as if it were sent by itself.
 *
 * @param text of the piece
 * @param base where it begins in its statement's text
 * @param isExact whether each of its characters is one of the statement's; it is not where a quote is doubled
 * @param tokens without white space and comments
 */
record SqlPiece(String text, int base, boolean isExact, List<Token> tokens) {

    /** One token, with its place in the piece. */
    record Token(SqlLexer.Kind kind, String text, int start) {

        boolean isIdentifier() {
            return kind == SqlLexer.Kind.WORD || kind == SqlLexer.Kind.QUOTED_IDENTIFIER;
        }

        /** What it names, if it is an identifier. */
        String name() {
            return SqlQuote.nameOf(text);
        }
    }

    static final Token NONE = new Token(SqlLexer.Kind.END, "", 0);

    static SqlPiece of(SqlStatement statement) {
        return new SqlPiece(statement.text(), 0, true, tokens(statement.tokens()));
    }

    /** What stands between the quotes of a string in this piece. */
    SqlPiece inside(Token string) {
        String quoted = string.text();
        int from;
        String content;
        boolean exact = isExact;
        if (string.kind() == SqlLexer.Kind.DOLLAR_STRING) {
            from = quoted.indexOf('$', 1) + 1;
            content = quoted.substring(from, Math.max(from, quoted.length() - from));
        } else {
            from = quoted.indexOf('\'') + 1;
            String raw = quoted.substring(from, Math.max(from, quoted.length() - 1));
            content = raw.replace("''", "'");
            exact &= from == 1 && content.equals(raw) && raw.indexOf('\\') < 0;
        }
        SqlStatement inner = SqlStatement.ofText(content);
        return new SqlPiece(content, base + string.start() + from, exact, tokens(inner.tokens()));
    }

    private static List<Token> tokens(SqlLexer lexer) {
        List<Token> tokens = new ArrayList<>();
        while (lexer.nextSignificant() != SqlLexer.Kind.END) {
            tokens.add(new Token(lexer.kind(), lexer.text(), lexer.start()));
        }
        return tokens;
    }

    /** The token at this place; one of no kind beyond the end. */
    Token at(int index) {
        return index >= 0 && index < tokens.size() ? tokens.get(index) : NONE;
    }

    /** The word at this place in upper case; empty if there is none. */
    String word(int index) {
        Token token = at(index);
        return token.kind() == SqlLexer.Kind.WORD ? token.text().toUpperCase(Locale.ROOT) : "";
    }

    /** Whether these words, in upper case, stand from this place on. */
    boolean has(int index, String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!word(index + i).equals(words[i])) {
                return false;
            }
        }
        return true;
    }

    boolean isPunctuation(int index, String character) {
        return at(index).kind() == SqlLexer.Kind.PUNCTUATION && at(index).text().equals(character);
    }

    /** The first place from here on with one of these words, outside of parentheses and in the same statement; -1 if none. */
    int find(int from, List<String> words) {
        int depth = 0;
        for (int i = from; i < tokens.size(); i++) {
            if (isPunctuation(i, "(")) {
                depth++;
            } else if (isPunctuation(i, ")")) {
                depth--;
            } else if (isPunctuation(i, ";")) {
                return -1;
            } else if (depth == 0 && words.contains(word(i))) {
                return i;
            }
        }
        return -1;
    }

    /** The places of the names in a list with commas that begins here. */
    List<Integer> names(int from) {
        List<Integer> names = new ArrayList<>();
        int i = from;
        while (at(i).isIdentifier()) {
            names.add(i);
            if (!isPunctuation(i + 1, ",")) {
                break;
            }
            i += 2;
        }
        return names;
    }
}
