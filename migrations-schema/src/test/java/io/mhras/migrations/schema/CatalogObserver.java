package io.mhras.migrations.schema;

import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a schema is made of by one query of its own, which was written from the manual's chapter on system catalogs. It
 * shares nothing with what it judges: where that has a blind spot, this sees it.
 */
final class CatalogObserver {

    /** Each system table's rows as they are, without what is a number of the server's or a state. */
    private static final String QUERY = """
            WITH mine AS (
              SELECT oid, nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'
            ), members AS (
              SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
            ), rel AS (
              SELECT c.*, n.nspname, format('%I.%I', n.nspname, c.relname) AS q FROM pg_class c JOIN mine n ON n.oid = c.relnamespace
              WHERE NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_class'::regclass AND m.objid = c.oid)
            )
            SELECT 'schema ' || nspname FROM mine
            UNION ALL
            SELECT concat_ws(' ', 'relation', q, relkind, relpersistence, relreplident, relrowsecurity, relforcerowsecurity, relhasrules,
                relhastriggers, relnatts - (SELECT count(*) FROM pg_attribute d WHERE d.attrelid = rel.oid AND d.attisdropped),
                relchecks, relispartition, pg_get_expr(relpartbound, oid), pg_get_partkeydef(oid),
                (SELECT array_agg(o ORDER BY o) FROM unnest(reloptions) o)::text, reloftype::regtype,
                (SELECT array_agg(i.inhparent::regclass::text ORDER BY i.inhseqno) FROM pg_inherits i WHERE i.inhrelid = rel.oid)::text)
            FROM rel WHERE relkind <> 'i' AND relkind <> 'I'
            UNION ALL
            SELECT concat_ws(' ', 'column', q, attname, format_type(atttypid, atttypmod), attnotnull, attidentity, attgenerated, attstorage,
                attislocal, attinhcount, attcollation::regcollation, attoptions::text, attfdwoptions::text, col_description(rel.oid, attnum),
                pg_get_expr(adbin, adrelid), pg_get_serial_sequence(q, attname) IS NOT NULL)
            FROM rel JOIN pg_attribute a ON attrelid = rel.oid LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE attnum > 0 AND NOT attisdropped AND relkind IN ('r', 'p', 'v', 'm', 'f', 'c')
            UNION ALL
            SELECT concat_ws(' ', 'index', i.indrelid::regclass, pg_get_indexdef(i.indexrelid), indisunique, indisprimary, indisexclusion, indimmediate,
                indisclustered, indisvalid, indisreplident, obj_description(i.indexrelid, 'pg_class'))
            FROM pg_index i JOIN rel ON rel.oid = i.indexrelid WHERE NOT rel.relispartition
            UNION ALL
            SELECT concat_ws(' ', 'constraint', n.nspname, conname, contype, condeferrable, condeferred, convalidated, conislocal, coninhcount,
                connoinherit, conrelid::regclass, contypid::regtype, pg_get_constraintdef(k.oid), obj_description(k.oid, 'pg_constraint'))
            FROM pg_constraint k JOIN mine n ON n.oid = k.connamespace WHERE contype <> 'n' AND conparentid = 0
            UNION ALL
            SELECT concat_ws(' ', 'sequence', q, seqtypid::regtype, seqstart, seqincrement, seqmax, seqmin, seqcache, seqcycle)
            FROM pg_sequence s JOIN rel ON rel.oid = s.seqrelid
            UNION ALL
            SELECT concat_ws(' ', 'view', q, pg_get_viewdef(oid)) FROM rel WHERE relkind IN ('v', 'm')
            UNION ALL
            SELECT concat_ws(' ', 'routine', p.oid::regprocedure, prokind, prorettype::regtype, prolang, provolatile, proparallel, proisstrict,
                prosecdef, proleakproof, procost, prorows, proretset, pronargdefaults, provariadic::regtype, proargmodes::text, proargnames::text,
                proconfig::text, pg_get_function_arguments(p.oid), CASE WHEN prokind <> 'a' THEN pg_get_functiondef(p.oid) END,
                obj_description(p.oid, 'pg_proc'))
            FROM pg_proc p JOIN mine n ON n.oid = p.pronamespace
            WHERE NOT EXISTS (SELECT FROM pg_depend m WHERE m.classid = 'pg_proc'::regclass AND m.objid = p.oid AND m.deptype IN ('e', 'i'))
            UNION ALL
            SELECT concat_ws(' ', 'aggregate', to_jsonb(a) - 'aggfnoid' - 'aggtransfn' - 'aggfinalfn' - 'aggcombinefn' - 'aggserialfn' - 'aggdeserialfn'
                - 'aggmtransfn' - 'aggminvtransfn' - 'aggmfinalfn' - 'aggsortop' - 'aggtranstype' - 'aggmtranstype', aggfnoid::regprocedure,
                aggtransfn, aggfinalfn, aggcombinefn, aggmtransfn, aggminvtransfn, aggmfinalfn, aggtranstype::regtype, aggsortop::regoperator)
            FROM pg_aggregate a JOIN pg_proc p ON p.oid = a.aggfnoid JOIN mine n ON n.oid = p.pronamespace
            UNION ALL
            SELECT concat_ws(' ', 'type', n.nspname, typname, typtype, typcategory, typnotnull, typdefault, typbasetype::regtype, typtypmod, typndims,
                typcollation, (SELECT array_agg(enumlabel ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid)::text,
                rngsubtype::regtype, rngsubdiff, rngcanonical, obj_description(t.oid, 'pg_type'))
            FROM pg_type t JOIN mine n ON n.oid = t.typnamespace LEFT JOIN pg_range ON rngtypid = t.oid
            WHERE typtype <> 'b' AND NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_type'::regclass AND m.objid = t.oid)
            UNION ALL
            SELECT concat_ws(' ', 'trigger', pg_get_triggerdef(t.oid), tgenabled, tgdeferrable, tginitdeferred, obj_description(t.oid, 'pg_trigger'))
            FROM pg_trigger t WHERE NOT tgisinternal
            UNION ALL
            SELECT concat_ws(' ', 'rule', pg_get_ruledef(r.oid), ev_enabled) FROM pg_rewrite r JOIN rel ON rel.oid = ev_class
            UNION ALL
            SELECT concat_ws(' ', 'policy', polrelid::regclass, polname, polcmd, polpermissive, polroles::regrole[]::text, pg_get_expr(polqual, polrelid),
                pg_get_expr(polwithcheck, polrelid)) FROM pg_policy
            UNION ALL
            SELECT concat_ws(' ', 'statistics', pg_get_statisticsobjdef(oid), stxstattarget) FROM pg_statistic_ext
            UNION ALL
            SELECT concat_ws(' ', 'extension', extname, extnamespace::regnamespace, extversion) FROM pg_extension
            UNION ALL
            SELECT concat_ws(' ', 'collation', n.nspname, collname, collprovider, collisdeterministic, collcollate, collctype)
            FROM pg_collation c JOIN mine n ON n.oid = c.collnamespace
            UNION ALL
            SELECT concat_ws(' ', 'publication', to_jsonb(p) - 'oid' - 'pubowner',
                (SELECT array_agg(to_jsonb(t) ORDER BY t.tablename) FROM pg_publication_tables t WHERE t.pubname = p.pubname)::text) FROM pg_publication p
            UNION ALL
            SELECT concat_ws(' ', 'event trigger', evtname, evtevent, evtfoid, evtenabled, evttags::text) FROM pg_event_trigger
            UNION ALL
            SELECT concat_ws(' ', 'server', srvname, srvtype, srvversion, fdwname, fdwhandler, fdwvalidator)
            FROM pg_foreign_server s JOIN pg_foreign_data_wrapper w ON w.oid = s.srvfdw
            UNION ALL
            SELECT concat_ws(' ', 'foreign table', ftrelid::regclass, ftserver, ftoptions::text) FROM (
              SELECT ftrelid, (SELECT srvname FROM pg_foreign_server s WHERE s.oid = ftserver) AS ftserver, ftoptions FROM pg_foreign_table) f
            UNION ALL
            SELECT concat_ws(' ', 'user mapping', srvname, usename) FROM pg_user_mappings
            UNION ALL
            SELECT concat_ws(' ', 'default privileges', defaclrole::regrole, defaclnamespace::regnamespace, defaclobjtype,
                (SELECT array_agg(x::text ORDER BY x::text) FROM unnest(defaclacl) x)::text) FROM pg_default_acl
            UNION ALL
            SELECT concat_ws(' ', 'rights', q, relowner::regrole, (SELECT array_agg(x::text ORDER BY x::text) FROM unnest(relacl) x)::text) FROM rel WHERE relkind <> 'i'
            UNION ALL
            SELECT concat_ws(' ', 'rights on routine', p.oid::regprocedure, proowner::regrole,
                (SELECT array_agg(x::text ORDER BY x::text) FROM unnest(coalesce(proacl, acldefault('f', proowner))) x)::text)
            FROM pg_proc p JOIN mine n ON n.oid = p.pronamespace
            WHERE NOT EXISTS (SELECT FROM pg_depend m WHERE m.classid = 'pg_proc'::regclass AND m.objid = p.oid AND m.deptype IN ('e', 'i'))
            UNION ALL
            SELECT concat_ws(' ', 'comment', c.description, c.classoid::regclass) FROM pg_description c WHERE c.objoid >= 16384
              AND NOT EXISTS (SELECT FROM members m WHERE m.objid = c.objoid)""";

    private CatalogObserver() {}

    /** What only the one has, and what only the other has. */
    static List<String> differences(TestDatabase one, TestDatabase other) {
        return differences(lines(one), lines(other));
    }

    static List<String> differences(Set<String> before, Set<String> after) {
        return Stream.concat(
                        before.stream().filter(line -> !after.contains(line)).map(line -> "- " + line),
                        after.stream().filter(line -> !before.contains(line)).map(line -> "+ " + line))
                .toList();
    }

    /** A line for each row of a system table that is the user's. */
    private static Set<String> lines(TestDatabase database) {
        Set<String> lines = new TreeSet<>();
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path = pg_catalog; SET TimeZone = 'UTC'");
            try (ResultSet rows = statement.executeQuery(QUERY)) {
                while (rows.next()) {
                    lines.add(rows.getString(1));
                }
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return lines;
    }
}
