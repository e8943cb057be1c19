CREATE TABLE invoice (id bigint PRIMARY KEY, amount_due numeric(10, 2));
