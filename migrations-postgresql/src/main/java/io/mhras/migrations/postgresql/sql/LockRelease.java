package io.mhras.migrations.postgresql.sql;

import java.util.List;
import java.util.regex.Pattern;

/** A call of the function that releases all advisory locks of a session, the migration lock among them. */
final class LockRelease {

    private static final Pattern NAME = Pattern.compile("pg_advisory_unlock_all", Pattern.CASE_INSENSITIVE);

    private LockRelease() {}

    /** In the body of a routine, or in a string, the name is not called; a DO block is run. */
    static boolean isIn(SqlStatement statement) {
        List<String> words = statement.leading(4);
        if (words.get(0).equals("CREATE") && (words.contains("FUNCTION") || words.contains("PROCEDURE"))) {
            return false;
        }
        SqlLexer tokens = statement.tokens();
        while (tokens.nextSignificant() != SqlLexer.Kind.END) {
            boolean isRun = tokens.kind() == SqlLexer.Kind.WORD || words.get(0).equals("DO");
            if (isRun && NAME.matcher(tokens.text()).find()) {
                return true;
            }
        }
        return false;
    }
}
