CREATE TABLE patients (id bigint PRIMARY KEY, name text NOT NULL, age integer);
