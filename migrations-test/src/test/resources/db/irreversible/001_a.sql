CREATE TABLE a (id bigint PRIMARY KEY);
CREATE INDEX a_idx ON a (id);
