-- One of each kind that a schema has on PostgreSQL 13.
CREATE SCHEMA clinic;
COMMENT ON SCHEMA clinic IS 'Patients and their visits';
CREATE COLLATION clinic.german (provider = icu, locale = 'de');
CREATE TYPE clinic.status AS ENUM ('active', 'closed');
ALTER TYPE clinic.status ADD VALUE 'paused' BEFORE 'closed';
CREATE TYPE clinic.span AS RANGE (subtype = time);
CREATE DOMAIN clinic.nhs_number AS varchar(10) NOT NULL DEFAULT '0000000000' CONSTRAINT nhs_digits CHECK (VALUE ~ '^[0-9]{10}$');
CREATE TYPE clinic.address AS (street text, post_code varchar(8) COLLATE "C");
CREATE SEQUENCE clinic.numbers AS integer INCREMENT 5 MINVALUE 10 MAXVALUE 1000 START 20 CACHE 3 CYCLE;
CREATE FUNCTION clinic.next_number(step integer DEFAULT 1) RETURNS bigint LANGUAGE sql AS $$ SELECT nextval('clinic.numbers') + step $$;
CREATE TABLE clinic.patients (
  id bigint GENERATED ALWAYS AS IDENTITY (START 100 INCREMENT 10),
  legacy_id serial,
  dropped text,
  number bigint DEFAULT clinic.next_number(),
  nhs clinic.nhs_number,
  status clinic.status NOT NULL DEFAULT 'active',
  sex varchar(1) CHECK (sex IN ('f', 'm', 'x')),
  name text COLLATE "C" NOT NULL,
  upper_name text GENERATED ALWAYS AS (upper(name)) STORED,
  home clinic.address,
  "Weird ""name" integer,
  CONSTRAINT patients_pkey PRIMARY KEY (id),
  CONSTRAINT patients_nhs_key UNIQUE (nhs) DEFERRABLE
) WITH (fillfactor = 90);
ALTER TABLE clinic.patients DROP COLUMN dropped;
ALTER TABLE clinic.patients ALTER COLUMN name SET STATISTICS 500, ALTER COLUMN name SET STORAGE EXTERNAL, ALTER COLUMN number SET (n_distinct = 5);
COMMENT ON COLUMN clinic.patients.name IS 'As it is
spoken, not O''Brien''s';
CREATE INDEX patients_name_idx ON clinic.patients (lower(name), id DESC) WHERE status <> 'closed';
COMMENT ON INDEX clinic.patients_name_idx IS 'for the search';
CREATE STATISTICS clinic.patients_stats (dependencies) ON status, sex FROM clinic.patients;
CREATE UNLOGGED TABLE clinic.visits (
  id integer PRIMARY KEY,
  patient_id bigint,
  room integer,
  during tsrange,
  CONSTRAINT visits_rooms EXCLUDE USING gist (during WITH &&) WHERE (room IS NOT NULL)
);
ALTER TABLE clinic.visits ADD CONSTRAINT visits_patient_fkey FOREIGN KEY (patient_id) REFERENCES clinic.patients ON DELETE CASCADE NOT VALID;
ALTER TABLE clinic.visits REPLICA IDENTITY FULL;
ALTER TABLE clinic.visits ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON clinic.visits AS RESTRICTIVE FOR UPDATE TO PUBLIC USING (room > 0) WITH CHECK (room > 1);
CREATE FUNCTION clinic.touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RETURN NEW;
END
$$;
CREATE TRIGGER visits_touch BEFORE UPDATE OF room ON clinic.visits FOR EACH ROW WHEN (OLD.room <> NEW.room) EXECUTE FUNCTION clinic.touch();
ALTER TABLE clinic.visits DISABLE TRIGGER visits_touch;
CREATE RULE visits_kept AS ON DELETE TO clinic.visits DO INSTEAD NOTHING;
CREATE VIEW clinic.active_patients WITH (security_barrier) AS SELECT id, name, status FROM clinic.patients WHERE status = 'active' WITH CHECK OPTION;
CREATE MATERIALIZED VIEW clinic.counts AS SELECT status, count(*) AS patients FROM clinic.patients GROUP BY status;
CREATE UNIQUE INDEX counts_idx ON clinic.counts (status);
CREATE PROCEDURE clinic.tidy(INOUT n integer) LANGUAGE plpgsql AS $$ BEGIN n := n + 1; END $$;
CREATE AGGREGATE clinic.product(bigint) (SFUNC = int8mul, STYPE = bigint, INITCOND = '1');
CREATE TABLE clinic.events (at timestamptz NOT NULL, what text, CONSTRAINT events_what CHECK (what <> '')) PARTITION BY RANGE (at);
CREATE INDEX events_at_idx ON clinic.events (at);
CREATE TABLE clinic.events_2026 PARTITION OF clinic.events FOR VALUES FROM ('2026-01-01 00:00+00') TO ('2027-01-01 00:00+00');
CREATE INDEX events_2026_what_idx ON clinic.events_2026 (what);
CREATE TABLE clinic.staff (grade integer) INHERITS (clinic.visits);
CREATE TABLE clinic.addresses OF clinic.address;
CREATE FOREIGN DATA WRAPPER remote;
CREATE SERVER elsewhere TYPE 'x' FOREIGN DATA WRAPPER remote OPTIONS (host 'secret-host');
CREATE USER MAPPING FOR PUBLIC SERVER elsewhere OPTIONS (password 'secret');
CREATE FOREIGN TABLE clinic.far (id integer OPTIONS (column_name 'key')) SERVER elsewhere OPTIONS (table_name 'near');
CREATE PUBLICATION changes FOR TABLE clinic.patients WITH (publish = 'insert, update');
CREATE FUNCTION clinic.watch() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;
CREATE EVENT TRIGGER watch ON ddl_command_end WHEN TAG IN ('DROP TABLE') EXECUTE FUNCTION clinic.watch();
-- Of a kind that is not read.
CREATE CAST (integer AS clinic.status) WITH INOUT;
