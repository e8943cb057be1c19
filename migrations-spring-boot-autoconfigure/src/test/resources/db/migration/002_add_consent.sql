ALTER TABLE patient ADD consent boolean NOT NULL DEFAULT false;
