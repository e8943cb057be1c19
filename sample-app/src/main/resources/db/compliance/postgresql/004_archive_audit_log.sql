-- A copy of the audit events that are older than seven years.

CREATE TABLE regulatory.audit_log_archive AS
SELECT * FROM regulatory.audit_log
WHERE event_timestamp < CURRENT_DATE - INTERVAL '7 years';

ALTER TABLE regulatory.audit_log_archive
    ADD CONSTRAINT audit_log_archive_pkey PRIMARY KEY (audit_id, event_timestamp),
    ADD CONSTRAINT audit_log_archive_action_check
        CHECK (action IN ('create', 'read', 'update', 'delete', 'approve', 'submit', 'login', 'export')),
    ALTER COLUMN event_type  SET NOT NULL,
    ALTER COLUMN entity_type SET NOT NULL,
    ALTER COLUMN entity_id   SET NOT NULL,
    ALTER COLUMN action      SET NOT NULL,
    ALTER COLUMN user_id     SET NOT NULL,
    ADD COLUMN   archived_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP;

COMMENT ON TABLE regulatory.audit_log_archive
    IS 'Audit events older than seven years; no foreign keys, so that it can be moved elsewhere';

CREATE INDEX idx_audit_log_archive_event_timestamp ON regulatory.audit_log_archive (event_timestamp);
CREATE INDEX idx_audit_log_archive_entity          ON regulatory.audit_log_archive (entity_type, entity_id);
