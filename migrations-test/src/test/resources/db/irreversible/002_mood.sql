CREATE TYPE mood AS ENUM ('ok', 'bad');
ALTER TABLE a ADD COLUMN mood mood;
