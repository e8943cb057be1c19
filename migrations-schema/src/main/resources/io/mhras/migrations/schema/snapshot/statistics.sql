SELECT 'pg_statistic_ext'::regclass::oid, s.oid, 0, 'STATISTICS', ARRAY[n.nspname, s.stxname]::text[], 'SCHEMA', ARRAY[n.nspname]::text[], 0,
  ARRAY[
    'definition', pg_get_statisticsobjdef(s.oid),
    'target', CASE WHEN s.stxstattarget >= 0 THEN s.stxstattarget::text END]
FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
