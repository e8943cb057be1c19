CREATE TABLE invoices (id bigint PRIMARY KEY, patient bigint NOT NULL, cents bigint NOT NULL);
