-- The index of a constraint is the constraint's; a partition's part of an index is its parent's.
SELECT 'pg_class'::regclass::oid, c.oid, 0, 'INDEX', ARRAY[n.nspname, c.relname]::text[],
  CASE t.relkind WHEN 'm' THEN 'MATERIALIZED_VIEW' ELSE 'TABLE' END, ARRAY[n.nspname, t.relname]::text[], 0,
  ARRAY[
    'definition', pg_get_indexdef(i.indexrelid),
    'valid', CASE WHEN NOT i.indisvalid THEN 'no' END,
    'tablespace', quote_ident(s.spcname),
    'statistics targets', (SELECT string_agg(a.attnum || ': ' || a.attstattarget, ', ' ORDER BY a.attnum) FROM pg_attribute a
      WHERE a.attrelid = c.oid AND a.attstattarget >= 0)]
FROM pg_index i
  JOIN pg_class c ON c.oid = i.indexrelid
  JOIN pg_class t ON t.oid = i.indrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
  AND NOT EXISTS (SELECT FROM pg_inherits p WHERE p.inhrelid = i.indexrelid)
