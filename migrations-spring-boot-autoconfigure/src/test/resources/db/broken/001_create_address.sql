CREATE TABLE address (patient bigint NOT NULL);
