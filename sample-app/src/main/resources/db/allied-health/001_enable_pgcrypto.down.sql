-- Removes the encryption functions.

DROP EXTENSION IF EXISTS pgcrypto;
