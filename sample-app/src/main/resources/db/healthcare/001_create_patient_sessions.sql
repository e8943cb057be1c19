-- Patient session tracking.

CREATE TABLE patient_sessions (
    id                  UUID                     PRIMARY KEY DEFAULT gen_random_uuid(),
    patient_id          UUID                     NOT NULL,
    session_token_hash  CHAR(64)                 NOT NULL UNIQUE CHECK (session_token_hash ~ '^[0-9a-f]{64}$'),
    ip_address          INET,
    user_agent          TEXT,
    started_at          TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP,
    last_activity_at    TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP,
    expires_at          TIMESTAMP WITH TIME ZONE NOT NULL,
    ended_at            TIMESTAMP WITH TIME ZONE,
    created_at          TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at          TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT patient_sessions_expiry_check CHECK (expires_at > started_at),
    CONSTRAINT patient_sessions_end_check    CHECK (ended_at >= started_at)
);

COMMENT ON TABLE  patient_sessions                    IS 'Sessions of patients in the federation';
COMMENT ON COLUMN patient_sessions.patient_id
    IS 'No foreign key: the gateway opens sessions on its own, also before it has a record of the patient';
COMMENT ON COLUMN patient_sessions.session_token_hash IS 'SHA-256 of the token; the token itself is never stored';

CREATE INDEX idx_patient_sessions_patient ON patient_sessions (patient_id, started_at DESC);
CREATE INDEX idx_patient_sessions_open    ON patient_sessions (expires_at) WHERE ended_at IS NULL;
