package io.mhras.sample;

import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Everything in a database that somebody made, by kind and name, as {@code table public.consent}.
 *
 * @param definitions by what they define
 */
record Catalog(SortedMap<String, String> definitions) {

    private static final String QUERY = """
            WITH own AS (
                SELECT n.oid, n.nspname
                FROM   pg_namespace n
                WHERE  n.nspname !~ '^(pg_|information_schema$)'
            ), extensions AS (
                SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
            )
            SELECT 'extension ' || extname AS object, extversion AS definition
            FROM   pg_extension
            WHERE  extname <> 'plpgsql'
            UNION ALL
            SELECT 'enum ' || nspname || '.' || t.typname,
                   (SELECT string_agg(enumlabel, ', ' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid)
            FROM   pg_type t
            JOIN   own ON own.oid = t.typnamespace
            WHERE  t.typtype = 'e'
            UNION ALL
            SELECT CASE WHEN c.relkind = 'v' THEN 'view '
                        WHEN c.relkind = 'S' THEN 'sequence '
                        WHEN c.relkind IN ('i', 'I') THEN 'index '
                        ELSE 'table ' END || nspname || '.' || c.relname,
                   CASE WHEN c.relkind = 'v' THEN pg_get_viewdef(c.oid)
                        WHEN c.relkind IN ('i', 'I') THEN pg_get_indexdef(c.oid)
                        ELSE (SELECT string_agg(concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod),
                                                          CASE WHEN a.attnotnull THEN 'NOT NULL' END,
                                                          pg_get_expr(d.adbin, d.adrelid)), ', ' ORDER BY a.attnum)
                              FROM   pg_attribute a
                              LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
                              WHERE  a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) END
            FROM   pg_class c
            JOIN   own ON own.oid = c.relnamespace
            WHERE  c.relkind IN ('r', 'p', 'v', 'm', 'S', 'i', 'I', 'f')
            AND    NOT EXISTS (SELECT FROM extensions WHERE classid = 'pg_class'::regclass AND objid = c.oid)
            UNION ALL
            SELECT 'constraint ' || c.relname || '.' || conname, pg_get_constraintdef(k.oid)
            FROM   pg_constraint k
            JOIN   pg_class c ON c.oid = k.conrelid
            JOIN   own ON own.oid = c.relnamespace
            WHERE  contype <> 'n'
            UNION ALL
            SELECT 'trigger ' || c.relname || '.' || tgname, pg_get_triggerdef(t.oid)
            FROM   pg_trigger t
            JOIN   pg_class c ON c.oid = t.tgrelid
            JOIN   own ON own.oid = c.relnamespace
            WHERE  NOT tgisinternal
            UNION ALL
            SELECT 'function ' || nspname || '.' || p.oid::regprocedure, pg_get_functiondef(p.oid)
            FROM   pg_proc p
            JOIN   own ON own.oid = p.pronamespace
            WHERE  p.prokind IN ('f', 'p')
            AND    NOT EXISTS (SELECT FROM extensions WHERE classid = 'pg_proc'::regclass AND objid = p.oid)
            """;

    static Catalog of(TestDatabase database) {
        SortedMap<String, String> definitions = new TreeMap<>();
        JdbcClient.create(database.dataSource()).sql(QUERY).query(row -> {
            definitions.put(row.getString("object"), String.valueOf(row.getString("definition")));
        });
        return new Catalog(Collections.unmodifiableSortedMap(definitions));
    }

    Set<String> objects() {
        return definitions.keySet();
    }

    /** Without a table and what belongs to it. */
    Set<String> objectsBut(String table) {
        String name = table.substring(table.indexOf('.') + 1);
        return objects().stream()
                .filter(object -> !object.contains(" " + table) && !object.startsWith("constraint " + name + "."))
                .collect(Collectors.toUnmodifiableSet());
    }
}
