-- A partition of its own for the audit trail of 2024, with the events that are in the default partition already.
-- The bounds name their zone: a year must not begin at the time zone of whoever runs this.

-- PostgreSQL refuses a partition whose rows are in the default one. Detached, that is an ordinary table, without the
-- trigger that keeps the trail immutable, so its rows can move.
ALTER TABLE regulatory.audit_log DETACH PARTITION regulatory.audit_log_default;

CREATE TABLE regulatory.audit_log_y2024 PARTITION OF regulatory.audit_log
    FOR VALUES FROM ('2024-01-01 00:00+00') TO ('2025-01-01 00:00+00');

CREATE TRIGGER audit_log_y2024_no_truncate
    BEFORE TRUNCATE ON regulatory.audit_log_y2024
    FOR EACH STATEMENT
    EXECUTE FUNCTION regulatory.reject_audit_log_change();

COMMENT ON TABLE regulatory.audit_log_y2024 IS 'Events of 2024';

WITH moved AS (
    DELETE FROM regulatory.audit_log_default
    WHERE  event_timestamp >= '2024-01-01 00:00+00'
    AND    event_timestamp <  '2025-01-01 00:00+00'
    RETURNING *
)
INSERT INTO regulatory.audit_log
SELECT * FROM moved;

ALTER TABLE regulatory.audit_log ATTACH PARTITION regulatory.audit_log_default DEFAULT;
