-- Every table is there with its primary key, the audit trail is partitioned and immutable, checks are in force.

SELECT name,
       EXISTS (
           SELECT FROM pg_constraint
           WHERE  conrelid = to_regclass('regulatory.' || name)
           AND    contype = 'p'
       ) AS exists_with_primary_key
FROM   unnest(ARRAY[
           'jurisdiction_configs', 'customer_jurisdictions', 'regulatory_obligations', 'report_templates',
           'compliance_reports', 'validation_rules', 'audit_log', 'institutions', 'regulatory_calendar',
           'submissions', 'data_quality_metrics'
       ]) AS name;

SELECT relkind = 'p' AS audit_log_is_partitioned
FROM   pg_class
WHERE  oid = 'regulatory.audit_log'::regclass;

SELECT count(*) = 2 AS audit_log_is_immutable
FROM   pg_trigger
WHERE  tgrelid = 'regulatory.audit_log'::regclass
AND    tgfoid = 'regulatory.reject_audit_log_change'::regproc
AND    tgenabled = 'O';

SELECT count(*) = 3 AS checks_are_in_force
FROM   pg_constraint
WHERE  contype = 'c'
AND    convalidated
AND    (conrelid, conname) IN (
           ('regulatory.institutions'::regclass,         'institutions_lei_check'),
           ('regulatory.compliance_reports'::regclass,   'compliance_reports_four_eyes_check'),
           ('regulatory.data_quality_metrics'::regclass, 'data_quality_metrics_failed_check')
       );
