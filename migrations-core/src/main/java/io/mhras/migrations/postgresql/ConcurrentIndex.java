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

    /** The index of a statement that names one; null for other statements. */
    static @Nullable ConcurrentIndex of(SqlStatement statement) {
        List<String> words = statement.leading(16);
        int at = 0;
        while (at < words.size() && BEFORE_NAME.contains(words.get(at))) {
            at++;
        }
        boolean named = words.subList(0, at).containsAll(List.of("CREATE", "INDEX", "CONCURRENTLY"))
                && at + 2 < words.size()
                && words.get(at + 1).equals("ON");
        if (!named) {
            return null;
        }
        int table = words.get(at + 2).equals("ONLY") ? at + 3 : at + 2;
        StringBuilder tableName = new StringBuilder(words.get(table));
        for (int i = table + 1; i + 1 < words.size() && words.get(i).equals("."); i += 2) {
            tableName.append('.').append(words.get(i + 1));
        }
        return new ConcurrentIndex(unquoted(words.get(at)), tableName.toString());
    }

    private static String unquoted(String word) {
        return word.startsWith("\"")
                ? word.substring(1, word.length() - 1).replace("\"\"", "\"")
                : word.toLowerCase(Locale.ROOT);
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
                WHERE indrelid = to_regclass(?) AND relname = ? AND\s""" + condition, String.class, table, name);
    }
}
