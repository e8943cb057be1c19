SELECT 'pg_proc'::regclass::oid, p.oid, 0, CASE p.prokind WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END,
  ARRAY[n.nspname, p.proname, oidvectortypes(p.proargtypes)]::text[], 'SCHEMA', ARRAY[n.nspname]::text[], 0,
  ARRAY['definition', pg_get_functiondef(p.oid)]
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE p.prokind <> 'a' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend m WHERE m.classid = 'pg_proc'::regclass AND m.objid = p.oid AND m.deptype IN ('e', 'i'))
