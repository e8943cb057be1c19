SELECT 'pg_attrdef'::regclass::oid, d.oid, 0, 'DEFAULT', ARRAY[n.nspname, c.relname, a.attname]::text[],
  'COLUMN', ARRAY[n.nspname, c.relname, a.attname]::text[], 0, ARRAY['expression', pg_get_expr(d.adbin, d.adrelid)]
FROM pg_attrdef d
  JOIN pg_class c ON c.oid = d.adrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
WHERE a.attgenerated = '' AND NOT a.attisdropped AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
