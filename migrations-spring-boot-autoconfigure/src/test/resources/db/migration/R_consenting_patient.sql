CREATE OR REPLACE VIEW consenting_patient AS SELECT id, name FROM patient WHERE consent;
