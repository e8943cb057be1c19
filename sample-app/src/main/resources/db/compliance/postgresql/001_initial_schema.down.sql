-- Removes the tables of the initial schema, with their data. The schema stays: the migration history is in it.

DROP TABLE regulatory.data_quality_metrics;
DROP TABLE regulatory.submissions;
DROP TABLE regulatory.regulatory_calendar;
DROP TABLE regulatory.audit_log;
DROP FUNCTION regulatory.reject_audit_log_change();
DROP TABLE regulatory.validation_rules;
DROP TABLE regulatory.compliance_reports;
DROP TABLE regulatory.report_templates;
DROP TABLE regulatory.regulatory_obligations;
DROP TABLE regulatory.customer_jurisdictions;
DROP TABLE regulatory.institutions;
DROP TABLE regulatory.jurisdiction_configs;
