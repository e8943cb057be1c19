CREATE TABLE visit (patient bigint NOT NULL REFERENCES patient, clinic text NOT NULL DEFAULT '${clinic}');
