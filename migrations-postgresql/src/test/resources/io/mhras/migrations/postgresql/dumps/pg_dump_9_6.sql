--
-- PostgreSQL database dump
--

-- Dumped from database version 9.6.24
-- Dumped by pg_dump version 9.6.24

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: plpgsql; Type: EXTENSION; Schema: -; Owner: 
--

CREATE EXTENSION IF NOT EXISTS plpgsql WITH SCHEMA pg_catalog;


--
-- Name: EXTENSION plpgsql; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION plpgsql IS 'PL/pgSQL procedural language';


SET search_path = public, pg_catalog;

SET default_tablespace = '';

SET default_with_oids = false;

--
-- Name: patients; Type: TABLE; Schema: public; Owner: clinic_owner
--

CREATE TABLE patients (
    id integer NOT NULL,
    name text DEFAULT 'a;b'::text
);


ALTER TABLE patients OWNER TO clinic_owner;

--
-- Name: patients_id_seq; Type: SEQUENCE; Schema: public; Owner: clinic_owner
--

CREATE SEQUENCE patients_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE patients_id_seq OWNER TO clinic_owner;

ALTER SEQUENCE patients_id_seq OWNED BY patients.id;


ALTER TABLE ONLY patients ALTER COLUMN id SET DEFAULT nextval('patients_id_seq'::regclass);


--
-- Data for Name: patients; Type: TABLE DATA; Schema: public; Owner: clinic_owner
--

COPY patients (id, name) FROM stdin;
1	one; two\\
2	\N
\.


--
-- Name: patients_id_seq; Type: SEQUENCE SET; Schema: public; Owner: clinic_owner
--

SELECT pg_catalog.setval('patients_id_seq', 2, true);


ALTER TABLE ONLY patients
    ADD CONSTRAINT patients_pkey PRIMARY KEY (id);


REVOKE ALL ON TABLE patients FROM PUBLIC;
REVOKE ALL ON TABLE patients FROM clinic_owner;
GRANT ALL ON TABLE patients TO clinic_owner;
GRANT SELECT ON TABLE patients TO clinic_reader;


--
-- PostgreSQL database dump complete
--

