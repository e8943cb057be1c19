-- Healthcare providers and the visits that patients pay them.

CREATE TABLE providers (
    id              UUID                     PRIMARY KEY DEFAULT gen_random_uuid(),
    npi             CHAR(10)                 NOT NULL UNIQUE CHECK (npi ~ '^[0-9]{10}$'),
    institution_id  UUID,
    first_name      VARCHAR(100)             NOT NULL,
    last_name       VARCHAR(100)             NOT NULL,
    provider_type   VARCHAR(20)              NOT NULL
        CHECK (provider_type IN ('doctor', 'nurse', 'specialist', 'therapist', 'other')),
    specialty       VARCHAR(100),
    license_number  VARCHAR(50),
    email           VARCHAR(255),
    phone           VARCHAR(50),
    is_active       BOOLEAN                  NOT NULL DEFAULT TRUE,
    created_at      TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at      TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP
);

COMMENT ON TABLE  providers                IS 'Healthcare providers: doctors, nurses, specialists';
COMMENT ON COLUMN providers.npi            IS 'National Provider Identifier';
COMMENT ON COLUMN providers.institution_id IS 'Becomes a foreign key with the institutions, in 004';

CREATE INDEX idx_providers_institution ON providers (institution_id);
CREATE INDEX idx_providers_name        ON providers (lower(last_name), lower(first_name));
CREATE INDEX idx_providers_active      ON providers (specialty) WHERE is_active;

CREATE TABLE visits (
    id               UUID                     PRIMARY KEY DEFAULT gen_random_uuid(),
    patient_id       UUID                     NOT NULL REFERENCES patients (id),
    provider_id      UUID                     NOT NULL REFERENCES providers (id),
    visit_type       VARCHAR(20)              NOT NULL
        CHECK (visit_type IN ('in_person', 'telehealth', 'emergency', 'follow_up')),
    status           VARCHAR(20)              NOT NULL DEFAULT 'scheduled'
        CHECK (status IN ('scheduled', 'in_progress', 'completed', 'cancelled', 'no_show')),
    scheduled_at     TIMESTAMP WITH TIME ZONE NOT NULL,
    started_at       TIMESTAMP WITH TIME ZONE,
    ended_at         TIMESTAMP WITH TIME ZONE,
    reason           TEXT,
    diagnosis_codes  TEXT[]                   NOT NULL DEFAULT '{}',
    notes            TEXT,
    created_at       TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at       TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT visits_period_check CHECK (ended_at >= started_at)
);

COMMENT ON TABLE  visits                 IS 'Encounters of a patient with a provider';
COMMENT ON COLUMN visits.diagnosis_codes IS 'ICD-10 codes';

CREATE INDEX idx_visits_patient  ON visits (patient_id, scheduled_at DESC);
CREATE INDEX idx_visits_provider ON visits (provider_id, scheduled_at DESC);
CREATE INDEX idx_visits_upcoming ON visits (scheduled_at) WHERE status = 'scheduled';
