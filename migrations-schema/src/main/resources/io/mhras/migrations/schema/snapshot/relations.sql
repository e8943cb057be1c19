SELECT 'pg_class'::regclass::oid, c.oid, 0,
  CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED_VIEW' WHEN 'f' THEN 'FOREIGN_TABLE' WHEN 'c' THEN 'COMPOSITE' ELSE 'TABLE' END,
  ARRAY[n.nspname, c.relname]::text[], 'SCHEMA', ARRAY[n.nspname]::text[], 0,
  ARRAY[
    'persistence', CASE c.relpersistence WHEN 'u' THEN 'unlogged' END,
    'access method', CASE WHEN c.relkind IN ('r', 'm') AND a.amname <> 'heap' THEN a.amname::text END,
    'of type', nullif(c.reloftype, 0)::regtype::text,
    'partition of', CASE WHEN c.relispartition THEN
      (SELECT i.inhparent::regclass::text || ' ' || pg_get_expr(c.relpartbound, c.oid) FROM pg_inherits i WHERE i.inhrelid = c.oid) END,
    'partition by', CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END,
    'inherits', CASE WHEN NOT c.relispartition THEN
      (SELECT string_agg(i.inhparent::regclass::text, ', ' ORDER BY i.inhseqno) FROM pg_inherits i WHERE i.inhrelid = c.oid) END,
    'options', (SELECT string_agg(o, ', ' ORDER BY o COLLATE "C") FROM unnest(c.reloptions) o),
    'tablespace', quote_ident(s.spcname),
    'replica identity', CASE WHEN c.relkind IN ('r', 'p') THEN CASE c.relreplident WHEN 'f' THEN 'full' WHEN 'n' THEN 'nothing' WHEN 'i' THEN
      (SELECT 'index ' || quote_ident(ic.relname) FROM pg_index i JOIN pg_class ic ON ic.oid = i.indexrelid
        WHERE i.indrelid = c.oid AND i.indisreplident) END END,
    'clustered on', CASE WHEN c.relkind IN ('r', 'm') THEN
      (SELECT quote_ident(ic.relname) FROM pg_index i JOIN pg_class ic ON ic.oid = i.indexrelid WHERE i.indrelid = c.oid AND i.indisclustered) END,
    'row security', nullif(concat_ws(', ', CASE WHEN c.relrowsecurity THEN 'enabled' END, CASE WHEN c.relforcerowsecurity THEN 'forced' END), ''),
    'server', quote_ident(fs.srvname),
    'foreign options', (SELECT string_agg(quote_ident(split_part(o, '=', 1)) || ' ' || quote_literal(substr(o, strpos(o, '=') + 1)), ', ' ORDER BY o COLLATE "C")
      FROM unnest(f.ftoptions) o),
    '(not populated)', CASE WHEN c.relkind = 'm' AND NOT c.relispopulated THEN 'yes' END,
    'definition', CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END]
FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_am a ON a.oid = c.relam
  LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace
  LEFT JOIN pg_foreign_table f ON f.ftrelid = c.oid
  LEFT JOIN pg_foreign_server fs ON fs.oid = f.ftserver
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend m WHERE m.classid = 'pg_class'::regclass AND m.objid = c.oid AND m.deptype = 'e')
  -- A composite type that is a member is so as a type.
  AND NOT EXISTS (SELECT FROM pg_depend m WHERE m.classid = 'pg_type'::regclass AND m.objid = c.reltype AND m.deptype = 'e')
