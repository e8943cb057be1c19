-- Verification results, the embedding cache and the fingerprints of sources. Types are those that SQLAlchemy gives
-- Integer, String, DateTime, Float and JSON; times are UTC without a zone, as the application writes them.

CREATE TABLE verification_log (
    id                    SERIAL           PRIMARY KEY,
    verification_id       VARCHAR(36)      NOT NULL,
    created_at            TIMESTAMP        NOT NULL DEFAULT (CURRENT_TIMESTAMP AT TIME ZONE 'UTC'),
    answer_text           TEXT             NOT NULL,
    answer_hash           VARCHAR(64)      NOT NULL,
    answer_sentences      INTEGER          NOT NULL,
    has_citations         BOOLEAN          NOT NULL DEFAULT FALSE,
    citations             JSON,
    source_count          INTEGER          NOT NULL,
    source_fingerprints   JSON,
    verified_sentences    INTEGER          NOT NULL,
    verification_rate     DOUBLE PRECISION NOT NULL,
    confidence_score      DOUBLE PRECISION NOT NULL,
    trust_label           VARCHAR(20)      NOT NULL,
    semantic_similarity   DOUBLE PRECISION,
    retrieval_quality     DOUBLE PRECISION,
    citation_presence     DOUBLE PRECISION,
    coverage              DOUBLE PRECISION,
    retry_attempts        INTEGER          NOT NULL DEFAULT 0,
    extra_metadata        JSON,
    is_valid              BOOLEAN          NOT NULL DEFAULT TRUE,
    invalidated_at        TIMESTAMP,
    invalidation_reason   TEXT,
    duration_ms           DOUBLE PRECISION,
    updated_at            TIMESTAMP
);

COMMENT ON TABLE  verification_log                     IS 'Audit trail for all verifications';
COMMENT ON COLUMN verification_log.verification_id     IS 'UUID';
COMMENT ON COLUMN verification_log.answer_hash         IS 'SHA-256 of the answer';
COMMENT ON COLUMN verification_log.citations           IS 'List of citations';
COMMENT ON COLUMN verification_log.source_fingerprints
    IS 'Hashes of the sources as they were when the answer was verified';
COMMENT ON COLUMN verification_log.semantic_similarity IS 'Semantic component of the confidence score';
COMMENT ON COLUMN verification_log.retrieval_quality   IS 'Retrieval component of the confidence score';
COMMENT ON COLUMN verification_log.citation_presence   IS 'Citation component of the confidence score';
COMMENT ON COLUMN verification_log.coverage            IS 'Coverage component of the confidence score';
COMMENT ON COLUMN verification_log.invalidation_reason IS 'Why the result no longer holds, such as a changed source';
COMMENT ON COLUMN verification_log.updated_at
    IS 'When the row was last changed, which is when it was invalidated or verified again';

CREATE UNIQUE INDEX ix_verification_log_verification_id  ON verification_log (verification_id);
CREATE INDEX        ix_verification_log_confidence_score ON verification_log (confidence_score);
CREATE INDEX        ix_verification_log_trust_label      ON verification_log (trust_label);
CREATE INDEX        ix_verification_log_is_valid         ON verification_log (is_valid);

CREATE TABLE embedding_cache (
    id             SERIAL       PRIMARY KEY,
    text_hash      VARCHAR(64)  NOT NULL,
    embedding      JSON         NOT NULL,
    embedding_dim  INTEGER      NOT NULL,
    model_name     VARCHAR(100) NOT NULL,
    created_at     TIMESTAMP    NOT NULL DEFAULT (CURRENT_TIMESTAMP AT TIME ZONE 'UTC'),
    last_accessed  TIMESTAMP    NOT NULL DEFAULT (CURRENT_TIMESTAMP AT TIME ZONE 'UTC'),
    access_count   INTEGER      NOT NULL DEFAULT 0
);

COMMENT ON TABLE  embedding_cache           IS 'Embeddings kept for performance';
COMMENT ON COLUMN embedding_cache.text_hash IS 'SHA-256 of the text';
COMMENT ON COLUMN embedding_cache.embedding IS 'Embedding vector, a list of numbers';

CREATE UNIQUE INDEX ix_embedding_cache_text_hash ON embedding_cache (text_hash);

CREATE TABLE source_fingerprints (
    id              SERIAL       PRIMARY KEY,
    source_id       VARCHAR(100) NOT NULL,
    source_hash     VARCHAR(64)  NOT NULL,
    text            TEXT         NOT NULL,
    text_length     INTEGER      NOT NULL,
    version         INTEGER      NOT NULL DEFAULT 1,
    created_at      TIMESTAMP    NOT NULL DEFAULT (CURRENT_TIMESTAMP AT TIME ZONE 'UTC'),
    updated_at      TIMESTAMP    NOT NULL DEFAULT (CURRENT_TIMESTAMP AT TIME ZONE 'UTC'),
    extra_metadata  JSON
);

COMMENT ON TABLE  source_fingerprints             IS 'Fingerprints of source documents, to see when they change';
COMMENT ON COLUMN source_fingerprints.source_hash IS 'SHA-256 of the text';

CREATE INDEX        ix_source_fingerprints_source_id   ON source_fingerprints (source_id);
CREATE UNIQUE INDEX ix_source_fingerprints_source_hash ON source_fingerprints (source_hash);
