-- Removes institutions, with their data, and the providers' link to them.

ALTER TABLE providers DROP CONSTRAINT providers_institution_id_fkey;

DROP TABLE institutions;
