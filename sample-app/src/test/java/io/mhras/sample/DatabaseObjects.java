package io.mhras.sample;

import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The names of what somebody made in a database, as {@code expected-objects} has them: {@code table public.consent}. */
final class DatabaseObjects {

    private static final String QUERY = """
            WITH own AS (
                SELECT oid, nspname FROM pg_namespace WHERE nspname !~ '^(pg_|information_schema$)'
            ), extension AS (
                SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
            )
            SELECT 'extension ' || extname
            FROM   pg_extension
            WHERE  extname <> 'plpgsql'
            UNION ALL
            SELECT 'enum ' || nspname || '.' || typname
            FROM   pg_type JOIN own ON own.oid = typnamespace
            WHERE  typtype = 'e'
            UNION ALL
            SELECT CASE WHEN relkind IN ('v', 'm') THEN 'view '
                        WHEN relkind IN ('i', 'I') THEN 'index '
                        WHEN relkind = 'S' THEN 'sequence '
                        ELSE 'table ' END || nspname || '.' || relname
            FROM   pg_class c JOIN own ON own.oid = relnamespace
            WHERE  NOT EXISTS (SELECT FROM extension WHERE classid = 'pg_class'::regclass AND objid = c.oid)
            UNION ALL
            SELECT 'constraint ' || relname || '.' || conname
            FROM   pg_constraint JOIN pg_class c ON c.oid = conrelid JOIN own ON own.oid = relnamespace
            WHERE  contype <> 'n'
            UNION ALL
            SELECT 'trigger ' || relname || '.' || tgname
            FROM   pg_trigger JOIN pg_class c ON c.oid = tgrelid JOIN own ON own.oid = relnamespace
            WHERE  NOT tgisinternal
            UNION ALL
            SELECT 'function ' || p.oid::regprocedure
            FROM   pg_proc p JOIN own ON own.oid = pronamespace
            WHERE  NOT EXISTS (SELECT FROM extension WHERE classid = 'pg_proc'::regclass AND objid = p.oid)
            """;

    private DatabaseObjects() {}

    static Set<String> of(TestDatabase database) {
        return of(database.dataSource());
    }

    static Set<String> of(DataSource dataSource) {
        return new TreeSet<>(
                JdbcClient.create(dataSource).sql(QUERY).query(String.class).list());
    }

    /** Without a table and what belongs to it. */
    static Set<String> butThoseOf(String table, TestDatabase database) {
        String name = table.substring(table.indexOf('.') + 1);
        return of(database).stream()
                .filter(object -> !object.contains(" " + table) && !object.startsWith("constraint " + name + "."))
                .collect(Collectors.toSet());
    }
}
