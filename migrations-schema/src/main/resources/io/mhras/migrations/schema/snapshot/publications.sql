SELECT 'pg_publication'::regclass::oid, p.oid, 0, 'PUBLICATION', ARRAY[p.pubname]::text[], NULL, NULL::text[], 0,
  ARRAY[
    'for all tables', CASE WHEN p.puballtables THEN 'yes' END,
    'schemas', (SELECT string_agg(quote_ident(s.nspname), ', ' ORDER BY s.nspname COLLATE "C") --15
      FROM pg_publication_namespace m JOIN pg_namespace s ON s.oid = m.pnnspid WHERE m.pnpubid = p.oid), --15
    'tables', (SELECT string_agg(
        r.prrelid::regclass::text
          || coalesce(' (' || (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FROM pg_attribute a --15
            WHERE a.attrelid = r.prrelid AND a.attnum = ANY (r.prattrs::int2[])) || ')', '') --15
          || coalesce(' where ' || pg_get_expr(r.prqual, r.prrelid), '') --15
        , ', ' ORDER BY r.prrelid::regclass::text COLLATE "C")
      FROM pg_publication_rel r WHERE r.prpubid = p.oid),
    'publish', concat_ws(', ', CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END,
      CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END),
    'generated columns', CASE WHEN p.pubgencols = 's' THEN 'stored' END, --18
    'via root', CASE WHEN p.pubviaroot THEN 'yes' END]
FROM pg_publication p
