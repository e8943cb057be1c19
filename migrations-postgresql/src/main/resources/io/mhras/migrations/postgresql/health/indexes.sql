-- To measure a relation the server locks it for a moment; one that others lock for themselves is estimated.
-- An index is locked, too, by whoever locks its table.
WITH locked AS (SELECT relation FROM pg_locks
                WHERE mode = 'AccessExclusiveLock' AND relation IS NOT NULL
                  AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
SELECT format('%I.%I', n.nspname, c.relname) AS name,
       format('%I.%I', tn.nspname, t.relname) AS table_name,
       CASE WHEN @estimate OR c.oid IN (SELECT relation FROM locked)
                 OR x.indrelid IN (SELECT relation FROM locked)
            THEN c.relpages::bigint * current_setting('block_size')::bigint ELSE pg_relation_size(c.oid) END AS bytes,
       coalesce(s.idx_scan, 0) AS uses
FROM pg_index x
JOIN pg_class c ON c.oid = x.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_class t ON t.oid = x.indrelid JOIN pg_namespace tn ON tn.oid = t.relnamespace
LEFT JOIN pg_stat_user_indexes s ON s.indexrelid = c.oid
WHERE c.relkind = 'i' AND @ours
ORDER BY 3 DESC, 1
