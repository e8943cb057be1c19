-- Every table is there and belongs to a report, and own funds have to add up.

SELECT name,
       EXISTS (
           SELECT FROM pg_constraint
           WHERE  conrelid = to_regclass('regulatory.' || name)
           AND    confrelid = 'regulatory.compliance_reports'::regclass
       ) AS belongs_to_a_report
FROM   unnest(ARRAY[
           'finrep_balance_sheet', 'finrep_income_statement', 'finrep_geographical_data',
           'finrep_forbearance_data', 'corep_own_funds'
       ]) AS name;

SELECT EXISTS (
    SELECT FROM pg_constraint
    WHERE  conrelid = 'regulatory.corep_own_funds'::regclass
    AND    conname = 'corep_own_funds_total_check'
    AND    convalidated
) AS own_funds_add_up;
