-- Values of options may be secrets; only their names are read.
SELECT 'pg_foreign_server'::regclass::oid, s.oid, 0, 'SERVER', ARRAY[s.srvname]::text[], NULL, NULL::text[], 0,
  ARRAY[
    'wrapper', quote_ident(w.fdwname),
    'type', s.srvtype,
    'version', s.srvversion,
    'options', (SELECT string_agg(split_part(o, '=', 1), ', ' ORDER BY o COLLATE "C") FROM unnest(s.srvoptions) o)]
FROM pg_foreign_server s JOIN pg_foreign_data_wrapper w ON w.oid = s.srvfdw
WHERE NOT EXISTS (SELECT FROM pg_depend m WHERE m.classid = 'pg_foreign_server'::regclass AND m.objid = s.oid AND m.deptype = 'e')
