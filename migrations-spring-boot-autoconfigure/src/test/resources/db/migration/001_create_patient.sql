CREATE TABLE patient (
    id   bigint PRIMARY KEY,
    name text   NOT NULL
);
