ALTER TABLE patients ALTER COLUMN age TYPE bigint;
