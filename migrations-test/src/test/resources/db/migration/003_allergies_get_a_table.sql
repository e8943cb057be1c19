CREATE TABLE patient_allergies (
    patient bigint NOT NULL REFERENCES patients,
    allergy text NOT NULL,
    PRIMARY KEY (patient, allergy)
);

INSERT INTO patient_allergies (patient, allergy)
SELECT id, trim(allergy)
FROM   patients, string_to_table(allergies, ',') AS allergy;

ALTER TABLE patients DROP COLUMN allergies;
