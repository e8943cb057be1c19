-- What is in a database that a new one has not, with what drops it. Oids below 16384 are the server's own. Extensions of
-- other users stay, with what is in them: an administrator has put them there because the user may not.
WITH mine (classid, objid) AS (
         SELECT 'pg_namespace'::regclass, oid FROM pg_namespace WHERE nspname !~ '^pg_(toast_)?temp_'
         UNION ALL
         SELECT 'pg_class'::regclass, c.oid
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
           AND n.nspname !~ '^pg_(toast|temp|toast_temp)'
            OR c.relkind = 'S'
           AND n.nspname !~ '^pg_(toast|temp|toast_temp)'
           AND NOT EXISTS (SELECT FROM pg_depend d
                           WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                             AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0)
            OR c.relkind = 'c'
         UNION ALL
         SELECT 'pg_type'::regclass, oid FROM pg_type
         WHERE typtype IN ('e', 'd', 'r') OR typtype = 'b' AND typcategory <> 'A' AND typrelid = 0
         UNION ALL
         SELECT 'pg_proc'::regclass, oid FROM pg_proc
         UNION ALL
         SELECT 'pg_operator'::regclass, oid FROM pg_operator
         UNION ALL
         SELECT 'pg_collation'::regclass, oid FROM pg_collation
         UNION ALL
         SELECT 'pg_conversion'::regclass, oid FROM pg_conversion
         UNION ALL
         SELECT 'pg_ts_config'::regclass, oid FROM pg_ts_config
         UNION ALL
         SELECT 'pg_ts_dict'::regclass, oid FROM pg_ts_dict
         UNION ALL
         SELECT 'pg_cast'::regclass, oid FROM pg_cast
         UNION ALL
         SELECT 'pg_language'::regclass, oid FROM pg_language
         UNION ALL
         SELECT 'pg_event_trigger'::regclass, oid FROM pg_event_trigger
         UNION ALL
         SELECT 'pg_publication'::regclass, oid FROM pg_publication
         UNION ALL
         SELECT 'pg_foreign_data_wrapper'::regclass, oid FROM pg_foreign_data_wrapper
         UNION ALL
         SELECT 'pg_foreign_server'::regclass, oid FROM pg_foreign_server
         UNION ALL
         SELECT 'pg_extension'::regclass, oid FROM pg_extension WHERE extowner = current_user::regrole
     ),
     found AS (
         SELECT identified.type, identified.identity,
                array_position(ARRAY['event trigger', 'publication', 'extension', 'schema', 'view', 'materialized view',
                                     'foreign table', 'table'], identified.type) AS rank
         FROM mine, LATERAL pg_identify_object(mine.classid, mine.objid, 0) AS identified
         WHERE mine.objid >= 16384
           AND NOT EXISTS (SELECT FROM pg_depend d
                           WHERE d.classid = mine.classid AND d.objid = mine.objid AND d.deptype = 'e')
     )
SELECT object, statement
FROM (SELECT type || ' ' || identity AS object,
             CASE WHEN type LIKE '%cast' THEN 'DROP CAST IF EXISTS ' || identity
                  ELSE 'DROP ' || upper(type) || ' IF EXISTS ' || identity || ' CASCADE' END AS statement,
             rank
      FROM found
      UNION ALL
      SELECT 'large object ' || oid, 'SELECT lo_unlink(' || oid || ')', NULL FROM pg_largeobject_metadata) AS all_of_it
ORDER BY rank NULLS LAST, object
