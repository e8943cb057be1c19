SELECT 'pg_namespace'::regclass::oid, n.oid, 0, 'SCHEMA', ARRAY[n.nspname]::text[], NULL, NULL::text[], 0, '{}'::text[]
FROM pg_namespace n
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend m WHERE m.classid = 'pg_namespace'::regclass AND m.objid = n.oid AND m.deptype = 'e')
