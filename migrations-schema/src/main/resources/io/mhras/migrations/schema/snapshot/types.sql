SELECT 'pg_type'::regclass::oid, t.oid, 0,
  CASE t.typtype WHEN 'e' THEN 'ENUM' WHEN 'r' THEN 'RANGE' ELSE 'DOMAIN' END,
  ARRAY[n.nspname, t.typname]::text[], 'SCHEMA', ARRAY[n.nspname]::text[], 0,
  ARRAY[
    'labels', CASE WHEN t.typtype = 'e' THEN
      (SELECT coalesce(string_agg(quote_literal(l.enumlabel), ', ' ORDER BY l.enumsortorder), '') FROM pg_enum l WHERE l.enumtypid = t.oid) END,
    'subtype', format_type(r.rngsubtype, NULL),
    'operator class', CASE WHEN NOT o.opcdefault THEN quote_ident(o_n.nspname) || '.' || quote_ident(o.opcname) END,
    'canonical', nullif(r.rngcanonical, 0)::regproc::text,
    'difference', nullif(r.rngsubdiff, 0)::regproc::text,
    -- Its usual name is made of the range's.
    'multirange', (SELECT quote_ident(m_n.nspname) || '.' || quote_ident(m.typname) FROM pg_type m JOIN pg_namespace m_n ON m_n.oid = m.typnamespace --14
      WHERE m.oid = r.rngmultitypid AND (m.typnamespace <> t.typnamespace OR m.typname <> CASE position('range' IN t.typname) --14
        WHEN 0 THEN t.typname || '_multirange' ELSE overlay(t.typname PLACING 'multirange' FROM position('range' IN t.typname) FOR 5) END)), --14
    'type', CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod) END,
    'collation', CASE
      WHEN t.typtype = 'd' AND t.typcollation <> 0 AND t.typcollation <> b.typcollation THEN t.typcollation::regcollation::text
      WHEN r.rngcollation <> 0 AND r.rngcollation <> s.typcollation THEN r.rngcollation::regcollation::text END,
    'not null', CASE WHEN t.typtype = 'd' AND t.typnotnull THEN 'yes' END,
    'default', CASE WHEN t.typtype = 'd' THEN coalesce(pg_get_expr(t.typdefaultbin, 0), quote_literal(t.typdefault)) END]
FROM pg_type t
  JOIN pg_namespace n ON n.oid = t.typnamespace
  LEFT JOIN pg_type b ON b.oid = t.typbasetype
  LEFT JOIN pg_range r ON r.rngtypid = t.oid
  LEFT JOIN pg_type s ON s.oid = r.rngsubtype
  LEFT JOIN pg_opclass o ON o.oid = r.rngsubopc
  LEFT JOIN pg_namespace o_n ON o_n.oid = o.opcnamespace
WHERE t.typtype IN ('e', 'r', 'd') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend m WHERE m.classid = 'pg_type'::regclass AND m.objid = t.oid AND m.deptype = 'e')
