-- Healthcare institutions, and the providers' link to them.

CREATE TABLE institutions (
    id                UUID                     PRIMARY KEY DEFAULT gen_random_uuid(),
    name              VARCHAR(255)             NOT NULL,
    institution_type  VARCHAR(20)              NOT NULL
        CHECK (institution_type IN ('hospital', 'clinic', 'laboratory', 'pharmacy', 'imaging', 'other')),
    license_number    VARCHAR(50)              UNIQUE,
    street            VARCHAR(255),
    city              VARCHAR(100)             NOT NULL,
    state             VARCHAR(100),
    postal_code       VARCHAR(20),
    country           CHAR(2)                  NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
    phone             VARCHAR(50),
    email             VARCHAR(255),
    is_active         BOOLEAN                  NOT NULL DEFAULT TRUE,
    created_at        TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at        TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP
);

COMMENT ON TABLE  institutions         IS 'Hospitals, clinics, laboratories and other institutions';
COMMENT ON COLUMN institutions.country IS 'ISO 3166-1 alpha-2';

CREATE INDEX idx_institutions_name   ON institutions (lower(name));
CREATE INDEX idx_institutions_active ON institutions (country, city) WHERE is_active;

ALTER TABLE providers
    ADD CONSTRAINT providers_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES institutions (id) NOT VALID;

ALTER TABLE providers VALIDATE CONSTRAINT providers_institution_id_fkey;
