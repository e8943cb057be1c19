-- Autovacuum comes at a fifth, unless something keeps it from it.
SELECT format('%I.%I', n.nspname, c.relname) AS object,
       format('%s dead rows beside %s live ones; last vacuum: %s', s.n_dead_tup, s.n_live_tup,
              coalesce(to_char(greatest(s.last_vacuum, s.last_autovacuum), 'YYYY-MM-DD'), 'never')) AS detail,
       format('VACUUM (ANALYZE) %I.%I; and look for transactions that stay open.', n.nspname,
              c.relname) AS remedy
FROM pg_stat_user_tables s JOIN pg_class c ON c.oid = s.relid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE s.n_dead_tup >= 1000 AND s.n_dead_tup > 0.2 * s.n_live_tup AND @ours
ORDER BY s.n_dead_tup DESC, 1
