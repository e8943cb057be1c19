-- Clinical recommendations and their items.

CREATE TABLE recommendations (
    id           UUID                     PRIMARY KEY DEFAULT gen_random_uuid(),
    patient_id   UUID                     NOT NULL REFERENCES patients (id),
    provider_id  UUID                     NOT NULL REFERENCES providers (id),
    title        VARCHAR(255)             NOT NULL,
    description  TEXT,
    priority     VARCHAR(20)              NOT NULL DEFAULT 'routine'
        CHECK (priority IN ('routine', 'urgent', 'emergency')),
    status       VARCHAR(20)              NOT NULL DEFAULT 'active'
        CHECK (status IN ('draft', 'active', 'completed', 'cancelled')),
    valid_until  DATE,
    created_at   TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at   TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP
);

COMMENT ON TABLE recommendations IS 'Clinical recommendations for patients';

CREATE INDEX idx_recommendations_patient  ON recommendations (patient_id, created_at DESC);
CREATE INDEX idx_recommendations_provider ON recommendations (provider_id, created_at DESC);
CREATE INDEX idx_recommendations_active   ON recommendations (priority, valid_until) WHERE status = 'active';

CREATE TABLE recommendation_items (
    id                 UUID                     PRIMARY KEY DEFAULT gen_random_uuid(),
    recommendation_id  UUID                     NOT NULL REFERENCES recommendations (id) ON DELETE CASCADE,
    position           SMALLINT                 NOT NULL CHECK (position > 0),
    item_type          VARCHAR(20)              NOT NULL
        CHECK (item_type IN ('medication', 'test', 'referral', 'lifestyle', 'follow_up')),
    description        TEXT                     NOT NULL,
    due_date           DATE,
    is_completed       BOOLEAN                  NOT NULL DEFAULT FALSE,
    completed_at       TIMESTAMP WITH TIME ZONE,
    created_at         TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at         TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT recommendation_items_position_key     UNIQUE (recommendation_id, position),
    CONSTRAINT recommendation_items_completion_check CHECK (is_completed = (completed_at IS NOT NULL))
);

COMMENT ON TABLE recommendation_items IS 'Specific action items within a recommendation';

CREATE INDEX idx_recommendation_items_open ON recommendation_items (due_date) WHERE NOT is_completed;
