-- Text and JSON come back from encryption as they went in, and cannot be read in between.

-- migrate:check extension pgcrypto
SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'pgcrypto') AS pgcrypto_is_installed;

-- migrate:check encrypted text cannot be read
SELECT position(convert_to('sensitive', 'UTF8') IN pgp_sym_encrypt('sensitive patient data', 'a key')) = 0
    AS text_is_encrypted;

-- migrate:check text encryption
SELECT pgp_sym_decrypt(pgp_sym_encrypt('sensitive patient data äöü', 'a key'), 'a key')
     = 'sensitive patient data äöü' AS text_round_trip;

-- migrate:check JSON encryption
SELECT pgp_sym_decrypt(pgp_sym_encrypt('{"patient_name": "John Doe", "age": 65}', 'a key'), 'a key')::JSONB
     = '{"age": 65, "patient_name": "John Doe"}'::JSONB AS json_round_trip;
