ALTER TABLE patient DROP consent;
