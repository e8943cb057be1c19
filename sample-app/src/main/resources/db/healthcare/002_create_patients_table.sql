-- Core patient demographics and medical records.

CREATE TABLE patients (
    id                     UUID                     PRIMARY KEY DEFAULT gen_random_uuid(),
    medical_record_number  VARCHAR(50)              NOT NULL UNIQUE,
    first_name             VARCHAR(100)             NOT NULL,
    last_name              VARCHAR(100)             NOT NULL,
    date_of_birth          DATE                     NOT NULL CHECK (date_of_birth >= DATE '1900-01-01'),
    gender                 VARCHAR(20)              CHECK (gender IN ('female', 'male', 'other', 'unknown')),
    email                  VARCHAR(255),
    phone                  VARCHAR(50),
    address                JSONB                    NOT NULL DEFAULT '{}',
    emergency_contact      JSONB                    NOT NULL DEFAULT '{}',
    preferred_language     VARCHAR(10)              NOT NULL DEFAULT 'en',
    blood_type             VARCHAR(3)
        CHECK (blood_type IN ('A+', 'A-', 'B+', 'B-', 'AB+', 'AB-', 'O+', 'O-')),
    medical_history        JSONB                    NOT NULL DEFAULT '[]'
        CHECK (jsonb_typeof(medical_history) = 'array'),
    current_medications    JSONB                    NOT NULL DEFAULT '[]'
        CHECK (jsonb_typeof(current_medications) = 'array'),
    is_active              BOOLEAN                  NOT NULL DEFAULT TRUE,
    deceased_at            TIMESTAMP WITH TIME ZONE,
    created_at             TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at             TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP
);

COMMENT ON TABLE patients IS 'Patient demographics and medical record information';

CREATE INDEX idx_patients_name          ON patients (lower(last_name), lower(first_name));
CREATE INDEX idx_patients_date_of_birth ON patients (date_of_birth);
CREATE INDEX idx_patients_email         ON patients (lower(email)) WHERE email IS NOT NULL;
