SELECT 'pg_proc'::regclass::oid, p.oid, 0, 'AGGREGATE', ARRAY[n.nspname, p.proname, oidvectortypes(p.proargtypes)]::text[],
  'SCHEMA', ARRAY[n.nspname]::text[], 0,
  ARRAY[
    'kind', CASE a.aggkind WHEN 'o' THEN 'ordered-set' WHEN 'h' THEN 'hypothetical-set' END,
    'arguments', nullif(pg_get_function_arguments(p.oid), oidvectortypes(p.proargtypes)),
    'state function', a.aggtransfn::regprocedure::text,
    'state type', format_type(a.aggtranstype, NULL),
    'state size', CASE WHEN a.aggtransspace <> 0 THEN a.aggtransspace::text END,
    'initial state', quote_literal(a.agginitval),
    'final function', nullif(a.aggfinalfn, 0)::regprocedure::text,
    'final function takes extra arguments', CASE WHEN a.aggfinalextra THEN 'yes' END,
    'final function modifies', CASE a.aggfinalmodify WHEN 's' THEN 'shareable' WHEN 'w' THEN 'read and write' END,
    'combine function', nullif(a.aggcombinefn, 0)::regprocedure::text,
    'serial function', nullif(a.aggserialfn, 0)::regprocedure::text,
    'deserial function', nullif(a.aggdeserialfn, 0)::regprocedure::text,
    'moving state function', nullif(a.aggmtransfn, 0)::regprocedure::text,
    'moving inverse function', nullif(a.aggminvtransfn, 0)::regprocedure::text,
    'moving state type', CASE WHEN a.aggmtranstype <> 0 THEN format_type(a.aggmtranstype, NULL) END,
    'moving state size', CASE WHEN a.aggmtransspace <> 0 THEN a.aggmtransspace::text END,
    'moving initial state', quote_literal(a.aggminitval),
    'moving final function', nullif(a.aggmfinalfn, 0)::regprocedure::text,
    'moving final function takes extra arguments', CASE WHEN a.aggmfinalextra THEN 'yes' END,
    'moving final function modifies', CASE a.aggmfinalmodify WHEN 's' THEN 'shareable' WHEN 'w' THEN 'read and write' END,
    'sort operator', nullif(a.aggsortop, 0)::regoperator::text,
    'parallel', CASE p.proparallel WHEN 's' THEN 'safe' WHEN 'r' THEN 'restricted' END]
FROM pg_aggregate a
  JOIN pg_proc p ON p.oid = a.aggfnoid
  JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend m WHERE m.classid = 'pg_proc'::regclass AND m.objid = p.oid AND m.deptype = 'e')
