-- The index may have the columns in any order, and more behind them; a partition's key is its parent's.
SELECT format('%I.%I', n.nspname, c.relname) AS object,
       format('%I (%s) refers to %s; whoever deletes there reads all of this table', f.conname,
              f.columns, f.confrelid::regclass) AS detail,
       format('CREATE INDEX CONCURRENTLY ON %I.%I (%s);', n.nspname, c.relname, f.columns) AS remedy
FROM (SELECT k.*, (SELECT string_agg(quote_ident(attname), ', ' ORDER BY position)
                   FROM unnest(k.conkey) WITH ORDINALITY AS key (number, position)
                   JOIN pg_attribute ON attrelid = k.conrelid AND attnum = number) AS columns
      FROM pg_constraint k WHERE k.contype = 'f' AND k.conparentid = 0) AS f
JOIN pg_class c ON c.oid = f.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE @ours
  AND NOT EXISTS (SELECT FROM pg_index x
                  WHERE x.indrelid = f.conrelid AND x.indisvalid AND x.indpred IS NULL
                    AND (x.indkey::int2[])[0:cardinality(f.conkey) - 1] @> f.conkey)
ORDER BY 1, 2
