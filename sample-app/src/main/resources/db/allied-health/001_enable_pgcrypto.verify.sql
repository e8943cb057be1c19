-- Text and JSON come back from encryption as they went in, and cannot be read in between.

SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'pgcrypto') AS pgcrypto_is_installed;

SELECT position(convert_to('sensitive', 'UTF8') IN pgp_sym_encrypt('sensitive patient data', 'a key')) = 0
    AS text_is_encrypted;

SELECT pgp_sym_decrypt(pgp_sym_encrypt('sensitive patient data äöü', 'a key'), 'a key')
     = 'sensitive patient data äöü' AS text_round_trip;

SELECT pgp_sym_decrypt(pgp_sym_encrypt('{"patient_name": "John Doe", "age": 65}', 'a key'), 'a key')::JSONB
     = '{"age": 65, "patient_name": "John Doe"}'::JSONB AS json_round_trip;
