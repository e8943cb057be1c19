package io.mhras.migrations.schema.jpa;

import io.mhras.migrations.postgresql.sql.SqlLexer;
import io.mhras.migrations.postgresql.sql.SqlLexer.Kind;
import io.mhras.migrations.postgresql.sql.SqlLexer.Strings;
import java.util.ArrayList;
import java.util.List;

/**
 * The words of a text of the server's.
 *
 * @param words each as it stands there
 */
record SqlWords(List<String> words) {

    static SqlWords of(String sql) {
        List<String> words = new ArrayList<>();
        SqlLexer tokens = new SqlLexer(sql, Strings.STANDARD);
        while (tokens.nextSignificant() != Kind.END) {
            words.add(tokens.text());
        }
        return new SqlWords(List.copyOf(words));
    }

    /** Without casts and parentheses, which depend on the types of columns: what is left says the same of any. */
    SqlWords bare() {
        List<String> bare = new ArrayList<>();
        int at = 0;
        while (at < words.size()) {
            String word = words.get(at);
            if (word.equals("::")) {
                at = afterType(at + 1);
            } else {
                if (!word.equals("(") && !word.equals(")")) {
                    bare.add(word);
                }
                at++;
            }
        }
        return new SqlWords(List.copyOf(bare));
    }

    private int afterType(int from) {
        int at = from + 1;
        while (is(at, ".")) {
            at += 2;
        }
        if (is(at, "varying") || is(at, "precision")) {
            at++;
        }
        if (is(at, "(")) {
            while (at < words.size() && !is(at, ")")) {
                at++;
            }
            at++;
        }
        while (is(at, "[") && is(at + 1, "]")) {
            at += 2;
        }
        return at;
    }

    boolean is(int index, String word) {
        return index >= 0 && index < words.size() && words.get(index).equalsIgnoreCase(word);
    }

    /** A name without its quotes. */
    static String name(String word) {
        return word.startsWith("\"") ? word.substring(1, word.length() - 1).replace("\"\"", "\"") : word;
    }

    /** A text without its quotes. */
    static String text(String literal) {
        return literal.startsWith("'")
                ? literal.substring(1, literal.length() - 1).replace("''", "'")
                : literal;
    }
}
