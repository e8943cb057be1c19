package io.mhras.migrations.schema.diff;

import io.mhras.migrations.postgresql.sql.SqlLexer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A text of the server's, cut into the tokens that mean something. */
final class SqlTokens {

    private SqlTokens() {}

    static List<String> of(String text) {
        SqlLexer lexer = new SqlLexer(text, SqlLexer.Strings.STANDARD);
        List<String> tokens = new ArrayList<>();
        while (lexer.nextSignificant() != SqlLexer.Kind.END) {
            tokens.add(lexer.text());
        }
        return tokens;
    }

    /**
     * Whether the one becomes the other where some of the tokens get other names.
     *
     * @param renamed what a token may become, beside staying what it is
     */
    static boolean become(String before, String after, Map<String, Set<String>> renamed) {
        List<String> one = of(before);
        List<String> other = of(after);
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            String token = one.get(i);
            if (!token.equals(other.get(i))
                    && !renamed.getOrDefault(token, Set.of()).contains(other.get(i))) {
                return false;
            }
        }
        return true;
    }
}
