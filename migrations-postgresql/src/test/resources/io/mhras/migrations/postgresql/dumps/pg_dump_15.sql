--
-- PostgreSQL database dump
--

\restrict vc3EMKwrYDw31tCdgSfRBz23ONBfIR2oKFNKaFC3VinITgL3YvyEUGUB72dWe7Q

-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: Odd Schema; Type: SCHEMA; Schema: -; Owner: postgres
--

CREATE SCHEMA "Odd Schema";


ALTER SCHEMA "Odd Schema" OWNER TO postgres;

--
-- Name: clinic; Type: SCHEMA; Schema: -; Owner: clinic_owner
--

CREATE SCHEMA clinic;


ALTER SCHEMA clinic OWNER TO clinic_owner;

--
-- Name: co; Type: COLLATION; Schema: clinic; Owner: postgres
--

CREATE COLLATION clinic.co (provider = libc, locale = 'C');


ALTER COLLATION clinic.co OWNER TO postgres;

--
-- Name: pgcrypto; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS pgcrypto WITH SCHEMA public;


--
-- Name: EXTENSION pgcrypto; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION pgcrypto IS 'cryptographic functions';


--
-- Name: fr; Type: TYPE; Schema: clinic; Owner: postgres
--

CREATE TYPE clinic.fr AS RANGE (
    subtype = double precision,
    multirange_type_name = clinic.fr_multirange,
    subtype_diff = float8mi
);


ALTER TYPE clinic.fr OWNER TO postgres;

--
-- Name: mood; Type: TYPE; Schema: clinic; Owner: postgres
--

CREATE TYPE clinic.mood AS ENUM (
    'good',
    'it''s bad'
);


ALTER TYPE clinic.mood OWNER TO postgres;

--
-- Name: pair; Type: TYPE; Schema: clinic; Owner: postgres
--

CREATE TYPE clinic.pair AS (
	a integer,
	b text
);


ALTER TYPE clinic.pair OWNER TO postgres;

--
-- Name: positive; Type: DOMAIN; Schema: clinic; Owner: postgres
--

CREATE DOMAIN clinic.positive AS integer
	CONSTRAINT pos CHECK ((VALUE > 0));


ALTER DOMAIN clinic.positive OWNER TO postgres;

--
-- Name: CAST (clinic.pair AS text); Type: CAST; Schema: -; Owner: -
--

CREATE CAST (clinic.pair AS text) WITH INOUT;


--
-- Name: et(); Type: FUNCTION; Schema: clinic; Owner: postgres
--

CREATE FUNCTION clinic.et() RETURNS event_trigger
    LANGUAGE plpgsql
    AS $$BEGIN END$$;


ALTER FUNCTION clinic.et() OWNER TO postgres;

--
-- Name: f(integer, text[]); Type: FUNCTION; Schema: clinic; Owner: postgres
--

CREATE FUNCTION clinic.f(a integer, VARIADIC b text[] DEFAULT '{}'::text[]) RETURNS integer
    LANGUAGE plpgsql
    AS $_$ BEGIN IF $1 > 0 THEN RETURN 1; END IF; RETURN 2; /* \. */ END; $_$;


ALTER FUNCTION clinic.f(a integer, VARIADIC b text[]) OWNER TO postgres;

--
-- Name: g(); Type: FUNCTION; Schema: clinic; Owner: postgres
--

CREATE FUNCTION clinic.g() RETURNS integer
    LANGUAGE sql
    BEGIN ATOMIC
 SELECT
         CASE
             WHEN true THEN 1
             ELSE 2
         END AS "case";
 SELECT 3;
END;


ALTER FUNCTION clinic.g() OWNER TO postgres;

--
-- Name: p(integer); Type: PROCEDURE; Schema: clinic; Owner: postgres
--

CREATE PROCEDURE clinic.p(INOUT x integer)
    LANGUAGE plpgsql
    AS $$BEGIN x := 1; COMMIT; END$$;


ALTER PROCEDURE clinic.p(INOUT x integer) OWNER TO postgres;

--
-- Name: trg(); Type: FUNCTION; Schema: clinic; Owner: postgres
--

CREATE FUNCTION clinic.trg() RETURNS trigger
    LANGUAGE plpgsql
    AS $$BEGIN NEW.name := NEW.name; RETURN NEW; END$$;


ALTER FUNCTION clinic.trg() OWNER TO postgres;

--
-- Name: agg(integer); Type: AGGREGATE; Schema: clinic; Owner: postgres
--

CREATE AGGREGATE clinic.agg(integer) (
    SFUNC = int4pl,
    STYPE = integer,
    INITCOND = '0'
);


ALTER AGGREGATE clinic.agg(integer) OWNER TO postgres;

--
-- Name: ===; Type: OPERATOR; Schema: clinic; Owner: postgres
--

CREATE OPERATOR clinic.=== (
    FUNCTION = int4eq,
    LEFTARG = integer,
    RIGHTARG = integer
);


ALTER OPERATOR clinic.=== (integer, integer) OWNER TO postgres;

--
-- Name: ts; Type: TEXT SEARCH CONFIGURATION; Schema: clinic; Owner: postgres
--

CREATE TEXT SEARCH CONFIGURATION clinic.ts (
    PARSER = pg_catalog."default" );

ALTER TEXT SEARCH CONFIGURATION clinic.ts
    ADD MAPPING FOR asciiword WITH simple;

ALTER TEXT SEARCH CONFIGURATION clinic.ts
    ADD MAPPING FOR word WITH simple;

ALTER TEXT SEARCH CONFIGURATION clinic.ts
    ADD MAPPING FOR numword WITH simple;

ALTER TEXT SEARCH CONFIGURATION clinic.ts
    ADD MAPPING FOR email WITH simple;

ALTER TEXT SEARCH CONFIGURATION clinic.ts
    ADD MAPPING FOR url WITH simple;

ALTER TEXT SEARCH CONFIGURATION clinic.ts
    ADD MAPPING FOR host WITH simple;

ALTER TEXT SEARCH CONFIGURATION clinic.ts
    ADD MAPPING FOR sfloat WITH simple;

ALTER TEXT SEARCH CONFIGURATION clinic.ts
    ADD MAPPING FOR version WITH simple;

ALTER TEXT SEARCH CONFIGURATION clinic.ts
    ADD MAPPING FOR hword_numpart WITH simple;

ALTER TEXT SEARCH CONFIGURATION clinic.ts
    ADD MAPPING FOR hword_part WITH simple;

ALTER TEXT SEARCH CONFIGURATION clinic.ts
    ADD MAPPING FOR hword_asciipart WITH simple;

ALTER TEXT SEARCH CONFIGURATION clinic.ts
    ADD MAPPING FOR numhword WITH simple;

ALTER TEXT SEARCH CONFIGURATION clinic.ts
    ADD MAPPING FOR asciihword WITH simple;

ALTER TEXT SEARCH CONFIGURATION clinic.ts
    ADD MAPPING FOR hword WITH simple;

ALTER TEXT SEARCH CONFIGURATION clinic.ts
    ADD MAPPING FOR url_path WITH simple;

ALTER TEXT SEARCH CONFIGURATION clinic.ts
    ADD MAPPING FOR file WITH simple;

ALTER TEXT SEARCH CONFIGURATION clinic.ts
    ADD MAPPING FOR "float" WITH simple;

ALTER TEXT SEARCH CONFIGURATION clinic.ts
    ADD MAPPING FOR "int" WITH simple;

ALTER TEXT SEARCH CONFIGURATION clinic.ts
    ADD MAPPING FOR uint WITH simple;


ALTER TEXT SEARCH CONFIGURATION clinic.ts OWNER TO postgres;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: T;able; Type: TABLE; Schema: Odd Schema; Owner: postgres
--

CREATE TABLE "Odd Schema"."T;able" (
    "Col""umn" integer,
    "sel\ect" text
);


ALTER TABLE "Odd Schema"."T;able" OWNER TO postgres;

--
-- Name: events; Type: TABLE; Schema: clinic; Owner: postgres
--

CREATE TABLE clinic.events (
    id integer,
    at date NOT NULL,
    patient bigint
)
PARTITION BY RANGE (at);


ALTER TABLE clinic.events OWNER TO postgres;

--
-- Name: events_2024; Type: TABLE; Schema: clinic; Owner: postgres
--

CREATE TABLE clinic.events_2024 (
    id integer,
    at date NOT NULL,
    patient bigint
);


ALTER TABLE clinic.events_2024 OWNER TO postgres;

--
-- Name: events_default; Type: TABLE; Schema: clinic; Owner: postgres
--

CREATE TABLE clinic.events_default (
    id integer,
    at date NOT NULL,
    patient bigint
);


ALTER TABLE clinic.events_default OWNER TO postgres;

--
-- Name: patients; Type: TABLE; Schema: clinic; Owner: clinic_owner
--

CREATE TABLE clinic.patients (
    id bigint NOT NULL,
    nr integer NOT NULL,
    name text DEFAULT 'a;b''c\d'::text NOT NULL,
    m clinic.mood,
    p clinic.positive,
    j jsonb,
    full_name text GENERATED ALWAYS AS ((name || '!'::text)) STORED,
    b bytea,
    arr text[],
    CONSTRAINT c CHECK ((name <> '$$;'::text))
);


ALTER TABLE clinic.patients OWNER TO clinic_owner;

--
-- Name: TABLE patients; Type: COMMENT; Schema: clinic; Owner: clinic_owner
--

COMMENT ON TABLE clinic.patients IS 'line one
line; two\';


--
-- Name: COLUMN patients.name; Type: COMMENT; Schema: clinic; Owner: clinic_owner
--

COMMENT ON COLUMN clinic.patients.name IS '\restrict x';


--
-- Name: mv; Type: MATERIALIZED VIEW; Schema: clinic; Owner: postgres
--

CREATE MATERIALIZED VIEW clinic.mv AS
 SELECT count(*) AS count
   FROM clinic.patients
  WITH NO DATA;


ALTER TABLE clinic.mv OWNER TO postgres;

--
-- Name: patients_id_seq; Type: SEQUENCE; Schema: clinic; Owner: clinic_owner
--

ALTER TABLE clinic.patients ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME clinic.patients_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patients_nr_seq; Type: SEQUENCE; Schema: clinic; Owner: clinic_owner
--

CREATE SEQUENCE clinic.patients_nr_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE clinic.patients_nr_seq OWNER TO clinic_owner;

--
-- Name: patients_nr_seq; Type: SEQUENCE OWNED BY; Schema: clinic; Owner: clinic_owner
--

ALTER SEQUENCE clinic.patients_nr_seq OWNED BY clinic.patients.nr;


--
-- Name: seq; Type: SEQUENCE; Schema: clinic; Owner: postgres
--

CREATE SEQUENCE clinic.seq
    START WITH 100
    INCREMENT BY 5
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE clinic.seq OWNER TO postgres;

--
-- Name: v; Type: VIEW; Schema: clinic; Owner: postgres
--

CREATE VIEW clinic.v AS
 SELECT patients.id,
    (patients.name || ';'::text) AS n,
        CASE
            WHEN (patients.name = 'END'::text) THEN 1
            ELSE 2
        END AS c
   FROM clinic.patients;


ALTER TABLE clinic.v OWNER TO postgres;

--
-- Name: v2; Type: VIEW; Schema: clinic; Owner: postgres
--

CREATE VIEW clinic.v2 WITH (security_barrier='true') AS
 SELECT v.id,
    v.n,
    v.c
   FROM clinic.v
  WHERE (v.c = 1)
  WITH LOCAL CHECK OPTION;


ALTER TABLE clinic.v2 OWNER TO postgres;

--
-- Name: events_2024; Type: TABLE ATTACH; Schema: clinic; Owner: postgres
--

ALTER TABLE ONLY clinic.events ATTACH PARTITION clinic.events_2024 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');


--
-- Name: events_default; Type: TABLE ATTACH; Schema: clinic; Owner: postgres
--

ALTER TABLE ONLY clinic.events ATTACH PARTITION clinic.events_default DEFAULT;


--
-- Name: patients nr; Type: DEFAULT; Schema: clinic; Owner: clinic_owner
--

ALTER TABLE ONLY clinic.patients ALTER COLUMN nr SET DEFAULT nextval('clinic.patients_nr_seq'::regclass);


--
-- Name: 4711; Type: BLOB; Schema: -; Owner: postgres
--

SELECT pg_catalog.lo_create('4711');


ALTER LARGE OBJECT 4711 OWNER TO postgres;

--
-- Name: LARGE OBJECT 4711; Type: COMMENT; Schema: -; Owner: postgres
--

COMMENT ON LARGE OBJECT 4711 IS 'large; object';


--
-- Name: 4712; Type: BLOB; Schema: -; Owner: postgres
--

SELECT pg_catalog.lo_create('4712');


ALTER LARGE OBJECT 4712 OWNER TO postgres;

--
-- Data for Name: T;able; Type: TABLE DATA; Schema: Odd Schema; Owner: postgres
--

COPY "Odd Schema"."T;able" ("Col""umn", "sel\ect") FROM stdin;
1	\\.
2	\N
\N	\r\n
\.


--
-- Data for Name: events_2024; Type: TABLE DATA; Schema: clinic; Owner: postgres
--

COPY clinic.events_2024 (id, at, patient) FROM stdin;
2	2024-01-10	2
3	2024-01-30	3
4	2024-02-19	4
5	2024-03-10	5
6	2024-03-30	6
7	2024-04-19	7
8	2024-05-09	8
\.


--
-- Data for Name: events_default; Type: TABLE DATA; Schema: clinic; Owner: postgres
--

COPY clinic.events_default (id, at, patient) FROM stdin;
1	2023-12-21	1
\.


--
-- Data for Name: patients; Type: TABLE DATA; Schema: clinic; Owner: clinic_owner
--

COPY clinic.patients (id, nr, name, m, p, j, b, arr) FROM stdin;
1	1	row 1;\ttab\nnewline\\back \\. 'quote' $$ ü 😀	it's bad	1	{"k": "\\\\"}	\\x00ff	{"a,b",NULL,"\\\\N"}
2	2	row 2;\ttab\nnewline\\back \\. 'quote' $$ ü 😀	it's bad	2	{"k": "\\\\"}	\\x00ff	{"a,b",NULL,"\\\\N"}
3	3	row 3;\ttab\nnewline\\back \\. 'quote' $$ ü 😀	it's bad	3	{"k": "\\\\"}	\\x00ff	{"a,b",NULL,"\\\\N"}
4	4		\N	\N	\N	\N	\N
5	5	\\.	\N	\N	\N	\N	\N
6	6	\\N	\N	\N	\N	\N	\N
7	7	-- x	\N	\N	\N	\N	\N
8	8	/* y	\N	\N	\N	\N	\N
\.


--
-- Name: patients_id_seq; Type: SEQUENCE SET; Schema: clinic; Owner: clinic_owner
--

SELECT pg_catalog.setval('clinic.patients_id_seq', 8, true);


--
-- Name: patients_nr_seq; Type: SEQUENCE SET; Schema: clinic; Owner: clinic_owner
--

SELECT pg_catalog.setval('clinic.patients_nr_seq', 8, true);


--
-- Name: seq; Type: SEQUENCE SET; Schema: clinic; Owner: postgres
--

SELECT pg_catalog.setval('clinic.seq', 100, true);


--
-- Data for Name: BLOBS; Type: BLOBS; Schema: -; Owner: -
--

BEGIN;

SELECT pg_catalog.lo_open('4711', 131072);
SELECT pg_catalog.lowrite(0, '\x01020304');
SELECT pg_catalog.lo_close(0);

SELECT pg_catalog.lo_open('4712', 131072);
SELECT pg_catalog.lowrite(0, '\xabababababababababababababababababababababababababababababababababababababababab');
SELECT pg_catalog.lo_close(0);

COMMIT;

--
-- Name: patients patients_pkey; Type: CONSTRAINT; Schema: clinic; Owner: clinic_owner
--

ALTER TABLE ONLY clinic.patients
    ADD CONSTRAINT patients_pkey PRIMARY KEY (id);


--
-- Name: events_at; Type: INDEX; Schema: clinic; Owner: postgres
--

CREATE INDEX events_at ON ONLY clinic.events USING btree (at);


--
-- Name: events_2024_at_idx; Type: INDEX; Schema: clinic; Owner: postgres
--

CREATE INDEX events_2024_at_idx ON clinic.events_2024 USING btree (at);


--
-- Name: events_default_at_idx; Type: INDEX; Schema: clinic; Owner: postgres
--

CREATE INDEX events_default_at_idx ON clinic.events_default USING btree (at);


--
-- Name: patients_lower_idx; Type: INDEX; Schema: clinic; Owner: clinic_owner
--

CREATE UNIQUE INDEX patients_lower_idx ON clinic.patients USING btree (lower(name)) WHERE (name ~~ '%;%'::text);


--
-- Name: events_2024_at_idx; Type: INDEX ATTACH; Schema: clinic; Owner: postgres
--

ALTER INDEX clinic.events_at ATTACH PARTITION clinic.events_2024_at_idx;


--
-- Name: events_default_at_idx; Type: INDEX ATTACH; Schema: clinic; Owner: postgres
--

ALTER INDEX clinic.events_at ATTACH PARTITION clinic.events_default_at_idx;


--
-- Name: st; Type: STATISTICS; Schema: clinic; Owner: postgres
--

CREATE STATISTICS clinic.st ON nr, name FROM clinic.patients;


ALTER STATISTICS clinic.st OWNER TO postgres;

--
-- Name: v r; Type: RULE; Schema: clinic; Owner: postgres
--

CREATE RULE r AS
    ON INSERT TO clinic.v DO INSTEAD ( INSERT INTO clinic.patients (name)
  VALUES (new.n);
 SELECT 1 AS "?column?";
);


--
-- Name: patients t; Type: TRIGGER; Schema: clinic; Owner: clinic_owner
--

CREATE TRIGGER t BEFORE INSERT OR UPDATE OF name ON clinic.patients FOR EACH ROW WHEN ((new.name IS NOT NULL)) EXECUTE FUNCTION clinic.trg();

ALTER TABLE clinic.patients DISABLE TRIGGER t;


--
-- Name: patients t2; Type: TRIGGER; Schema: clinic; Owner: clinic_owner
--

CREATE TRIGGER t2 AFTER TRUNCATE ON clinic.patients FOR EACH STATEMENT EXECUTE FUNCTION clinic.trg();


--
-- Name: events events_patient_fkey; Type: FK CONSTRAINT; Schema: clinic; Owner: postgres
--

ALTER TABLE clinic.events
    ADD CONSTRAINT events_patient_fkey FOREIGN KEY (patient) REFERENCES clinic.patients(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patients; Type: ROW SECURITY; Schema: clinic; Owner: clinic_owner
--

ALTER TABLE clinic.patients ENABLE ROW LEVEL SECURITY;

--
-- Name: patients pol; Type: POLICY; Schema: clinic; Owner: clinic_owner
--

CREATE POLICY pol ON clinic.patients FOR SELECT TO clinic_reader USING ((name <> ';'::text));


--
-- Name: pub; Type: PUBLICATION; Schema: -; Owner: postgres
--

CREATE PUBLICATION pub WITH (publish = 'insert, update, delete, truncate');


ALTER PUBLICATION pub OWNER TO postgres;

--
-- Name: pub patients; Type: PUBLICATION TABLE; Schema: clinic; Owner: postgres
--

ALTER PUBLICATION pub ADD TABLE ONLY clinic.patients;


--
-- Name: SCHEMA clinic; Type: ACL; Schema: -; Owner: clinic_owner
--

GRANT USAGE ON SCHEMA clinic TO clinic_reader;


--
-- Name: FUNCTION g(); Type: ACL; Schema: clinic; Owner: postgres
--

REVOKE ALL ON FUNCTION clinic.g() FROM PUBLIC;


--
-- Name: TABLE patients; Type: ACL; Schema: clinic; Owner: clinic_owner
--

GRANT SELECT ON TABLE clinic.patients TO clinic_reader WITH GRANT OPTION;


--
-- Name: COLUMN patients.name; Type: ACL; Schema: clinic; Owner: clinic_owner
--

GRANT INSERT(name) ON TABLE clinic.patients TO clinic_reader WITH GRANT OPTION;


--
-- Name: DEFAULT PRIVILEGES FOR TABLES; Type: DEFAULT ACL; Schema: clinic; Owner: postgres
--

ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA clinic GRANT SELECT ON TABLES  TO clinic_reader;


--
-- Name: et; Type: EVENT TRIGGER; Schema: -; Owner: postgres
--

CREATE EVENT TRIGGER et ON ddl_command_end
         WHEN TAG IN ('CREATE TABLE')
   EXECUTE FUNCTION clinic.et();


ALTER EVENT TRIGGER et OWNER TO postgres;

--
-- Name: mv; Type: MATERIALIZED VIEW DATA; Schema: clinic; Owner: postgres
--

REFRESH MATERIALIZED VIEW clinic.mv;


--
-- PostgreSQL database dump complete
--

\unrestrict vc3EMKwrYDw31tCdgSfRBz23ONBfIR2oKFNKaFC3VinITgL3YvyEUGUB72dWe7Q

