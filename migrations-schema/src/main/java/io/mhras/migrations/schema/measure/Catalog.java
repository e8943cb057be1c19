package io.mhras.migrations.schema.measure;

import io.mhras.migrations.postgresql.StatementObserver.Session;
import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which objects there are at one moment, without temporary ones and members of extensions.
 *
 * @param relations by their oids
 * @param others by their catalog and oid
 * @param columns by the oid of their table and their number
 */
record Catalog(
        Map<Long, CatalogObject> relations, Map<String, CatalogObject> others, Map<String, CatalogObject> columns) {

    private static final String COLUMNS_ARE_IN = "pg_attribute";

    /** Between the names of a path. */
    private static final String SEPARATOR = "\001";

    private static final String OBJECTS = """
            SELECT 'pg_class' AS catalog, c.oid AS object,
                   CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED_VIEW' WHEN 'f' THEN 'FOREIGN_TABLE'
                                  WHEN 'c' THEN 'COMPOSITE' WHEN 'S' THEN 'SEQUENCE' WHEN 'i' THEN 'INDEX'
                                  WHEN 'I' THEN 'INDEX' ELSE 'TABLE' END AS kind,
                   concat_ws(chr(1), n.nspname, c.relname) AS path,
                   coalesce(pg_relation_filenode(c.oid), 0) AS file,
                   coalesce(i.indrelid, (SELECT d.refobjid FROM pg_catalog.pg_depend d
                                         WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND c.relkind = 'S'
                                           AND d.refclassid = d.classid AND d.deptype IN ('a', 'i') LIMIT 1), 0) AS parent,
                   EXISTS (SELECT FROM pg_catalog.pg_constraint k
                           WHERE k.conindid = c.oid AND k.contype IN ('p', 'u', 'x')) AS of_constraint
            FROM pg_catalog.pg_class c
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
            WHERE c.relkind <> 't' AND %1$s AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend m
              WHERE m.classid = 'pg_catalog.pg_class'::regclass AND m.objid = c.oid AND m.deptype = 'e')
            UNION ALL
            SELECT 'pg_constraint', k.oid, 'CONSTRAINT', concat_ws(chr(1), n.nspname, coalesce(c.relname, t.typname), k.conname),
                   0, k.conrelid, false
            FROM pg_catalog.pg_constraint k
              JOIN pg_catalog.pg_namespace n ON n.oid = k.connamespace
              LEFT JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
              LEFT JOIN pg_catalog.pg_type t ON t.oid = k.contypid
            WHERE k.contype IN ('p', 'u', 'f', 'x', 'c') AND k.conparentid = 0 AND %1$s
            UNION ALL
            SELECT 'pg_proc', p.oid, CASE p.prokind WHEN 'p' THEN 'PROCEDURE' WHEN 'a' THEN 'AGGREGATE' ELSE 'FUNCTION' END,
                   concat_ws(chr(1), n.nspname, p.proname, oidvectortypes(p.proargtypes)), 0, 0, false
            FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
            WHERE %1$s AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend m
              WHERE m.classid = 'pg_catalog.pg_proc'::regclass AND m.objid = p.oid AND m.deptype IN ('e', 'i'))
            UNION ALL
            SELECT 'pg_trigger', g.oid, 'TRIGGER', concat_ws(chr(1), n.nspname, c.relname, g.tgname), 0, g.tgrelid, false
            FROM pg_catalog.pg_trigger g
              JOIN pg_catalog.pg_class c ON c.oid = g.tgrelid
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE NOT g.tgisinternal AND g.tgparentid = 0 AND %1$s
            UNION ALL
            SELECT 'pg_policy', p.oid, 'POLICY', concat_ws(chr(1), n.nspname, c.relname, p.polname), 0, p.polrelid, false
            FROM pg_catalog.pg_policy p
              JOIN pg_catalog.pg_class c ON c.oid = p.polrelid
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE %1$s
            UNION ALL
            SELECT 'pg_rewrite', r.oid, 'RULE', concat_ws(chr(1), n.nspname, c.relname, r.rulename), 0, r.ev_class, false
            FROM pg_catalog.pg_rewrite r
              JOIN pg_catalog.pg_class c ON c.oid = r.ev_class
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE r.rulename <> '_RETURN' AND %1$s
            UNION ALL
            SELECT 'pg_type', t.oid, CASE t.typtype WHEN 'e' THEN 'ENUM' WHEN 'r' THEN 'RANGE' ELSE 'DOMAIN' END,
                   concat_ws(chr(1), n.nspname, t.typname), 0, 0, false
            FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
            WHERE t.typtype IN ('e', 'r', 'd') AND %1$s AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend m
              WHERE m.classid = 'pg_catalog.pg_type'::regclass AND m.objid = t.oid AND m.deptype = 'e')
            UNION ALL
            SELECT 'pg_statistic_ext', s.oid, 'STATISTICS', concat_ws(chr(1), n.nspname, s.stxname), 0, s.stxrelid, false
            FROM pg_catalog.pg_statistic_ext s JOIN pg_catalog.pg_namespace n ON n.oid = s.stxnamespace
            WHERE %1$s
            UNION ALL
            SELECT 'pg_namespace', n.oid, 'SCHEMA', n.nspname::text, 0, 0, false FROM pg_catalog.pg_namespace n WHERE %1$s
            UNION ALL
            SELECT 'pg_publication', p.oid, 'PUBLICATION', p.pubname::text, 0, 0, false FROM pg_catalog.pg_publication p
            UNION ALL
            SELECT 'pg_event_trigger', e.oid, 'EVENT_TRIGGER', e.evtname::text, 0, 0, false FROM pg_catalog.pg_event_trigger e
            UNION ALL
            SELECT 'pg_extension', e.oid, 'EXTENSION', e.extname::text, 0, 0, false
            FROM pg_catalog.pg_extension e WHERE e.extname <> 'plpgsql'""".formatted("n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'");

    private static final String COLUMNS = """
            SELECT a.attrelid AS object, a.attnum AS number, a.attname AS name
            FROM pg_catalog.pg_attribute a
              JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'f') AND a.attnum > 0 AND NOT a.attisdropped
              AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'""";

    static Catalog read(Session session) {
        Found objects = Found.read(session);
        return new Catalog(objects.relations, objects.others, columns(session, objects.relations));
    }

    /**
     * Reads again what the session has changed since then.
     *
     * @param then what the session said when this was read
     * @param now what it says
     */
    Catalog after(SessionReading then, SessionReading now, Session session) {
        boolean isSame = now.hasLeftAllBut(COLUMNS_ARE_IN, then);
        boolean hasSameColumns = now.hasLeft(COLUMNS_ARE_IN, then);
        if (isSame && hasSameColumns) {
            return this;
        }
        Found objects = isSame ? new Found(relations, others) : Found.read(session);
        return new Catalog(
                objects.relations,
                objects.others,
                hasSameColumns ? renamed(objects.relations) : columns(session, objects.relations));
    }

    /** The columns, under the names that their tables have now. */
    private Map<String, CatalogObject> renamed(Map<Long, CatalogObject> tables) {
        Map<String, CatalogObject> renamed = new HashMap<>();
        columns.forEach((key, column) -> {
            CatalogObject table = tables.get(column.parent());
            if (table != null) {
                renamed.put(key, column(table, column.parent(), column.id().name()));
            }
        });
        return renamed;
    }

    private static Map<String, CatalogObject> columns(Session session, Map<Long, CatalogObject> tables) {
        Map<String, CatalogObject> columns = new HashMap<>();
        for (Map<String, @Nullable String> row : session.query(COLUMNS)) {
            long oid = SessionReading.oid(row.get("object"));
            CatalogObject table = tables.get(oid);
            if (table != null) {
                columns.put(oid + "." + row.get("number"), column(table, oid, String.valueOf(row.get("name"))));
            }
        }
        return columns;
    }

    private static CatalogObject column(CatalogObject table, long oid, String name) {
        List<String> path = new ArrayList<>(table.id().path());
        path.add(name);
        return new CatalogObject(new FactId(FactKind.COLUMN, path), 0, oid, false);
    }

    /** All but columns. */
    private record Found(Map<Long, CatalogObject> relations, Map<String, CatalogObject> others) {

        static Found read(Session session) {
            Found objects = new Found(new HashMap<>(), new HashMap<>());
            for (Map<String, @Nullable String> row : session.query(OBJECTS)) {
                FactKind kind = FactKind.valueOf(String.valueOf(row.get("kind")));
                List<String> path = List.of(String.valueOf(row.get("path")).split(SEPARATOR, -1));
                CatalogObject object = new CatalogObject(
                        new FactId(kind, path),
                        SessionReading.oid(row.get("file")),
                        SessionReading.oid(row.get("parent")),
                        "t".equals(row.get("of_constraint")));
                String catalog = String.valueOf(row.get("catalog"));
                long oid = SessionReading.oid(row.get("object"));
                if (catalog.equals("pg_class")) {
                    objects.relations.put(oid, object);
                } else {
                    objects.others.put(catalog + "." + oid, object);
                }
            }
            return objects;
        }
    }
}
