-- Below a thousand rows to read the whole table is as fast. What enforces something, or helps a foreign key, has
-- its use.
SELECT format('%I.%I', n.nspname, c.relname) AS object,
       format('on %s; nobody has read it%s', x.indrelid::regclass,
              (SELECT ' since ' || to_char(stats_reset, 'YYYY-MM-DD') FROM pg_stat_database
               WHERE datname = current_database())) AS detail,
       format('If no replica reads it either: DROP INDEX CONCURRENTLY %I.%I;', n.nspname, c.relname) AS remedy
FROM pg_stat_user_indexes s
JOIN pg_index x USING (indexrelid) JOIN pg_class c ON c.oid = s.indexrelid
JOIN pg_class t ON t.oid = s.relid JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_stat_user_tables u ON u.relid = s.relid
WHERE s.idx_scan = 0 AND x.indisvalid AND NOT x.indisunique AND NOT x.indisexclusion AND NOT x.indisreplident
  AND greatest(t.reltuples, u.n_live_tup) >= 1000 AND @ours
  AND NOT EXISTS (SELECT FROM pg_constraint k
                  WHERE k.contype = 'f' AND k.conrelid = x.indrelid
                    AND (x.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey)
ORDER BY 1
