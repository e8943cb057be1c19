SELECT 'pg_event_trigger'::regclass::oid, e.oid, 0, 'EVENT_TRIGGER', ARRAY[e.evtname]::text[], NULL, NULL::text[], 0,
  ARRAY[
    'on', e.evtevent::text,
    'when tag in', (SELECT string_agg(quote_literal(t), ', ' ORDER BY t COLLATE "C") FROM unnest(e.evttags) t),
    'function', e.evtfoid::regprocedure::text,
    'enabled', CASE e.evtenabled WHEN 'D' THEN 'no' WHEN 'R' THEN 'on a replica' WHEN 'A' THEN 'always' END]
FROM pg_event_trigger e
WHERE NOT EXISTS (SELECT FROM pg_depend m WHERE m.classid = 'pg_event_trigger'::regclass AND m.objid = e.oid AND m.deptype = 'e')
