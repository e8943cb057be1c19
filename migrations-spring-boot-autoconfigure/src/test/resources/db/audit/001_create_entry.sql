CREATE TABLE entry (id bigint PRIMARY KEY, what text NOT NULL);
