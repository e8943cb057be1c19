-- Every table with an updated_at has an enabled trigger that keeps it current.

SELECT attrelid::regclass AS relation,
       EXISTS (
           SELECT FROM pg_trigger
           WHERE  tgrelid = attrelid
           AND    tgfoid = 'update_updated_at_column'::regproc
           AND    tgenabled = 'O'
       ) AS keeps_updated_at
FROM   pg_attribute
WHERE  attname = 'updated_at'
AND    attrelid IN (
           'consent_records'::regclass, 'audio_recordings'::regclass, 'transcripts'::regclass,
           'clinical_data_records'::regclass, 'submission_records'::regclass, 'audit_logs'::regclass
       );
