CREATE TABLE visits (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    patient bigint NOT NULL REFERENCES patients,
    seen_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX visits_patient_idx ON visits (patient);
