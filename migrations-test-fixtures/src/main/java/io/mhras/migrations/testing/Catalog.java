package io.mhras.migrations.testing;

import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Everything that stands in a database's own schemas, as comparable lines. */
public final class Catalog {

    private static final String OBJECTS = """
            WITH n AS (SELECT oid, nspname FROM pg_namespace
                       WHERE nspname !~ '^pg_' AND nspname <> 'information_schema')
            SELECT 'schema ' || nspname FROM n
            UNION ALL
            SELECT format('relation %s.%s %s.%s %s %s %s %s', nspname, relname, relkind, attname,
                          format_type(atttypid, atttypmod), attnotnull, attidentity,
                          (SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid = c.oid AND adnum = attnum))
            FROM pg_class c JOIN n ON n.oid = relnamespace JOIN pg_attribute ON attrelid = c.oid
            WHERE attnum > 0 AND NOT attisdropped AND relkind <> 'i'
            UNION ALL
            SELECT pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = indexrelid JOIN n ON n.oid = relnamespace
            UNION ALL
            SELECT format('constraint %s %s %s', conrelid::regclass, conname, pg_get_constraintdef(k.oid))
            FROM pg_constraint k JOIN n ON n.oid = connamespace WHERE contype <> 'n'
            UNION ALL
            SELECT format('view %s %s', relname, pg_get_viewdef(c.oid)) FROM pg_class c JOIN n ON n.oid = relnamespace
            WHERE relkind IN ('v', 'm')
            UNION ALL
            SELECT pg_get_functiondef(p.oid) FROM pg_proc p JOIN n ON n.oid = pronamespace WHERE prokind IN ('f', 'p')
            UNION ALL
            SELECT format('enum %s %s', typname, enumlabel) FROM pg_type t JOIN n ON n.oid = typnamespace
                   JOIN pg_enum ON enumtypid = t.oid
            UNION ALL
            SELECT format('rule %s', pg_get_ruledef(r.oid)) FROM pg_rewrite r JOIN pg_class c ON c.oid = ev_class
                   JOIN n ON n.oid = relnamespace
            UNION ALL
            SELECT pg_get_triggerdef(g.oid) FROM pg_trigger g JOIN pg_class c ON c.oid = tgrelid
                   JOIN n ON n.oid = relnamespace WHERE NOT tgisinternal
            UNION ALL
            SELECT format('comment %s', description) FROM pg_description d JOIN pg_class c ON c.oid = objoid
                   JOIN n ON n.oid = relnamespace
            UNION ALL
            SELECT 'extension ' || extname FROM pg_extension
            ORDER BY 1""";

    private Catalog() {}

    /** Each object's definition, sorted. */
    public static List<String> of(DataSource dataSource) {
        return new JdbcTemplate(dataSource).queryForList(OBJECTS, String.class);
    }
}
