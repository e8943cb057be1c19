package io.mhras.migrations.postgresql;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Finds what a clean drops: all that stands in the history's schema and in those that the migrations created, but for what
 * belongs to an extension.
 */
final class DatabaseCleaner {

    // In this order: with CASCADE the first ones take most of the others along.
    private static final String OBJECTS = """
            WITH namespaces AS (SELECT oid FROM pg_namespace WHERE nspname = ANY (?)),
                 members    AS (SELECT classid, objid FROM pg_depend WHERE deptype = 'e'),
                 objects (rank, kind, classid, oid, name) AS (
                     SELECT 1,
                            CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE'
                                         WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END,
                            'pg_class'::regclass, c.oid, format('%I.%I', relnamespace::regnamespace::name, relname)
                     FROM pg_class c
                     WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND relnamespace IN (SELECT oid FROM namespaces)
                        OR relkind = 'S' AND relnamespace IN (SELECT oid FROM namespaces)
                           AND NOT EXISTS (SELECT FROM pg_depend
                                           WHERE classid = 'pg_class'::regclass AND objid = c.oid
                                             AND deptype IN ('a', 'i') AND refobjsubid > 0)
                     UNION ALL
                     SELECT 2, 'ROUTINE', 'pg_proc'::regclass, p.oid,
                            format('%I.%I(%s)', pronamespace::regnamespace::name, proname,
                                   pg_get_function_identity_arguments(p.oid))
                     FROM pg_proc p
                     WHERE pronamespace IN (SELECT oid FROM namespaces)
                     UNION ALL
                     SELECT 3, 'TYPE', 'pg_type'::regclass, t.oid, format('%I.%I', typnamespace::regnamespace::name, typname)
                     FROM pg_type t
                     WHERE typnamespace IN (SELECT oid FROM namespaces)
                       AND (typtype IN ('e', 'd', 'r') OR typtype = 'b' AND typcategory <> 'A'
                            OR typtype = 'c' AND (SELECT relkind FROM pg_class c WHERE c.oid = typrelid) = 'c')
                     UNION ALL
                     SELECT 4, 'COLLATION', 'pg_collation'::regclass, c.oid,
                            format('%I.%I', collnamespace::regnamespace::name, collname)
                     FROM pg_collation c
                     WHERE collnamespace IN (SELECT oid FROM namespaces)
                     UNION ALL
                     SELECT 4, 'TEXT SEARCH CONFIGURATION', 'pg_ts_config'::regclass, c.oid,
                            format('%I.%I', cfgnamespace::regnamespace::name, cfgname)
                     FROM pg_ts_config c
                     WHERE cfgnamespace IN (SELECT oid FROM namespaces)
                     UNION ALL
                     SELECT 5, 'TEXT SEARCH DICTIONARY', 'pg_ts_dict'::regclass, d.oid,
                            format('%I.%I', dictnamespace::regnamespace::name, dictname)
                     FROM pg_ts_dict d
                     WHERE dictnamespace IN (SELECT oid FROM namespaces))
            SELECT kind, name
            FROM objects
            WHERE (classid, oid) NOT IN (SELECT classid, objid FROM members)
            ORDER BY rank, kind, name""";

    private final JdbcTemplate jdbc;
    private final String historySchema;

    DatabaseCleaner(JdbcTemplate jdbc, String historySchema) {
        this.jdbc = jdbc;
        this.historySchema = historySchema;
    }

    /** A kind and a name, such as {@code TABLE} and {@code public.patients}. */
    record Found(String kind, String name) {

        String drop() {
            return "DROP " + kind + " IF EXISTS " + name + (kind.equals("SCHEMA") ? "" : " CASCADE");
        }

        @Override
        public String toString() {
            return kind.toLowerCase(Locale.ROOT) + " " + name;
        }
    }

    /**
     * What there is to drop, in the order in which to drop it.
     *
     * @param upScripts what the applied migrations ran: it says which schemas they created
     */
    List<Found> find(List<String> upScripts) {
        Set<String> created = new LinkedHashSet<>();
        upScripts.forEach(script -> created.addAll(createdSchemas(script)));
        created.remove(historySchema);
        List<String> schemas = new ArrayList<>(created);
        schemas.add(historySchema);
        List<Found> found = new ArrayList<>(
                jdbc.query(OBJECTS, (row, number) -> new Found(row.getString("kind"), row.getString("name")), (Object)
                        schemas.toArray(String[]::new)));
        created.forEach(schema -> found.add(new Found("SCHEMA", SqlQuote.identifier(schema))));
        return found;
    }

    private static List<String> createdSchemas(String script) {
        List<String> names = new ArrayList<>();
        try {
            SqlScript statements = new SqlScript(new StringReader(script));
            for (SqlStatement next = statements.next(); next != null; next = statements.next()) {
                String name = next.startsWith("create", "schema") ? schemaName(next) : null;
                if (name != null) {
                    names.add(name);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }

    /** {@code CREATE SCHEMA [IF NOT EXISTS] name}; one named after its owner only is left alone. */
    private static @Nullable String schemaName(SqlStatement statement) {
        List<String> words = statement.leading(6);
        int at = words.size() > 5 && words.get(2).equals("IF") ? 5 : 2;
        if (words.size() <= at || words.get(at).equals("AUTHORIZATION")) {
            return null;
        }
        String word = words.get(at);
        return word.startsWith("\"")
                ? word.substring(1, word.length() - 1).replace("\"\"", "\"")
                : word.toLowerCase(Locale.ROOT);
    }
}
