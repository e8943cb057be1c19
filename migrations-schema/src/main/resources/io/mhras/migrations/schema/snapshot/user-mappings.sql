-- Values of options are secrets; the view hides even their names from those who may not see them, so they are left out.
SELECT 'pg_user_mapping'::regclass::oid, m.umid, 0, 'USER_MAPPING', ARRAY[m.srvname, m.usename]::text[],
  'SERVER', ARRAY[m.srvname]::text[], 0, '{}'::text[]
FROM pg_user_mappings m
