-- Recommendations point at a prediction and at a resource of the catalog.

SELECT count(*) = 2 AS foreign_keys_exist
FROM   pg_constraint
WHERE  contype = 'f'
AND    convalidated
AND    conrelid = 'recommendation_resources'::regclass
AND    confrelid IN ('predictions'::regclass, 'resource_catalog'::regclass);
