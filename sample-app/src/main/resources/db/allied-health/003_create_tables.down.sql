-- Removes all tables, with their data.

DROP TABLE audit_logs;
DROP TABLE submission_records;
DROP TABLE clinical_data_records;
DROP TABLE transcripts;
DROP TABLE audio_recordings;
DROP TABLE consent_records;
