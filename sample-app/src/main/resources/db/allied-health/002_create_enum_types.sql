-- The enum types of the schema.

CREATE TYPE consent_method_enum    AS ENUM ('verbal', 'written', 'electronic_signature');
CREATE TYPE recording_status_enum  AS ENUM (
    'recording',
    'uploading',
    'uploaded',
    'transcribing',
    'transcribed',
    'failed',
    'deleted'
);
CREATE TYPE storage_provider_enum  AS ENUM ('s3', 'azure_blob');
CREATE TYPE transcript_status_enum AS ENUM ('pending', 'processing', 'completed', 'failed');
CREATE TYPE assessment_type_enum   AS ENUM ('initial', 'review', 'discharge');
CREATE TYPE submission_status_enum AS ENUM ('pending', 'submitted', 'accepted', 'rejected', 'failed');
CREATE TYPE audit_event_type_enum  AS ENUM (
    'consent_recorded',
    'consent_withdrawn',
    'recording_started',
    'recording_uploaded',
    'recording_deleted',
    'transcript_created',
    'clinical_data_extracted',
    'clinical_data_validated',
    'submission_sent',
    'submission_answered',
    'record_viewed',
    'access_denied'
);
