-- Removes patients, with their data.

DROP TABLE patients;
