CREATE TABLE patient (id bigint PRIMARY KEY);
