-- Tables for detailed financial reporting: FINREP and COREP own funds.

CREATE TABLE regulatory.finrep_balance_sheet (
    balance_sheet_id  UUID           PRIMARY KEY DEFAULT gen_random_uuid(),
    report_id         UUID           NOT NULL REFERENCES regulatory.compliance_reports (report_id),
    template_code     VARCHAR(10)    NOT NULL CHECK (template_code ~ '^F [0-9]{2}\.[0-9]{2}$'),
    row_code          CHAR(4)        NOT NULL CHECK (row_code ~ '^[0-9]{4}$'),
    side              VARCHAR(10)    NOT NULL CHECK (side IN ('assets', 'liabilities', 'equity')),
    item_name         VARCHAR(255)   NOT NULL,
    carrying_amount   NUMERIC(20, 2) NOT NULL,
    currency          CHAR(3)        NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    created_at        TIMESTAMPTZ    NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT finrep_balance_sheet_cell_key UNIQUE (report_id, template_code, row_code)
);

COMMENT ON TABLE regulatory.finrep_balance_sheet IS 'Balance sheet data, FINREP F 01.01 to F 01.03';

CREATE INDEX idx_finrep_balance_sheet_side ON regulatory.finrep_balance_sheet (report_id, side);

CREATE TABLE regulatory.finrep_income_statement (
    income_statement_id     UUID           PRIMARY KEY DEFAULT gen_random_uuid(),
    report_id               UUID           NOT NULL REFERENCES regulatory.compliance_reports (report_id),
    row_code                CHAR(4)        NOT NULL CHECK (row_code ~ '^[0-9]{4}$'),
    category                VARCHAR(20)    NOT NULL
        CHECK (category IN ('income', 'expense', 'impairment', 'tax', 'result')),
    item_name               VARCHAR(255)   NOT NULL,
    current_period_amount   NUMERIC(20, 2) NOT NULL,
    previous_period_amount  NUMERIC(20, 2),
    currency                CHAR(3)        NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    created_at              TIMESTAMPTZ    NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT finrep_income_statement_cell_key UNIQUE (report_id, row_code)
);

COMMENT ON TABLE regulatory.finrep_income_statement IS 'Income statement data, FINREP F 02.00';

CREATE INDEX idx_finrep_income_statement_category ON regulatory.finrep_income_statement (report_id, category);

CREATE TABLE regulatory.finrep_geographical_data (
    geographical_id         UUID           PRIMARY KEY DEFAULT gen_random_uuid(),
    report_id               UUID           NOT NULL REFERENCES regulatory.compliance_reports (report_id),
    country_code            CHAR(2)        NOT NULL CHECK (country_code ~ '^[A-Z]{2}$'),
    exposure_class          VARCHAR(30)    NOT NULL
        CHECK (exposure_class IN (
            'central_banks', 'general_governments', 'credit_institutions', 'other_financial', 'non_financial',
            'households'
        )),
    gross_carrying_amount   NUMERIC(20, 2) NOT NULL CHECK (gross_carrying_amount >= 0),
    non_performing_amount   NUMERIC(20, 2) NOT NULL DEFAULT 0,
    accumulated_impairment  NUMERIC(20, 2) NOT NULL DEFAULT 0,
    currency                CHAR(3)        NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    created_at              TIMESTAMPTZ    NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT finrep_geographical_data_cell_key             UNIQUE (report_id, country_code, exposure_class),
    CONSTRAINT finrep_geographical_data_non_performing_check
        CHECK (non_performing_amount BETWEEN 0 AND gross_carrying_amount)
);

COMMENT ON TABLE regulatory.finrep_geographical_data IS 'Geographical breakdown, FINREP F 20.04';

CREATE INDEX idx_finrep_geographical_data_non_performing
    ON regulatory.finrep_geographical_data (country_code, report_id)
    WHERE non_performing_amount > 0;

CREATE TABLE regulatory.finrep_forbearance_data (
    forbearance_id         UUID           PRIMARY KEY DEFAULT gen_random_uuid(),
    report_id              UUID           NOT NULL REFERENCES regulatory.compliance_reports (report_id),
    row_code               CHAR(4)        NOT NULL CHECK (row_code ~ '^[0-9]{4}$'),
    measure_type           VARCHAR(20)    NOT NULL CHECK (measure_type IN ('modification', 'refinancing')),
    performing_amount      NUMERIC(20, 2) NOT NULL DEFAULT 0 CHECK (performing_amount >= 0),
    non_performing_amount  NUMERIC(20, 2) NOT NULL DEFAULT 0 CHECK (non_performing_amount >= 0),
    impairment_amount      NUMERIC(20, 2) NOT NULL DEFAULT 0,
    collateral_received    NUMERIC(20, 2) NOT NULL DEFAULT 0 CHECK (collateral_received >= 0),
    currency               CHAR(3)        NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    created_at             TIMESTAMPTZ    NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT finrep_forbearance_data_cell_key UNIQUE (report_id, row_code, measure_type)
);

COMMENT ON TABLE regulatory.finrep_forbearance_data IS 'Forbearance measures, FINREP F 19.00';

CREATE INDEX idx_finrep_forbearance_data_non_performing ON regulatory.finrep_forbearance_data (report_id)
    WHERE non_performing_amount > 0;

CREATE TABLE regulatory.corep_own_funds (
    own_funds_id         UUID           PRIMARY KEY DEFAULT gen_random_uuid(),
    report_id            UUID           NOT NULL UNIQUE REFERENCES regulatory.compliance_reports (report_id),
    cet1_capital         NUMERIC(20, 2) NOT NULL,
    at1_capital          NUMERIC(20, 2) NOT NULL DEFAULT 0,
    tier2_capital        NUMERIC(20, 2) NOT NULL DEFAULT 0,
    total_own_funds      NUMERIC(20, 2) NOT NULL,
    total_risk_exposure  NUMERIC(20, 2) NOT NULL CHECK (total_risk_exposure > 0),
    currency             CHAR(3)        NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    created_at           TIMESTAMPTZ    NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT corep_own_funds_total_check CHECK (total_own_funds = cet1_capital + at1_capital + tier2_capital)
);

COMMENT ON TABLE regulatory.corep_own_funds IS 'Capital data, COREP C 01.00 and C 02.00, one row a report';

CREATE INDEX idx_corep_own_funds_below_minimum ON regulatory.corep_own_funds (report_id)
    WHERE total_own_funds < total_risk_exposure * 0.08;
