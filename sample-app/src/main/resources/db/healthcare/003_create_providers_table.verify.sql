-- A visit belongs to a patient and to a provider.

SELECT count(*) = 2 AS foreign_keys_exist
FROM   pg_constraint
WHERE  contype = 'f'
AND    convalidated
AND    conrelid = 'visits'::regclass
AND    confrelid IN ('patients'::regclass, 'providers'::regclass);
