ALTER TABLE patients ADD COLUMN allergies text;

UPDATE patients
SET    allergies = (SELECT string_agg(allergy, ', ' ORDER BY allergy) FROM patient_allergies WHERE patient = patients.id);

DROP TABLE patient_allergies;
