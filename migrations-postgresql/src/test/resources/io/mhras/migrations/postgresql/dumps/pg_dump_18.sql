--
-- PostgreSQL database dump
--

\restrict XujU4J0UplT6BxvsfsB8l6wXrHwa11m7xsIdT4E5gVk1dl9lvRZecjdZvvFyvXr

-- Dumped from database version 18.1
-- Dumped by pg_dump version 18.1

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: patients; Type: TABLE; Schema: public; Owner: clinic_owner
--

CREATE TABLE public.patients (
    id integer CONSTRAINT patients_has_id NOT NULL,
    name text,
    shout text GENERATED ALWAYS AS ((name || '!'::text))
);


ALTER TABLE public.patients OWNER TO clinic_owner;

--
-- Data for Name: patients; Type: TABLE DATA; Schema: public; Owner: clinic_owner
--

COPY public.patients (id, name) FROM stdin;
1	one; two\\
2	\N
\.


--
-- Name: patients patients_pkey; Type: CONSTRAINT; Schema: public; Owner: clinic_owner
--

ALTER TABLE ONLY public.patients
    ADD CONSTRAINT patients_pkey PRIMARY KEY (id);


--
-- Statistics for Name: patients; Type: STATISTICS DATA; Schema: public; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180001'::integer,
	'schemaname', 'public',
	'relname', 'patients',
	'relpages', '1'::integer,
	'reltuples', '2'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


GRANT SELECT ON TABLE public.patients TO clinic_reader;


--
-- PostgreSQL database dump complete
--

\unrestrict XujU4J0UplT6BxvsfsB8l6wXrHwa11m7xsIdT4E5gVk1dl9lvRZecjdZvvFyvXr

