package io.mhras.migrations.postgresql;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * An index that a script builds concurrently. A build that fails or is cut off leaves an invalid index of that name, which
 * {@code IF NOT EXISTS} then takes for the real one.
 *
 * @param name its name as the catalog has it
 * @param table its table as the script has it
 */
record ConcurrentIndex(String name, String table) {

    private static final Set<String> BEFORE_NAME =
            Set.of("CREATE", "UNIQUE", "INDEX", "CONCURRENTLY", "IF", "NOT", "EXISTS");

    /** Whether the statement builds an index concurrently, with a name or without. */
    static boolean isBuiltBy(SqlStatement statement) {
        List<String> words = statement.leading(4);
        return words.get(0).equals("CREATE") && words.contains("INDEX") && words.contains("CONCURRENTLY");
    }

    /** The index of a statement that names one; null for other statements. */
    static @Nullable ConcurrentIndex of(SqlStatement statement) {
        if (!isBuiltBy(statement)) {
            return null;
        }
        SqlLexer tokens = statement.tokens();
        tokens.nextSignificant();
        while (tokens.kind() == SqlLexer.Kind.WORD
                && BEFORE_NAME.contains(tokens.text().toUpperCase(Locale.ROOT))) {
            tokens.nextSignificant();
        }
        if (tokens.isWord("on")) {
            return null;
        }
        String name = SqlQuote.nameOf(tokens.text());
        tokens.nextSignificant();
        tokens.nextSignificant();
        if (tokens.isWord("only")) {
            tokens.nextSignificant();
        }
        StringBuilder table = new StringBuilder(tokens.text());
        tokens.nextSignificant();
        while (tokens.isPunctuation('.')) {
            tokens.nextSignificant();
            table.append('.').append(tokens.text());
            tokens.nextSignificant();
        }
        return new ConcurrentIndex(name, table.toString());
    }

    /** Whether it is there, and valid. */
    boolean isValid(JdbcTemplate jdbc) {
        return !find(jdbc, "indisvalid").isEmpty();
    }

    /** What drops an invalid namesake; empty if there is none. */
    List<String> dropInvalid(JdbcTemplate jdbc) {
        return find(jdbc, "NOT indisvalid").stream()
                .map(index -> "DROP INDEX CONCURRENTLY " + index)
                .toList();
    }

    private List<String> find(JdbcTemplate jdbc, String condition) {
        return jdbc.queryForList("""
                SELECT format('%I.%I', nspname, relname)
                FROM pg_index JOIN pg_class c ON c.oid = indexrelid JOIN pg_namespace n ON n.oid = relnamespace
                WHERE indrelid = to_regclass(?) AND relname = ?::name AND\s""" + condition, String.class, table, name);
    }
}
