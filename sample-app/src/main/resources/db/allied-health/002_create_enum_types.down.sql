-- Removes the enum types.

DROP TYPE audit_event_type_enum;
DROP TYPE submission_status_enum;
DROP TYPE assessment_type_enum;
DROP TYPE transcript_status_enum;
DROP TYPE storage_provider_enum;
DROP TYPE recording_status_enum;
DROP TYPE consent_method_enum;
