-- Removes the partition of 2024; its events go back to the default partition.

ALTER TABLE regulatory.audit_log DETACH PARTITION regulatory.audit_log_y2024;

INSERT INTO regulatory.audit_log
SELECT * FROM regulatory.audit_log_y2024;

DROP TABLE regulatory.audit_log_y2024;
