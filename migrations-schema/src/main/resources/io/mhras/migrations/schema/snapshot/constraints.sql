-- NOT NULL is the column's; what a partition or an inheriting table has of its parent is the parent's.
SELECT 'pg_constraint'::regclass::oid, k.oid, 0, 'CONSTRAINT', ARRAY[n.nspname, coalesce(c.relname, t.typname), k.conname]::text[],
  CASE WHEN c.relkind = 'f' THEN 'FOREIGN_TABLE' WHEN c.oid IS NULL THEN 'DOMAIN' ELSE 'TABLE' END,
  ARRAY[n.nspname, coalesce(c.relname, t.typname)]::text[], 0,
  ARRAY[
    'type', CASE k.contype WHEN 'p' THEN 'primary key' WHEN 'u' THEN 'unique' WHEN 'f' THEN 'foreign key' WHEN 'x' THEN 'exclusion' ELSE 'check' END,
    'definition', pg_get_constraintdef(k.oid),
    'inherited', CASE WHEN k.coninhcount > 0 THEN 'and its own' END,
    'index options', CASE WHEN k.contype IN ('p', 'u', 'x') THEN (SELECT string_agg(o, ', ' ORDER BY o COLLATE "C") FROM unnest(i.reloptions) o) END,
    'tablespace', CASE WHEN k.contype IN ('p', 'u', 'x') THEN quote_ident(s.spcname) END]
FROM pg_constraint k
  JOIN pg_namespace n ON n.oid = k.connamespace
  LEFT JOIN pg_class c ON c.oid = k.conrelid
  LEFT JOIN pg_type t ON t.oid = k.contypid
  LEFT JOIN pg_class i ON i.oid = k.conindid
  LEFT JOIN pg_tablespace s ON s.oid = i.reltablespace
WHERE k.contype IN ('p', 'u', 'f', 'x', 'c') AND k.conparentid = 0 AND (k.conislocal OR k.coninhcount = 0)
  AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
