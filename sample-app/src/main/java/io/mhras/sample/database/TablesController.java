package io.mhras.sample.database;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows what the migrations made. */
@RestController
class TablesController {

    private final JdbcClient jdbc;

    TablesController(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @GetMapping("/tables")
    List<Table> tables() {
        return jdbc.sql("""
                        SELECT n.nspname                             AS schema,
                               c.relname                             AS name,
                               c.relkind = 'v'                       AS view,
                               array_to_string(columns.names, ', ')  AS columns,
                               obj_description(c.oid, 'pg_class')    AS comment
                        FROM   pg_class c
                        JOIN   pg_namespace n ON n.oid = c.relnamespace
                        CROSS JOIN LATERAL (
                            SELECT array_agg(a.attname ORDER BY a.attnum) AS names
                            FROM   pg_attribute a
                            WHERE  a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                        ) columns
                        WHERE  c.relkind IN ('r', 'p', 'v')
                        AND    n.nspname !~ '^(pg_|information_schema$)'
                        ORDER  BY n.nspname, c.relname
                        """).query(Table.class).list();
    }

    record Table(
            String schema,
            String name,
            boolean view,
            String columns,
            @Nullable String comment) {}
}
