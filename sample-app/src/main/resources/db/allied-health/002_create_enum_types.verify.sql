-- Every enum type is there.

-- migrate:check enum types
SELECT name,
       EXISTS (SELECT FROM pg_type WHERE oid = to_regtype(name) AND typtype = 'e') AS is_an_enum
FROM   unnest(ARRAY[
           'consent_method_enum', 'recording_status_enum', 'storage_provider_enum', 'transcript_status_enum',
           'assessment_type_enum', 'submission_status_enum', 'audit_event_type_enum'
       ]) AS name;
