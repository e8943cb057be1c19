-- Removes all tables, with their data.

DROP TABLE source_fingerprints;
DROP TABLE embedding_cache;
DROP TABLE verification_log;
