-- All but the owner's own; what PUBLIC has by default is written out, so that it shows where it was taken away.
SELECT class, oid, subid,
  CASE grantee WHEN 0 THEN 'public' ELSE grantee::regrole::text END,
  string_agg(lower(privilege) || CASE WHEN is_grantable THEN ' with grant option' ELSE '' END, ', ' ORDER BY privilege)
FROM (
  SELECT o.class, o.oid, o.subid, g.grantee, g.privilege_type, g.is_grantable
  FROM (
    SELECT 'pg_namespace'::regclass::oid, oid, 0, nspacl, nspowner FROM pg_namespace
    UNION ALL SELECT 'pg_class'::regclass, oid, 0, relacl, relowner FROM pg_class
    UNION ALL SELECT 'pg_class'::regclass, a.attrelid, a.attnum::int, a.attacl, c.relowner FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid WHERE NOT a.attisdropped
    UNION ALL SELECT 'pg_type'::regclass, oid, 0, coalesce(typacl, acldefault('T', typowner)), typowner FROM pg_type WHERE typtype IN ('e', 'r', 'd')
    UNION ALL SELECT 'pg_class'::regclass, c.oid, 0, coalesce(t.typacl, acldefault('T', t.typowner)), t.typowner
      FROM pg_type t JOIN pg_class c ON c.oid = t.typrelid WHERE c.relkind = 'c'
    UNION ALL SELECT 'pg_proc'::regclass, oid, 0, coalesce(proacl, acldefault('f', proowner)), proowner FROM pg_proc WHERE oid >= 16384
    UNION ALL SELECT 'pg_foreign_server'::regclass, oid, 0, srvacl, srvowner FROM pg_foreign_server
    UNION ALL SELECT 'pg_foreign_data_wrapper'::regclass, oid, 0, fdwacl, fdwowner FROM pg_foreign_data_wrapper
  ) AS o(class, oid, subid, acl, owner), aclexplode(o.acl) g
  WHERE o.acl IS NOT NULL AND g.grantee <> o.owner
) AS grants(class, oid, subid, grantee, privilege, is_grantable)
GROUP BY class, oid, subid, grantee
