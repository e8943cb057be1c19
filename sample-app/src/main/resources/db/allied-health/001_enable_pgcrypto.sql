-- Encryption functions for the sensitive fields.

CREATE EXTENSION IF NOT EXISTS pgcrypto;
