-- Removes patient sessions, with their data.

DROP TABLE patient_sessions;
