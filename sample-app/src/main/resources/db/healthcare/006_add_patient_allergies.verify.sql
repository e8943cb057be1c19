-- Allergies are there and are found by patient.

SELECT to_regclass('patient_allergies') IS NOT NULL AS table_exists;

SELECT indisvalid AS index_is_valid
FROM   pg_index
WHERE  indexrelid = 'idx_patient_allergies_patient'::regclass;
