-- The four tables are there, the audit trail refuses changes, and the checks that guard decisions are in force.

SELECT to_regclass('predictions')        IS NOT NULL
   AND to_regclass('audit_log')          IS NOT NULL
   AND to_regclass('consent')            IS NOT NULL
   AND to_regclass('human_review_queue') IS NOT NULL AS tables_exist;

SELECT EXISTS (
    SELECT FROM pg_trigger
    WHERE  tgrelid = 'audit_log'::regclass
    AND    tgname = 'audit_log_append_only'
    AND    tgenabled = 'O'
) AS audit_log_is_append_only;

SELECT count(*) = 4 AS checks_are_in_force
FROM   pg_constraint
WHERE  contype = 'c'
AND    convalidated
AND    (conrelid, conname) IN (
           ('predictions'::regclass,        'predictions_risk_score_check'),
           ('consent'::regclass,            'consent_withdrawn_check'),
           ('human_review_queue'::regclass, 'human_review_queue_priority_check'),
           ('human_review_queue'::regclass, 'human_review_queue_completion_check')
       );

SELECT indisunique AND indisvalid AS one_open_review_a_prediction
FROM   pg_index
WHERE  indexrelid = 'idx_human_review_queue_one_open'::regclass;
