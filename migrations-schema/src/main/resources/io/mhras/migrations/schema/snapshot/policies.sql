SELECT 'pg_policy'::regclass::oid, p.oid, 0, 'POLICY', ARRAY[n.nspname, c.relname, p.polname]::text[],
  'TABLE', ARRAY[n.nspname, c.relname]::text[], 0,
  ARRAY[
    'permissive', CASE WHEN NOT p.polpermissive THEN 'no' END,
    'for', CASE p.polcmd WHEN 'r' THEN 'select' WHEN 'a' THEN 'insert' WHEN 'w' THEN 'update' WHEN 'd' THEN 'delete' ELSE 'all' END,
    'to', (SELECT string_agg(CASE r WHEN 0 THEN 'public' ELSE r::regrole::text END, ', ' ORDER BY CASE r WHEN 0 THEN 'public' ELSE r::regrole::text END COLLATE "C")
      FROM unnest(p.polroles) r),
    'using', pg_get_expr(p.polqual, p.polrelid),
    'with check', pg_get_expr(p.polwithcheck, p.polrelid)]
FROM pg_policy p
  JOIN pg_class c ON c.oid = p.polrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
