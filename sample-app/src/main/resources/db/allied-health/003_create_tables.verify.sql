-- All tables and indexes are there, encrypted fields hold bytes and say that they are encrypted.

-- migrate:check tables
SELECT name, to_regclass(name) IS NOT NULL AS exists
FROM   unnest(ARRAY[
           'consent_records', 'audio_recordings', 'transcripts',
           'clinical_data_records', 'submission_records', 'audit_logs'
       ]) AS name;

-- migrate:check indexes
SELECT count(*) = 25 AS all_indexes_exist
FROM   pg_index
JOIN   pg_class ON pg_class.oid = indexrelid
WHERE  relname LIKE 'ix\_%'
AND    indisvalid
AND    indrelid IN (
           'consent_records'::regclass, 'audio_recordings'::regclass, 'transcripts'::regclass,
           'clinical_data_records'::regclass, 'submission_records'::regclass, 'audit_logs'::regclass
       );

-- migrate:check foreign keys
SELECT count(*) = 4 AS foreign_keys_exist
FROM   pg_constraint
WHERE  contype = 'f'
AND    convalidated
AND    (conrelid, confrelid) IN (
           ('audio_recordings'::regclass,      'consent_records'::regclass),
           ('transcripts'::regclass,           'audio_recordings'::regclass),
           ('clinical_data_records'::regclass, 'transcripts'::regclass),
           ('submission_records'::regclass,    'clinical_data_records'::regclass)
       );

-- migrate:check encrypted fields
SELECT expected.relation,
       expected.field,
       coalesce(atttypid = 'bytea'::regtype, FALSE)                          AS holds_bytes,
       coalesce(col_description(attrelid, attnum) LIKE 'Encrypted:%', FALSE) AS is_marked_as_encrypted
FROM   (VALUES ('consent_records',       'signature_data'),
               ('transcripts',           'raw_text'),
               ('transcripts',           'segments'),
               ('transcripts',           'speakers'),
               ('clinical_data_records', 'extracted_data'),
               ('clinical_data_records', 'validated_data'),
               ('clinical_data_records', 'validation_status'),
               ('submission_records',    'payload'),
               ('audit_logs',            'details')) AS expected (relation, field)
LEFT JOIN pg_attribute ON attrelid = to_regclass(expected.relation) AND attname = expected.field;
