-- Risk predictions, the audit trail, consent and the queue for human review.

CREATE TABLE predictions (
    prediction_id          UUID          PRIMARY KEY DEFAULT gen_random_uuid(),
    subject_id             VARCHAR(64)   NOT NULL,
    risk_score             NUMERIC(5, 4) NOT NULL CHECK (risk_score BETWEEN 0 AND 1),
    risk_level             VARCHAR(20)   NOT NULL CHECK (risk_level IN ('low', 'moderate', 'high', 'critical')),
    confidence             NUMERIC(5, 4) NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    contributing_factors   JSONB         NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(contributing_factors) = 'array'),
    model_name             VARCHAR(100)  NOT NULL,
    model_version          VARCHAR(50)   NOT NULL,
    model_metadata         JSONB         NOT NULL DEFAULT '{}',
    feature_hash           CHAR(64)      NOT NULL CHECK (feature_hash ~ '^[0-9a-f]{64}$'),
    lineage                JSONB         NOT NULL DEFAULT '{}',
    requires_human_review  BOOLEAN       NOT NULL DEFAULT FALSE,
    predicted_at           TIMESTAMPTZ   NOT NULL DEFAULT CURRENT_TIMESTAMP,
    created_at             TIMESTAMPTZ   NOT NULL DEFAULT CURRENT_TIMESTAMP
);

COMMENT ON TABLE  predictions              IS 'Risk prediction results with model metadata and lineage information';
COMMENT ON COLUMN predictions.subject_id   IS 'Pseudonymous identifier of the person, never a name';
COMMENT ON COLUMN predictions.feature_hash IS 'SHA-256 of the feature vector that the model was given';
COMMENT ON COLUMN predictions.lineage      IS 'Sources, transformations and dataset versions behind the feature vector';

CREATE INDEX idx_predictions_subject_predicted ON predictions (subject_id, predicted_at DESC);
CREATE INDEX idx_predictions_model             ON predictions (model_name, model_version);
CREATE INDEX idx_predictions_predicted_at      ON predictions (predicted_at);
CREATE INDEX idx_predictions_high_risk         ON predictions (predicted_at) WHERE risk_level IN ('high', 'critical');

CREATE TABLE audit_log (
    audit_id     BIGINT       GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    occurred_at  TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    event_type   VARCHAR(100) NOT NULL,
    actor_type   VARCHAR(20)  NOT NULL CHECK (actor_type IN ('system', 'user', 'service', 'model')),
    actor_id     VARCHAR(100) NOT NULL,
    subject_id   VARCHAR(64),
    entity_type  VARCHAR(50),
    entity_id    VARCHAR(100),
    decision     VARCHAR(100),
    details      JSONB        NOT NULL DEFAULT '{}',
    request_id   UUID,
    ip_address   INET,
    CONSTRAINT audit_log_entity_check CHECK ((entity_type IS NULL) = (entity_id IS NULL))
);

COMMENT ON TABLE audit_log
    IS 'Append-only audit trail for all activities and decisions; without foreign keys, it outlives what it names';

CREATE INDEX idx_audit_log_occurred_at ON audit_log (occurred_at);
CREATE INDEX idx_audit_log_event_type  ON audit_log (event_type, occurred_at);
CREATE INDEX idx_audit_log_subject     ON audit_log (subject_id, occurred_at) WHERE subject_id IS NOT NULL;
CREATE INDEX idx_audit_log_entity      ON audit_log (entity_type, entity_id)  WHERE entity_id IS NOT NULL;

CREATE FUNCTION reject_audit_log_change() RETURNS TRIGGER
    LANGUAGE plpgsql
AS $$
BEGIN
    RAISE EXCEPTION 'audit_log is append-only: % refused', TG_OP
        USING ERRCODE = 'insufficient_privilege';
END;
$$;

CREATE TRIGGER audit_log_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
    FOR EACH STATEMENT
    EXECUTE FUNCTION reject_audit_log_change();

CREATE TABLE consent (
    consent_id      UUID         PRIMARY KEY DEFAULT gen_random_uuid(),
    subject_id      VARCHAR(64)  NOT NULL,
    data_type       VARCHAR(30)  NOT NULL
        CHECK (data_type IN ('survey', 'wearable', 'clinical_record', 'laboratory', 'messaging')),
    purpose         VARCHAR(50)  NOT NULL DEFAULT 'risk_assessment',
    status          VARCHAR(20)  NOT NULL CHECK (status IN ('granted', 'denied', 'withdrawn', 'expired')),
    policy_version  VARCHAR(20)  NOT NULL,
    recorded_by     VARCHAR(100) NOT NULL,
    granted_at      TIMESTAMPTZ,
    expires_at      TIMESTAMPTZ,
    withdrawn_at    TIMESTAMPTZ,
    created_at      TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at      TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT consent_granted_check   CHECK (status = 'denied' OR granted_at IS NOT NULL),
    CONSTRAINT consent_withdrawn_check CHECK ((status = 'withdrawn') = (withdrawn_at IS NOT NULL)),
    CONSTRAINT consent_expiry_check    CHECK (expires_at > granted_at)
);

COMMENT ON TABLE  consent           IS 'Consent status for data processing, one row a person, kind of data and purpose';
COMMENT ON COLUMN consent.data_type
    IS 'The kind of data that this consent covers; each kind is granted and withdrawn on its own';

CREATE INDEX        idx_consent_subject        ON consent (subject_id, data_type);
CREATE UNIQUE INDEX idx_consent_one_granted    ON consent (subject_id, data_type, purpose) WHERE status = 'granted';
CREATE INDEX        idx_consent_granted_expiry ON consent (expires_at)                     WHERE status = 'granted';

CREATE TABLE human_review_queue (
    review_id          UUID         PRIMARY KEY DEFAULT gen_random_uuid(),
    prediction_id      UUID         NOT NULL REFERENCES predictions (prediction_id),
    priority           SMALLINT     NOT NULL DEFAULT 3 CHECK (priority BETWEEN 1 AND 5),
    status             VARCHAR(20)  NOT NULL DEFAULT 'pending'
        CHECK (status IN ('pending', 'in_review', 'escalated', 'completed', 'cancelled')),
    assigned_to        VARCHAR(100),
    assigned_at        TIMESTAMPTZ,
    due_at             TIMESTAMPTZ  NOT NULL,
    escalation_level   SMALLINT     NOT NULL DEFAULT 0 CHECK (escalation_level BETWEEN 0 AND 3),
    escalated_to       VARCHAR(100),
    escalated_at       TIMESTAMPTZ,
    escalation_reason  TEXT,
    decision           VARCHAR(20)  CHECK (decision IN ('confirmed', 'overridden', 'dismissed')),
    decision_notes     TEXT,
    completed_at       TIMESTAMPTZ,
    created_at         TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at         TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT human_review_queue_escalation_check CHECK ((escalation_level > 0) = (escalated_at IS NOT NULL)),
    CONSTRAINT human_review_queue_completion_check
        CHECK (status <> 'completed' OR (decision IS NOT NULL AND completed_at IS NOT NULL))
);

COMMENT ON TABLE human_review_queue
    IS 'High-risk cases that require human review, with priority and escalation tracking';
COMMENT ON COLUMN human_review_queue.priority IS '1 is the most urgent, 5 the least';

CREATE INDEX idx_human_review_queue_prediction ON human_review_queue (prediction_id);
CREATE UNIQUE INDEX idx_human_review_queue_one_open ON human_review_queue (prediction_id)
    WHERE status IN ('pending', 'in_review', 'escalated');
CREATE INDEX idx_human_review_queue_open ON human_review_queue (priority, due_at)
    WHERE status IN ('pending', 'in_review', 'escalated');
CREATE INDEX idx_human_review_queue_assignee ON human_review_queue (assigned_to, due_at)
    WHERE status IN ('in_review', 'escalated');
