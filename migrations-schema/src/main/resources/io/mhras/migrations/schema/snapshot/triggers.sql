SELECT 'pg_trigger'::regclass::oid, g.oid, 0, 'TRIGGER', ARRAY[n.nspname, c.relname, g.tgname]::text[],
  CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'f' THEN 'FOREIGN_TABLE' ELSE 'TABLE' END, ARRAY[n.nspname, c.relname]::text[], 0,
  ARRAY[
    'definition', pg_get_triggerdef(g.oid),
    'enabled', CASE g.tgenabled WHEN 'D' THEN 'no' WHEN 'R' THEN 'on a replica' WHEN 'A' THEN 'always' END]
FROM pg_trigger g
  JOIN pg_class c ON c.oid = g.tgrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE NOT g.tgisinternal AND g.tgparentid = 0 AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend m WHERE m.classid = 'pg_trigger'::regclass AND m.objid = g.oid AND m.deptype = 'e')
