-- The sequence of an identity column is the column's.
SELECT 'pg_class'::regclass::oid, c.oid, 0, 'SEQUENCE', ARRAY[n.nspname, c.relname]::text[], 'SCHEMA', ARRAY[n.nspname]::text[], 0,
  ARRAY[
    'type', format_type(s.seqtypid, NULL),
    'persistence', CASE c.relpersistence WHEN 'u' THEN 'unlogged' END,
    'start', s.seqstart::text,
    'increment', s.seqincrement::text,
    'minimum', s.seqmin::text,
    'maximum', s.seqmax::text,
    'cache', s.seqcache::text,
    'cycle', CASE WHEN s.seqcycle THEN 'yes' END,
    'owned by', (SELECT o.refobjid::regclass::text || '.' || quote_ident(a.attname)
      FROM pg_depend o JOIN pg_attribute a ON a.attrelid = o.refobjid AND a.attnum = o.refobjsubid
      WHERE o.classid = 'pg_class'::regclass AND o.objid = c.oid AND o.refclassid = 'pg_class'::regclass AND o.deptype = 'a')]
FROM pg_class c
  JOIN pg_sequence s ON s.seqrelid = c.oid
  JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend m WHERE m.classid = 'pg_class'::regclass AND m.objid = c.oid AND m.deptype IN ('e', 'i'))
