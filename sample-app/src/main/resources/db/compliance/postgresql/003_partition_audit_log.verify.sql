-- Both partitions belong to the audit trail and are immutable like it, and no event of 2024 is left in the default one.

SELECT count(*) = 2 AS partitions_are_attached
FROM   pg_inherits
WHERE  inhparent = 'regulatory.audit_log'::regclass
AND    inhrelid IN ('regulatory.audit_log_y2024'::regclass, 'regulatory.audit_log_default'::regclass);

SELECT count(*) = 4 AS partitions_are_immutable
FROM   pg_trigger
WHERE  tgfoid = 'regulatory.reject_audit_log_change'::regproc
AND    tgenabled = 'O'
AND    tgrelid IN ('regulatory.audit_log_y2024'::regclass, 'regulatory.audit_log_default'::regclass);

SELECT count(*) = 0 AS events_have_moved
FROM   regulatory.audit_log_default
WHERE  event_timestamp >= '2024-01-01 00:00+00'
AND    event_timestamp <  '2025-01-01 00:00+00';
