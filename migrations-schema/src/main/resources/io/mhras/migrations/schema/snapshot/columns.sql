SELECT 'pg_class'::regclass::oid, a.attrelid, a.attnum, 'COLUMN', ARRAY[n.nspname, c.relname, a.attname]::text[],
  CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED_VIEW' WHEN 'f' THEN 'FOREIGN_TABLE' WHEN 'c' THEN 'COMPOSITE' ELSE 'TABLE' END,
  ARRAY[n.nspname, c.relname]::text[], (row_number() OVER (PARTITION BY a.attrelid ORDER BY a.attnum))::int,
  ARRAY[
    'type', format_type(a.atttypid, a.atttypmod),
    'collation', CASE WHEN a.attcollation <> 0 AND a.attcollation <> t.typcollation THEN a.attcollation::regcollation::text END,
    'not null', CASE WHEN a.attnotnull THEN 'yes' END, --13-17
    'not null', CASE WHEN a.attnotnull THEN concat_ws(', ', 'yes', CASE WHEN NOT nn.convalidated THEN 'not valid' END, CASE WHEN nn.connoinherit THEN 'no inherit' END) END, --18
    'identity', CASE a.attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN 'by default' END,
    'identity options', CASE WHEN a.attidentity <> '' THEN (
      SELECT nullif(concat_ws(', ',
        CASE WHEN q.seqstart <> CASE WHEN q.seqincrement > 0 THEN q.seqmin ELSE q.seqmax END THEN 'start ' || q.seqstart END,
        CASE WHEN q.seqincrement <> 1 THEN 'increment ' || q.seqincrement END,
        CASE WHEN q.seqmin <> 1 THEN 'minimum ' || q.seqmin END,
        CASE WHEN q.seqmax <> CASE q.seqtypid WHEN 'smallint'::regtype THEN 32767 WHEN 'integer'::regtype THEN 2147483647 ELSE 9223372036854775807 END
          THEN 'maximum ' || q.seqmax END,
        CASE WHEN q.seqcache <> 1 THEN 'cache ' || q.seqcache END,
        CASE WHEN q.seqcycle THEN 'cycle' END), '')
      FROM pg_depend o JOIN pg_sequence q ON q.seqrelid = o.objid
      WHERE o.classid = 'pg_class'::regclass AND o.refclassid = 'pg_class'::regclass AND o.refobjid = a.attrelid AND o.refobjsubid = a.attnum
        AND o.deptype = 'i') END,
    'generated', CASE a.attgenerated WHEN 's' THEN 'stored' WHEN 'v' THEN 'virtual' END,
    'expression', CASE WHEN a.attgenerated <> '' THEN (SELECT pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum) END,
    'storage', CASE WHEN a.attstorage <> t.typstorage THEN CASE a.attstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'm' THEN 'main' ELSE 'extended' END END,
    'compression', CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END, --14
    'statistics target', CASE WHEN a.attstattarget >= 0 THEN a.attstattarget::text END,
    'options', (SELECT string_agg(o, ', ' ORDER BY o COLLATE "C") FROM unnest(a.attoptions) o),
    'foreign options', (SELECT string_agg(quote_ident(split_part(o, '=', 1)) || ' ' || quote_literal(substr(o, strpos(o, '=') + 1)), ', ' ORDER BY o COLLATE "C")
      FROM unnest(a.attfdwoptions) o),
    'inherited', CASE WHEN a.attinhcount > 0 THEN CASE WHEN a.attislocal THEN 'and its own' ELSE 'yes' END END]
FROM pg_attribute a
  JOIN pg_class c ON c.oid = a.attrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_constraint nn ON nn.conrelid = a.attrelid AND nn.contype = 'n' AND nn.conkey = ARRAY[a.attnum] --18
WHERE a.attnum > 0 AND NOT a.attisdropped
  AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
