-- Removes the archive. It holds copies: the events are still in the audit trail.

DROP TABLE regulatory.audit_log_archive;
