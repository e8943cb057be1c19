-- Tables have the columns that the application maps, and every index is there, unique where it has to be.

SELECT expected.relation,
       count(attname) = expected.columns AS has_all_columns
FROM   (VALUES ('verification_log',    25),
               ('embedding_cache',      8),
               ('source_fingerprints',  9)) AS expected (relation, columns)
LEFT JOIN pg_attribute ON attrelid = to_regclass(expected.relation) AND attnum > 0 AND NOT attisdropped
GROUP  BY expected.relation, expected.columns;

SELECT expected.index,
       coalesce(indisvalid AND indisunique = expected.is_unique, FALSE) AS is_as_expected
FROM   (VALUES ('ix_verification_log_verification_id',  TRUE),
               ('ix_verification_log_confidence_score', FALSE),
               ('ix_verification_log_trust_label',      FALSE),
               ('ix_verification_log_is_valid',         FALSE),
               ('ix_embedding_cache_text_hash',         TRUE),
               ('ix_source_fingerprints_source_id',     FALSE),
               ('ix_source_fingerprints_source_hash',   TRUE)) AS expected (index, is_unique)
LEFT JOIN pg_index ON indexrelid = to_regclass(expected.index);
