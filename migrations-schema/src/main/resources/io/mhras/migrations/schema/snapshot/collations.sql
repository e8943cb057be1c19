SELECT 'pg_collation'::regclass::oid, c.oid, 0, 'COLLATION', ARRAY[n.nspname, c.collname]::text[], 'SCHEMA', ARRAY[n.nspname]::text[], 0,
  ARRAY[
    'provider', CASE c.collprovider WHEN 'i' THEN 'icu' WHEN 'c' THEN 'libc' WHEN 'b' THEN 'builtin' ELSE c.collprovider::text END,
    'locale', c.colllocale, --17
    'locale', c.colliculocale, --15-16
    'collate', c.collcollate::text,
    'ctype', c.collctype::text,
    'rules', c.collicurules, --16
    'deterministic', CASE WHEN NOT c.collisdeterministic THEN 'no' END]
FROM pg_collation c JOIN pg_namespace n ON n.oid = c.collnamespace
WHERE c.oid >= 16384 AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend m WHERE m.classid = 'pg_collation'::regclass AND m.objid = c.oid AND m.deptype = 'e')
