-- Removes the triggers and their function.

DROP TRIGGER update_submission_records_updated_at ON submission_records;
DROP TRIGGER update_clinical_data_records_updated_at ON clinical_data_records;
DROP TRIGGER update_transcripts_updated_at ON transcripts;
DROP TRIGGER update_audio_recordings_updated_at ON audio_recordings;
DROP TRIGGER update_consent_records_updated_at ON consent_records;

DROP FUNCTION update_updated_at_column();
