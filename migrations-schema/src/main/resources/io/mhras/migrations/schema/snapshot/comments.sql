-- The comment on a composite type is stored with its row type; the index of a constraint is the constraint's.
SELECT coalesce(r.tableoid, k.tableoid, d.classoid), coalesce(r.oid, k.oid, d.objoid), d.objsubid, d.description,
  CASE WHEN k.oid IS NOT NULL THEN 'index' END
FROM pg_description d
  LEFT JOIN pg_type t ON d.classoid = 'pg_type'::regclass AND t.oid = d.objoid
  LEFT JOIN pg_class r ON r.oid = t.typrelid
  LEFT JOIN pg_constraint k ON d.classoid = 'pg_class'::regclass AND k.conindid = d.objoid AND k.contype IN ('p', 'u', 'x')
WHERE d.objoid >= 16384 OR d.classoid = 'pg_namespace'::regclass
