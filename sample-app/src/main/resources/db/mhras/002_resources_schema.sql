-- The catalog of resources, and which of them were recommended with a prediction.

CREATE TABLE resource_catalog (
    resource_id       UUID         PRIMARY KEY DEFAULT gen_random_uuid(),
    resource_code     VARCHAR(50)  NOT NULL UNIQUE,
    name              VARCHAR(255) NOT NULL,
    description       TEXT,
    resource_type     VARCHAR(30)  NOT NULL
        CHECK (resource_type IN ('crisis_line', 'therapy', 'support_group', 'self_help', 'education', 'medical')),
    min_risk_level    VARCHAR(20)  NOT NULL DEFAULT 'low'
        CHECK (min_risk_level IN ('low', 'moderate', 'high', 'critical')),
    language          VARCHAR(10)  NOT NULL DEFAULT 'en',
    region            VARCHAR(50),
    contact_url       TEXT,
    contact_phone     VARCHAR(50),
    available_hours   JSONB        NOT NULL DEFAULT '{}',
    tags              TEXT[]       NOT NULL DEFAULT '{}',
    is_active         BOOLEAN      NOT NULL DEFAULT TRUE,
    last_verified_at  TIMESTAMPTZ,
    created_at        TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at        TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT resource_catalog_contact_check CHECK (contact_url IS NOT NULL OR contact_phone IS NOT NULL)
);

COMMENT ON TABLE resource_catalog IS 'Catalog of the help that can be recommended';

CREATE INDEX idx_resource_catalog_active ON resource_catalog (resource_type, min_risk_level) WHERE is_active;
CREATE INDEX idx_resource_catalog_tags   ON resource_catalog USING GIN (tags);

CREATE TABLE recommendation_resources (
    recommendation_id  UUID          PRIMARY KEY DEFAULT gen_random_uuid(),
    prediction_id      UUID          NOT NULL REFERENCES predictions (prediction_id),
    resource_id        UUID          NOT NULL REFERENCES resource_catalog (resource_id),
    rank               SMALLINT      NOT NULL CHECK (rank > 0),
    relevance_score    NUMERIC(5, 4) NOT NULL CHECK (relevance_score BETWEEN 0 AND 1),
    rationale          TEXT,
    status             VARCHAR(20)   NOT NULL DEFAULT 'proposed'
        CHECK (status IN ('proposed', 'delivered', 'accepted', 'declined')),
    delivered_at       TIMESTAMPTZ,
    responded_at       TIMESTAMPTZ,
    created_at         TIMESTAMPTZ   NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT recommendation_resources_prediction_resource_key UNIQUE (prediction_id, resource_id),
    CONSTRAINT recommendation_resources_prediction_rank_key     UNIQUE (prediction_id, rank)
);

COMMENT ON TABLE recommendation_resources
    IS 'Resources recommended with a prediction, in order of relevance, and what became of them';

CREATE INDEX idx_recommendation_resources_resource ON recommendation_resources (resource_id);
CREATE INDEX idx_recommendation_resources_proposed ON recommendation_resources (created_at) WHERE status = 'proposed';
