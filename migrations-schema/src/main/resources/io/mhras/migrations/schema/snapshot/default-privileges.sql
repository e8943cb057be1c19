SELECT 'pg_default_acl'::regclass::oid, d.oid, 0, 'DEFAULT_PRIVILEGES',
  ARRAY[coalesce(n.nspname, '*'), d.defaclrole::regrole::text,
    CASE d.defaclobjtype WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences' WHEN 'f' THEN 'functions' WHEN 'T' THEN 'types' WHEN 'n' THEN 'schemas' ELSE 'large objects' END]::text[],
  NULL, NULL::text[], 0,
  ARRAY['privileges', (SELECT string_agg(
      CASE g.grantee WHEN 0 THEN 'public' ELSE g.grantee::regrole::text END || ': ' || lower(g.privilege_type)
        || CASE WHEN g.is_grantable THEN ' with grant option' ELSE '' END,
      ', ' ORDER BY g.grantee = 0 DESC, g.grantee::regrole::text COLLATE "C", g.privilege_type)
    FROM aclexplode(d.defaclacl) g)]
FROM pg_default_acl d LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace
