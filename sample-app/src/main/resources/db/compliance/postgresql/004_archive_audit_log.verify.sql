-- The archive has its primary key, and only events that are old enough.

SELECT EXISTS (
    SELECT FROM pg_constraint
    WHERE  conrelid = 'regulatory.audit_log_archive'::regclass
    AND    contype = 'p'
) AS archive_has_primary_key;

SELECT count(*) = 0 AS archive_has_only_old_events
FROM   regulatory.audit_log_archive
WHERE  event_timestamp >= CURRENT_DATE - INTERVAL '7 years';
