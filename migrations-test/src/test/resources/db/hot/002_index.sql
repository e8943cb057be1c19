CREATE INDEX CONCURRENTLY patients_name_idx ON patients (name);
