-- Removes allergies, with their data.

DROP TABLE patient_allergies;
