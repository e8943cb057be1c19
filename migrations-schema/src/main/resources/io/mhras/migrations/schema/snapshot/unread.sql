SELECT kind, count(*)::int
FROM (
  SELECT 'casts', 'pg_cast'::regclass, oid FROM pg_cast
  UNION ALL SELECT 'operators', 'pg_operator'::regclass, oid FROM pg_operator
  UNION ALL SELECT 'operator classes', 'pg_opclass'::regclass, oid FROM pg_opclass
  UNION ALL SELECT 'operator families', 'pg_opfamily'::regclass, oid FROM pg_opfamily
  UNION ALL SELECT 'text search configurations', 'pg_ts_config'::regclass, oid FROM pg_ts_config
  UNION ALL SELECT 'text search dictionaries', 'pg_ts_dict'::regclass, oid FROM pg_ts_dict
  UNION ALL SELECT 'text search parsers', 'pg_ts_parser'::regclass, oid FROM pg_ts_parser
  UNION ALL SELECT 'text search templates', 'pg_ts_template'::regclass, oid FROM pg_ts_template
  UNION ALL SELECT 'transforms', 'pg_transform'::regclass, oid FROM pg_transform
  UNION ALL SELECT 'languages', 'pg_language'::regclass, oid FROM pg_language
  UNION ALL SELECT 'conversions', 'pg_conversion'::regclass, oid FROM pg_conversion
  UNION ALL SELECT 'access methods', 'pg_am'::regclass, oid FROM pg_am
  UNION ALL SELECT 'base types', 'pg_type'::regclass, oid FROM pg_type WHERE typtype = 'b' AND typelem = 0
  UNION ALL SELECT 'security labels', 'pg_seclabel'::regclass, objoid FROM pg_seclabel
  UNION ALL SELECT 'large objects', 'pg_largeobject'::regclass, oid FROM pg_largeobject_metadata
) AS objects(kind, class, oid)
WHERE oid >= 16384
  AND NOT EXISTS (SELECT FROM pg_depend m WHERE m.classid = objects.class AND m.objid = objects.oid AND m.deptype IN ('e', 'i'))
GROUP BY kind
-- Of these nothing but the number may be seen by everybody.
UNION ALL SELECT 'subscriptions', count(*)::int FROM pg_subscription s JOIN pg_database d ON d.oid = s.subdbid WHERE d.datname = current_database() HAVING count(*) > 0
UNION ALL SELECT 'options of user mappings', count(*)::int FROM pg_user_mappings HAVING count(*) > 0
