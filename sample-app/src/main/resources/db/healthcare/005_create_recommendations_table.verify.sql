-- A recommendation names patient and provider, and takes its items with it when it goes.

SELECT count(*) = 2 AS foreign_keys_exist
FROM   pg_constraint
WHERE  contype = 'f'
AND    convalidated
AND    conrelid = 'recommendations'::regclass
AND    confrelid IN ('patients'::regclass, 'providers'::regclass);

SELECT EXISTS (
    SELECT FROM pg_constraint
    WHERE  conrelid = 'recommendation_items'::regclass
    AND    confrelid = 'recommendations'::regclass
    AND    confdeltype = 'c'
) AS items_go_with_their_recommendation;
