-- One that is being built at this moment looks the same.
SELECT format('%I.%I', n.nspname, c.relname) AS object,
       format('on %s; queries do not use it, changes keep it up to date', x.indrelid::regclass) AS detail,
       format('Unless it is being built now: DROP INDEX CONCURRENTLY %I.%I; and create it again.',
              n.nspname, c.relname) AS remedy
FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE NOT (x.indisvalid AND x.indisready) AND c.relkind = 'i' AND @ours
ORDER BY 1
