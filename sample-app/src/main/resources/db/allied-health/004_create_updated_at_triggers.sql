-- Keeps updated_at current on every table that has it. The audit trail has none: its rows do not change.

CREATE FUNCTION update_updated_at_column() RETURNS TRIGGER
    LANGUAGE plpgsql
AS $$
BEGIN
    NEW.updated_at = CURRENT_TIMESTAMP;
    RETURN NEW;
END;
$$;

COMMENT ON FUNCTION update_updated_at_column() IS 'Sets updated_at of a changed row to the time of the transaction';

CREATE TRIGGER update_consent_records_updated_at
    BEFORE UPDATE ON consent_records
    FOR EACH ROW
    EXECUTE FUNCTION update_updated_at_column();

CREATE TRIGGER update_audio_recordings_updated_at
    BEFORE UPDATE ON audio_recordings
    FOR EACH ROW
    EXECUTE FUNCTION update_updated_at_column();

CREATE TRIGGER update_transcripts_updated_at
    BEFORE UPDATE ON transcripts
    FOR EACH ROW
    EXECUTE FUNCTION update_updated_at_column();

CREATE TRIGGER update_clinical_data_records_updated_at
    BEFORE UPDATE ON clinical_data_records
    FOR EACH ROW
    EXECUTE FUNCTION update_updated_at_column();

CREATE TRIGGER update_submission_records_updated_at
    BEFORE UPDATE ON submission_records
    FOR EACH ROW
    EXECUTE FUNCTION update_updated_at_column();
