-- What has no fact of its own and is part of one that has.
SELECT 'pg_attrdef'::regclass::oid, d.oid, 0, 'pg_class'::regclass::oid, d.adrelid, d.adnum::int
FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum WHERE a.attgenerated <> ''
UNION ALL
SELECT 'pg_type'::regclass, t.oid, 0, 'pg_class'::regclass, t.typrelid, 0 FROM pg_type t WHERE t.typrelid >= 16384
UNION ALL
SELECT 'pg_type'::regclass, t.typarray, 0,
  CASE WHEN t.typrelid <> 0 THEN 'pg_class'::regclass ELSE 'pg_type'::regclass END,
  CASE WHEN t.typrelid <> 0 THEN t.typrelid ELSE t.oid END, 0
FROM pg_type t WHERE t.typarray >= 16384
UNION ALL --14
SELECT 'pg_type'::regclass, r.rngmultitypid, 0, 'pg_type'::regclass, r.rngtypid, 0 FROM pg_range r WHERE r.rngmultitypid >= 16384 --14
UNION ALL
SELECT 'pg_rewrite'::regclass, r.oid, 0, 'pg_class'::regclass, r.ev_class, 0 FROM pg_rewrite r WHERE r.rulename = '_RETURN' AND r.oid >= 16384
UNION ALL
SELECT 'pg_class'::regclass, k.conindid, 0, 'pg_constraint'::regclass, k.oid, 0 FROM pg_constraint k
WHERE k.contype IN ('p', 'u', 'x') AND k.conindid >= 16384
UNION ALL
SELECT o.classid, o.objid, 0, o.refclassid, o.refobjid, o.refobjsubid FROM pg_depend o JOIN pg_class c ON c.oid = o.objid
WHERE o.classid = 'pg_class'::regclass AND o.refclassid = 'pg_class'::regclass AND o.deptype = 'i' AND c.relkind = 'S'
UNION ALL
SELECT m.classid, m.objid, 0, m.refclassid, m.refobjid, 0 FROM pg_depend m WHERE m.deptype = 'e'
UNION ALL
SELECT 'pg_publication_rel'::regclass, r.oid, 0, 'pg_publication'::regclass, r.prpubid, 0 FROM pg_publication_rel r
