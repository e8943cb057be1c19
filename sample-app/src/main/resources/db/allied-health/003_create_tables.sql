-- The tables from consent to submission, the audit trail, and the indexes of all of them. The application encrypts
-- and decrypts the fields marked as encrypted.

CREATE TABLE consent_records (
    consent_id       UUID                PRIMARY KEY DEFAULT gen_random_uuid(),
    session_id       UUID                NOT NULL,
    clinician_id     VARCHAR(100)        NOT NULL,
    client_id        VARCHAR(100)        NOT NULL,
    consent_method   consent_method_enum NOT NULL,
    consent_given    BOOLEAN             NOT NULL,
    consent_version  VARCHAR(20)         NOT NULL,
    signature_data   BYTEA,
    consented_at     TIMESTAMPTZ         NOT NULL DEFAULT CURRENT_TIMESTAMP,
    withdrawn_at     TIMESTAMPTZ,
    created_at       TIMESTAMPTZ         NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at       TIMESTAMPTZ         NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT consent_records_withdrawal_check CHECK (withdrawn_at >= consented_at)
);

COMMENT ON TABLE  consent_records                 IS 'Consent to the recording of a session';
COMMENT ON COLUMN consent_records.consent_version IS 'Version of the wording that was agreed to';
COMMENT ON COLUMN consent_records.signature_data  IS 'Encrypted: signature of the client';

CREATE INDEX ix_consent_records_session_id             ON consent_records (session_id);
CREATE INDEX ix_consent_records_clinician_id           ON consent_records (clinician_id);
CREATE INDEX ix_consent_records_client_id              ON consent_records (client_id);
CREATE INDEX ix_consent_records_client_id_consented_at ON consent_records (client_id, consented_at);

CREATE TABLE audio_recordings (
    recording_id       UUID                  PRIMARY KEY DEFAULT gen_random_uuid(),
    consent_record_id  UUID                  NOT NULL REFERENCES consent_records (consent_id),
    session_id         UUID                  NOT NULL,
    clinician_id       VARCHAR(100)          NOT NULL,
    client_id          VARCHAR(100)          NOT NULL,
    status             recording_status_enum NOT NULL DEFAULT 'recording',
    storage_provider   storage_provider_enum,
    storage_key        VARCHAR(1024),
    content_type       VARCHAR(100)          NOT NULL,
    content_hash       VARCHAR(64)           CHECK (content_hash ~ '^[0-9a-f]{64}$'),
    size_bytes         BIGINT                CHECK (size_bytes >= 0),
    duration_seconds   NUMERIC(10, 3)        CHECK (duration_seconds >= 0),
    recorded_at        TIMESTAMPTZ           NOT NULL DEFAULT CURRENT_TIMESTAMP,
    uploaded_at        TIMESTAMPTZ,
    deleted_at         TIMESTAMPTZ,
    created_at         TIMESTAMPTZ           NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at         TIMESTAMPTZ           NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT audio_recordings_storage_check CHECK ((storage_provider IS NULL) = (storage_key IS NULL))
);

COMMENT ON TABLE  audio_recordings              IS 'Metadata of audio recordings';
COMMENT ON COLUMN audio_recordings.storage_key
    IS 'Where the file is in S3 or Azure, which encrypt it on the server side';
COMMENT ON COLUMN audio_recordings.content_hash IS 'SHA-256 of the file';

CREATE INDEX ix_audio_recordings_session_id        ON audio_recordings (session_id);
CREATE INDEX ix_audio_recordings_clinician_id      ON audio_recordings (clinician_id);
CREATE INDEX ix_audio_recordings_client_id         ON audio_recordings (client_id);
CREATE INDEX ix_audio_recordings_consent_record_id ON audio_recordings (consent_record_id);
CREATE INDEX ix_audio_recordings_session_id_status ON audio_recordings (session_id, status);

CREATE TABLE transcripts (
    transcript_id     UUID                   PRIMARY KEY DEFAULT gen_random_uuid(),
    recording_id      UUID                   NOT NULL REFERENCES audio_recordings (recording_id),
    session_id        UUID                   NOT NULL,
    status            transcript_status_enum NOT NULL DEFAULT 'pending',
    raw_text          BYTEA,
    segments          BYTEA,
    speakers          BYTEA,
    language          VARCHAR(10)            NOT NULL DEFAULT 'en-AU',
    confidence_score  NUMERIC(5, 4)          CHECK (confidence_score BETWEEN 0 AND 1),
    model_name        VARCHAR(100),
    error_message     TEXT,
    created_at        TIMESTAMPTZ            NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at        TIMESTAMPTZ            NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT transcripts_completion_check CHECK (status <> 'completed' OR raw_text IS NOT NULL)
);

COMMENT ON TABLE  transcripts          IS 'Results of transcription';
COMMENT ON COLUMN transcripts.raw_text IS 'Encrypted: the whole text';
COMMENT ON COLUMN transcripts.segments IS 'Encrypted: JSON, the text in segments with their times';
COMMENT ON COLUMN transcripts.speakers IS 'Encrypted: JSON, who speaks';

CREATE INDEX ix_transcripts_recording_id ON transcripts (recording_id);
CREATE INDEX ix_transcripts_session_id   ON transcripts (session_id);

CREATE TABLE clinical_data_records (
    clinical_data_id   UUID                 PRIMARY KEY DEFAULT gen_random_uuid(),
    transcript_id      UUID                 NOT NULL REFERENCES transcripts (transcript_id),
    session_id         UUID                 NOT NULL,
    assessment_type    assessment_type_enum NOT NULL DEFAULT 'initial',
    extracted_data     BYTEA                NOT NULL,
    validated_data     BYTEA,
    validation_status  BYTEA,
    model_name         VARCHAR(100)         NOT NULL,
    validated_by       VARCHAR(100),
    validated_at       TIMESTAMPTZ,
    submission_id      UUID,
    created_at         TIMESTAMPTZ          NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at         TIMESTAMPTZ          NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT clinical_data_records_validation_check CHECK ((validated_by IS NULL) = (validated_at IS NULL))
);

COMMENT ON TABLE  clinical_data_records                   IS 'Clinical data extracted from transcripts';
COMMENT ON COLUMN clinical_data_records.extracted_data    IS 'Encrypted: JSON, as extracted';
COMMENT ON COLUMN clinical_data_records.validated_data    IS 'Encrypted: JSON, as corrected by the clinician';
COMMENT ON COLUMN clinical_data_records.validation_status IS 'Encrypted: JSON, the state of each field';
COMMENT ON COLUMN clinical_data_records.submission_id
    IS 'The submission that was accepted. No foreign key: submission_records points here already';

CREATE INDEX ix_clinical_data_records_transcript_id ON clinical_data_records (transcript_id);
CREATE INDEX ix_clinical_data_records_session_id    ON clinical_data_records (session_id);
CREATE INDEX ix_clinical_data_records_validated_by  ON clinical_data_records (validated_by);
CREATE INDEX ix_clinical_data_records_submission_id ON clinical_data_records (submission_id);

CREATE TABLE submission_records (
    submission_id     UUID                   PRIMARY KEY DEFAULT gen_random_uuid(),
    clinical_data_id  UUID                   NOT NULL REFERENCES clinical_data_records (clinical_data_id),
    session_id        UUID                   NOT NULL,
    clinician_id      VARCHAR(100)           NOT NULL,
    portal_name       VARCHAR(100)           NOT NULL,
    portal_record_id  VARCHAR(100),
    status            submission_status_enum NOT NULL DEFAULT 'pending',
    payload           BYTEA                  NOT NULL,
    attempts          INTEGER                NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    error_message     TEXT,
    submitted_at      TIMESTAMPTZ,
    created_at        TIMESTAMPTZ            NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at        TIMESTAMPTZ            NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT submission_records_submitted_check
        CHECK (status NOT IN ('submitted', 'accepted', 'rejected') OR submitted_at IS NOT NULL)
);

COMMENT ON TABLE  submission_records                  IS 'Submissions to portals';
COMMENT ON COLUMN submission_records.portal_record_id IS 'The identifier that the portal gave';
COMMENT ON COLUMN submission_records.payload          IS 'Encrypted: JSON, what was sent';

CREATE INDEX ix_submission_records_clinical_data_id  ON submission_records (clinical_data_id);
CREATE INDEX ix_submission_records_session_id        ON submission_records (session_id);
CREATE INDEX ix_submission_records_clinician_id      ON submission_records (clinician_id);
CREATE INDEX ix_submission_records_portal_record_id  ON submission_records (portal_record_id);
CREATE INDEX ix_submission_records_status_created_at ON submission_records (status, created_at);

CREATE TABLE audit_logs (
    log_id         UUID                  PRIMARY KEY DEFAULT gen_random_uuid(),
    timestamp      TIMESTAMPTZ           NOT NULL DEFAULT CURRENT_TIMESTAMP,
    event_type     audit_event_type_enum NOT NULL,
    session_id     UUID,
    clinician_id   VARCHAR(100),
    resource_type  VARCHAR(50),
    resource_id    UUID,
    ip_address     INET,
    details        BYTEA
);

COMMENT ON TABLE  audit_logs         IS 'Audit trail; outlives the records it names, so it has no foreign keys';
COMMENT ON COLUMN audit_logs.details IS 'Encrypted: JSON';

CREATE INDEX ix_audit_logs_timestamp            ON audit_logs (timestamp);
CREATE INDEX ix_audit_logs_event_type           ON audit_logs (event_type);
CREATE INDEX ix_audit_logs_session_id           ON audit_logs (session_id);
CREATE INDEX ix_audit_logs_clinician_id         ON audit_logs (clinician_id);
CREATE INDEX ix_audit_logs_session_id_timestamp ON audit_logs (session_id, timestamp);
