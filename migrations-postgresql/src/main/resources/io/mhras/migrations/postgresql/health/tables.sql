-- To measure a relation the server locks it for a moment; one that others lock for themselves is estimated.
WITH locked AS (SELECT relation FROM pg_locks
                WHERE mode = 'AccessExclusiveLock' AND relation IS NOT NULL
                  AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
SELECT format('%I.%I', n.nspname, c.relname) AS name,
       greatest(coalesce(nullif(s.n_live_tup, 0), c.reltuples::bigint), 0) AS rows,
       CASE WHEN @estimate OR c.oid IN (SELECT relation FROM locked)
            THEN c.relpages::bigint * current_setting('block_size')::bigint
            ELSE pg_table_size(c.oid) END AS bytes,
       CASE WHEN @estimate OR c.oid IN (SELECT relation FROM locked)
            THEN (SELECT coalesce(sum(i.relpages), 0)::bigint * current_setting('block_size')::bigint
                  FROM pg_index JOIN pg_class i ON i.oid = indexrelid WHERE indrelid = c.oid)
            ELSE pg_indexes_size(c.oid) END AS index_bytes,
       coalesce(s.n_dead_tup, 0) AS dead_rows,
       greatest(s.last_vacuum, s.last_autovacuum) AS last_vacuum
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_stat_user_tables s ON s.relid = c.oid
WHERE c.relkind IN ('r', 'm') AND @ours
ORDER BY 3 DESC, 1
