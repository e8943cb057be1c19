-- Values of options may be secrets; only their names are read.
SELECT 'pg_foreign_data_wrapper'::regclass::oid, w.oid, 0, 'FOREIGN_DATA_WRAPPER', ARRAY[w.fdwname]::text[], NULL, NULL::text[], 0,
  ARRAY[
    'handler', nullif(w.fdwhandler, 0)::regproc::text,
    'validator', nullif(w.fdwvalidator, 0)::regproc::text,
    'options', (SELECT string_agg(split_part(o, '=', 1), ', ' ORDER BY o COLLATE "C") FROM unnest(w.fdwoptions) o)]
FROM pg_foreign_data_wrapper w
WHERE NOT EXISTS (SELECT FROM pg_depend m WHERE m.classid = 'pg_foreign_data_wrapper'::regclass AND m.objid = w.oid AND m.deptype = 'e')
