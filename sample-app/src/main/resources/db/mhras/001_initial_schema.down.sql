-- Removes predictions, the audit trail, consent and the review queue, with their data.

DROP TABLE human_review_queue;
DROP TABLE consent;
DROP TABLE audit_log;
DROP FUNCTION reject_audit_log_change();
DROP TABLE predictions;
