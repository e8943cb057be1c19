-- Those with a lower oid come with each database.
SELECT 'pg_extension'::regclass::oid, e.oid, 0, 'EXTENSION', ARRAY[e.extname]::text[], NULL, NULL::text[], 0,
  ARRAY['schema', quote_ident(n.nspname), '(version)', e.extversion]
FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
WHERE e.oid >= 16384
