-- No text here changes when it is loaded again, so that an observer without any knowledge can compare.
-- What needs what in unusual orders, and what has unusual names.
CREATE SCHEMA "Order";
CREATE SCHEMA a;
CREATE DOMAIN a.short AS varchar(20);
CREATE DOMAIN a.shorter AS a.short CONSTRAINT shorter_kind CHECK (VALUE <> 'x');
CREATE TABLE "Order"."user" (id serial PRIMARY KEY, "select" int NOT NULL DEFAULT 1, "Weird ""one" text, "%s" a.shorter);
COMMENT ON TABLE "Order"."user" IS 'it''s \ "odd"';
-- A view that needs a primary key, and one that needs it.
CREATE VIEW a.z_first AS SELECT u.id, u."select", count(*) AS n FROM "Order"."user" u GROUP BY u.id;
CREATE VIEW a.b_second AS SELECT z.*, now() AS at FROM a.z_first z;
CREATE VIEW a.a_third WITH (security_barrier = true) AS SELECT id FROM a.b_second;
ALTER VIEW a.a_third ALTER COLUMN id SET DEFAULT 7;
CREATE MATERIALIZED VIEW a.kept AS SELECT id, n FROM a.b_second WITH NO DATA;
CREATE INDEX kept_id ON a.kept (id);
ALTER MATERIALIZED VIEW a.kept ALTER COLUMN n SET STATISTICS 11;
-- Foreign keys in a circle, and to oneself.
CREATE TABLE a.one (id bigint PRIMARY KEY, two_id bigint, up bigint REFERENCES a.one);
CREATE TABLE a.two (id bigint PRIMARY KEY, three_id bigint, code text);
CREATE TABLE a.three (id bigint PRIMARY KEY, one_id bigint REFERENCES a.one DEFERRABLE INITIALLY DEFERRED, code text);
ALTER TABLE a.one ADD CONSTRAINT one_two FOREIGN KEY (two_id) REFERENCES a.two ON UPDATE CASCADE;
ALTER TABLE a.two ADD CONSTRAINT two_three FOREIGN KEY (three_id) REFERENCES a.three;
-- One to an index that is no constraint.
CREATE UNIQUE INDEX two_code ON a.two (code);
ALTER TABLE a.three ADD CONSTRAINT three_code FOREIGN KEY (code) REFERENCES a.two (code);
-- A function and a table that need each other.
CREATE TABLE a.pairs (id int, label text);
CREATE FUNCTION a.newest() RETURNS SETOF a.pairs LANGUAGE sql STABLE AS 'SELECT * FROM a.pairs';
CREATE FUNCTION a.next_id(by int DEFAULT 2) RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN (SELECT max(id) + by FROM a.newest()); END';
ALTER TABLE a.pairs ALTER COLUMN id SET DEFAULT a.next_id();
CREATE FUNCTION a.label_of(p a.pairs) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT p.label';
CREATE INDEX pairs_label ON a.pairs (a.label_of(pairs)) INCLUDE (id);
CREATE FUNCTION a.doubled(x int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT x * 2';
CREATE FUNCTION a.doubled(x text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT x || x';
CREATE TABLE a.generated (n int CHECK (a.doubled(n) < 100), m int GENERATED ALWAYS AS (a.doubled(n)) STORED, EXCLUDE USING btree (m WITH =) WHERE (n > 0));
CREATE PROCEDURE a.nothing(IN x int, VARIADIC rest text[]) LANGUAGE plpgsql AS 'BEGIN END';
-- Partitions of partitions, with keys, indexes, triggers and defaults.
CREATE TABLE a.measures (at date NOT NULL, region text NOT NULL DEFAULT 'eu', v numeric(10, 2), PRIMARY KEY (at, region)) PARTITION BY RANGE (at);
CREATE TABLE a.measures_2026 PARTITION OF a.measures (v DEFAULT 0) FOR VALUES FROM ('2026-01-01') TO ('2027-01-01') PARTITION BY LIST (region);
CREATE TABLE a.measures_2026_eu PARTITION OF a.measures_2026 (v NOT NULL) FOR VALUES IN ('eu', 'uk');
CREATE TABLE a.measures_rest PARTITION OF a.measures DEFAULT;
CREATE INDEX measures_v ON a.measures (v);
CREATE INDEX eu_only ON a.measures_2026_eu (v) WHERE v > 5;
CREATE TABLE a.of_measure (at date, region text, FOREIGN KEY (at, region) REFERENCES a.measures);
CREATE FUNCTION a.noop() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER measures_noop AFTER INSERT ON a.measures FOR EACH ROW EXECUTE FUNCTION a.noop();
CREATE CONSTRAINT TRIGGER one_late AFTER INSERT ON a.one DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION a.noop();
ALTER TABLE a.one ENABLE ALWAYS TRIGGER one_late;
CREATE TRIGGER third_instead INSTEAD OF INSERT ON a.a_third FOR EACH ROW EXECUTE FUNCTION a.noop();
-- Inheritance with merged columns, defaults and constraints.
CREATE TABLE a.animal (id int DEFAULT 1, name text NOT NULL, CONSTRAINT animal_name CHECK (name <> ''), CONSTRAINT animal_id CHECK (id > 0) NO INHERIT);
CREATE TABLE a.dog (name text, bark text DEFAULT 'wuff') INHERITS (a.animal);
ALTER TABLE a.dog ALTER COLUMN id DROP DEFAULT, ALTER COLUMN id SET NOT NULL;
ALTER TABLE a.animal ALTER COLUMN name SET STORAGE EXTERNAL;
-- States that name an index; options.
CREATE UNIQUE INDEX animal_key ON a.animal (name);
ALTER TABLE a.animal REPLICA IDENTITY USING INDEX animal_key;
ALTER TABLE a.two CLUSTER ON two_pkey;
ALTER TABLE a.two SET (autovacuum_enabled = false, fillfactor = 55);
ALTER INDEX a.two_pkey SET (fillfactor = 66);
ALTER INDEX a.pairs_label ALTER COLUMN 1 SET STATISTICS 99;
COMMENT ON INDEX a.two_pkey IS 'of the index';
COMMENT ON CONSTRAINT two_pkey ON a.two IS 'of the constraint';
COMMENT ON CONSTRAINT shorter_kind ON DOMAIN a.shorter IS 'of the domain';
COMMENT ON FUNCTION a.doubled(int) IS 'twice';
COMMENT ON TRIGGER one_late ON a.one IS 'late';
COMMENT ON VIEW a.a_third IS 'third';
COMMENT ON COLUMN a.kept.n IS 'how many';
-- Aggregates.
CREATE FUNCTION a.add(int, int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 + $2';
CREATE FUNCTION a.minus(int, int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 - $2';
CREATE AGGREGATE a.total(int) (SFUNC = a.add, STYPE = int, COMBINEFUNC = a.add, INITCOND = '0', MSFUNC = a.add, MINVFUNC = a.minus, MSTYPE = int, MINITCOND = '0', PARALLEL = SAFE);
CREATE AGGREGATE a.middle(float8 ORDER BY anyelement) (SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = percentile_disc_final, FINALFUNC_EXTRA);
CREATE FUNCTION a.one_more(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 + 1';
CREATE AGGREGATE a.rows(*) (SFUNC = a.one_more, STYPE = int, INITCOND = '0');
COMMENT ON AGGREGATE a.rows(*) IS 'rows';
CREATE AGGREGATE a.largest(int) (SFUNC = int4larger, STYPE = int, SORTOP = >);
-- Policies, rights.
CREATE POLICY by_function ON a.two USING (a.doubled(id::int) > 0);
CREATE POLICY for_one ON a.two FOR INSERT WITH CHECK (code <> '');
ALTER TABLE a.two ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT ON a.two TO PUBLIC;
GRANT UPDATE (code) ON a.two TO PUBLIC;
GRANT USAGE ON SCHEMA a TO PUBLIC;
REVOKE EXECUTE ON FUNCTION a.doubled(int) FROM PUBLIC;
REVOKE USAGE ON DOMAIN a.short FROM PUBLIC;
REVOKE USAGE ON SCHEMA public FROM PUBLIC;
-- Extensions, and what uses them.
CREATE EXTENSION hstore SCHEMA a;
CREATE TABLE a.bag (h a.hstore DEFAULT 'a=>1');
CREATE INDEX bag_h ON a.bag USING gin (h);
CREATE TYPE a.float_range AS RANGE (subtype = float8, subtype_diff = float8mi);
CREATE TYPE a.nested AS (r a.float_range, d a.shorter[]);
CREATE TABLE a.nesting (n a.nested, ns a.nested[]);
CREATE SEQUENCE a.down INCREMENT -2 MAXVALUE 100 MINVALUE -100 START 50;
CREATE TABLE a.counted (id smallint GENERATED BY DEFAULT AS IDENTITY (INCREMENT -1 MINVALUE -5 MAXVALUE -1 START -2 CYCLE));
CREATE TABLE a.nothing_at_all ();
CREATE PUBLICATION everything FOR ALL TABLES;
ALTER DEFAULT PRIVILEGES IN SCHEMA a GRANT SELECT ON TABLES TO PUBLIC;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
