-- Providers point at an institution that exists.

SELECT EXISTS (
    SELECT FROM pg_constraint
    WHERE  conrelid = 'providers'::regclass
    AND    confrelid = 'institutions'::regclass
    AND    convalidated
) AS provider_institution_is_checked;
