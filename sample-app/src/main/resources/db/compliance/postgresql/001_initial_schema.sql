-- The initial schema for regulatory compliance: jurisdictions, obligations, reports, submissions and the audit trail.

CREATE SCHEMA IF NOT EXISTS regulatory;

CREATE TABLE regulatory.jurisdiction_configs (
    jurisdiction_code    VARCHAR(10)  PRIMARY KEY CHECK (jurisdiction_code ~ '^[A-Z]{2,10}$'),
    name                 VARCHAR(100) NOT NULL UNIQUE,
    regulator            VARCHAR(255) NOT NULL,
    currency             CHAR(3)      NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    time_zone            VARCHAR(50)  NOT NULL DEFAULT 'UTC',
    reporting_frequency  VARCHAR(20)  NOT NULL
        CHECK (reporting_frequency IN ('monthly', 'quarterly', 'semi_annual', 'annual')),
    config               JSONB        NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(config) = 'object'),
    is_active            BOOLEAN      NOT NULL DEFAULT TRUE,
    created_at           TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at           TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP
);

COMMENT ON TABLE regulatory.jurisdiction_configs IS 'Jurisdictions and how reporting works in them';

CREATE INDEX idx_jurisdiction_configs_active ON regulatory.jurisdiction_configs (reporting_frequency) WHERE is_active;

CREATE TABLE regulatory.institutions (
    institution_id     UUID         PRIMARY KEY DEFAULT gen_random_uuid(),
    lei                CHAR(20)     NOT NULL UNIQUE CHECK (lei ~ '^[A-Z0-9]{18}[0-9]{2}$'),
    name               VARCHAR(255) NOT NULL,
    institution_type   VARCHAR(30)  NOT NULL
        CHECK (institution_type IN (
            'credit_institution', 'investment_firm', 'insurer', 'payment_institution', 'e_money_institution'
        )),
    jurisdiction_code  VARCHAR(10)  NOT NULL REFERENCES regulatory.jurisdiction_configs (jurisdiction_code),
    parent_id          UUID         REFERENCES regulatory.institutions (institution_id),
    contact_email      VARCHAR(255),
    is_active          BOOLEAN      NOT NULL DEFAULT TRUE,
    created_at         TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at         TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT institutions_not_own_parent_check CHECK (parent_id <> institution_id)
);

COMMENT ON TABLE  regulatory.institutions     IS 'Registry of financial institutions';
COMMENT ON COLUMN regulatory.institutions.lei IS 'Legal Entity Identifier, ISO 17442';

CREATE INDEX idx_institutions_jurisdiction ON regulatory.institutions (jurisdiction_code);
CREATE INDEX idx_institutions_parent       ON regulatory.institutions (parent_id);
CREATE INDEX idx_institutions_active       ON regulatory.institutions (institution_type, name) WHERE is_active;

CREATE TABLE regulatory.customer_jurisdictions (
    customer_jurisdiction_id  UUID         PRIMARY KEY DEFAULT gen_random_uuid(),
    customer_id               VARCHAR(100) NOT NULL,
    jurisdiction_code         VARCHAR(10)  NOT NULL REFERENCES regulatory.jurisdiction_configs (jurisdiction_code),
    relation                  VARCHAR(20)  NOT NULL
        CHECK (relation IN ('residence', 'citizenship', 'incorporation', 'operation', 'tax')),
    is_primary                BOOLEAN      NOT NULL DEFAULT FALSE,
    effective_from            DATE         NOT NULL DEFAULT CURRENT_DATE,
    effective_to              DATE,
    created_at                TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at                TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT customer_jurisdictions_mapping_key  UNIQUE (customer_id, jurisdiction_code, relation, effective_from),
    CONSTRAINT customer_jurisdictions_period_check CHECK (effective_to > effective_from)
);

COMMENT ON TABLE regulatory.customer_jurisdictions
    IS 'The jurisdictions that a customer falls under, why, and since when';

CREATE INDEX idx_customer_jurisdictions_jurisdiction ON regulatory.customer_jurisdictions (jurisdiction_code);
CREATE INDEX idx_customer_jurisdictions_active ON regulatory.customer_jurisdictions (customer_id)
    WHERE effective_to IS NULL;
CREATE UNIQUE INDEX idx_customer_jurisdictions_one_primary ON regulatory.customer_jurisdictions (customer_id)
    WHERE is_primary AND effective_to IS NULL;

CREATE TABLE regulatory.regulatory_obligations (
    obligation_id      UUID         PRIMARY KEY DEFAULT gen_random_uuid(),
    jurisdiction_code  VARCHAR(10)  NOT NULL REFERENCES regulatory.jurisdiction_configs (jurisdiction_code),
    regulation         VARCHAR(100) NOT NULL,
    article            VARCHAR(100) NOT NULL,
    version            INTEGER      NOT NULL DEFAULT 1 CHECK (version > 0),
    title              VARCHAR(500) NOT NULL,
    description        TEXT         NOT NULL,
    obligation_type    VARCHAR(20)  NOT NULL
        CHECK (obligation_type IN ('reporting', 'disclosure', 'capital', 'conduct', 'record_keeping')),
    severity           VARCHAR(20)  NOT NULL DEFAULT 'medium' CHECK (severity IN ('low', 'medium', 'high', 'critical')),
    source_url         TEXT,
    effective_from     DATE         NOT NULL,
    effective_to       DATE,
    is_active          BOOLEAN      NOT NULL DEFAULT TRUE,
    created_at         TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at         TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT regulatory_obligations_version_key  UNIQUE (jurisdiction_code, regulation, article, version),
    CONSTRAINT regulatory_obligations_period_check CHECK (effective_to > effective_from)
);

COMMENT ON TABLE regulatory.regulatory_obligations
    IS 'What regulations require, by jurisdiction, regulation and article';

CREATE INDEX idx_regulatory_obligations_active
    ON regulatory.regulatory_obligations (jurisdiction_code, obligation_type, effective_from)
    WHERE is_active;

CREATE TABLE regulatory.report_templates (
    template_id        UUID         PRIMARY KEY DEFAULT gen_random_uuid(),
    jurisdiction_code  VARCHAR(10)  NOT NULL REFERENCES regulatory.jurisdiction_configs (jurisdiction_code),
    template_code      VARCHAR(50)  NOT NULL,
    version            VARCHAR(20)  NOT NULL,
    name               VARCHAR(255) NOT NULL,
    report_type        VARCHAR(20)  NOT NULL CHECK (report_type IN ('FINREP', 'COREP', 'LCR', 'NSFR', 'AML', 'OTHER')),
    output_format      VARCHAR(10)  NOT NULL CHECK (output_format IN ('XBRL', 'XML', 'CSV', 'JSON', 'PDF')),
    definition         JSONB        NOT NULL CHECK (jsonb_typeof(definition) = 'object'),
    is_active          BOOLEAN      NOT NULL DEFAULT TRUE,
    created_at         TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at         TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT report_templates_version_key UNIQUE (jurisdiction_code, template_code, version)
);

COMMENT ON TABLE regulatory.report_templates IS 'Templates that reports are generated from';

CREATE UNIQUE INDEX idx_report_templates_one_active ON regulatory.report_templates (jurisdiction_code, template_code)
    WHERE is_active;

CREATE TABLE regulatory.compliance_reports (
    report_id       UUID         PRIMARY KEY DEFAULT gen_random_uuid(),
    institution_id  UUID         NOT NULL REFERENCES regulatory.institutions (institution_id),
    template_id     UUID         NOT NULL REFERENCES regulatory.report_templates (template_id),
    period_start    DATE         NOT NULL,
    period_end      DATE         NOT NULL,
    revision        INTEGER      NOT NULL DEFAULT 1 CHECK (revision > 0),
    status          VARCHAR(20)  NOT NULL DEFAULT 'draft'
        CHECK (status IN ('draft', 'validating', 'validated', 'approved', 'submitted', 'rejected')),
    content         JSONB        NOT NULL DEFAULT '{}',
    content_hash    CHAR(64)     CHECK (content_hash ~ '^[0-9a-f]{64}$'),
    generated_by    VARCHAR(100) NOT NULL,
    approved_by     VARCHAR(100),
    approved_at     TIMESTAMPTZ,
    created_at      TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at      TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT compliance_reports_revision_key    UNIQUE (institution_id, template_id, period_end, revision),
    CONSTRAINT compliance_reports_period_check    CHECK (period_end >= period_start),
    CONSTRAINT compliance_reports_approval_check  CHECK ((approved_by IS NULL) = (approved_at IS NULL)),
    CONSTRAINT compliance_reports_four_eyes_check CHECK (approved_by <> generated_by)
);

COMMENT ON TABLE regulatory.compliance_reports IS 'Generated reports, one row a revision';

CREATE INDEX idx_compliance_reports_template ON regulatory.compliance_reports (template_id);
CREATE INDEX idx_compliance_reports_open ON regulatory.compliance_reports (status, period_end)
    WHERE status <> 'submitted';

CREATE TABLE regulatory.validation_rules (
    rule_id        UUID         PRIMARY KEY DEFAULT gen_random_uuid(),
    template_id    UUID         NOT NULL REFERENCES regulatory.report_templates (template_id),
    obligation_id  UUID         REFERENCES regulatory.regulatory_obligations (obligation_id),
    rule_code      VARCHAR(50)  NOT NULL,
    description    TEXT         NOT NULL,
    expression     JSONB        NOT NULL,
    severity       VARCHAR(20)  NOT NULL DEFAULT 'error' CHECK (severity IN ('info', 'warning', 'error')),
    is_active      BOOLEAN      NOT NULL DEFAULT TRUE,
    created_at     TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at     TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT validation_rules_code_key UNIQUE (template_id, rule_code)
);

COMMENT ON TABLE  regulatory.validation_rules            IS 'Business rules that a report has to satisfy';
COMMENT ON COLUMN regulatory.validation_rules.expression IS 'JSON-Logic';

CREATE INDEX idx_validation_rules_obligation ON regulatory.validation_rules (obligation_id);
CREATE INDEX idx_validation_rules_active     ON regulatory.validation_rules (template_id, severity) WHERE is_active;

CREATE TABLE regulatory.audit_log (
    audit_id         UUID         NOT NULL DEFAULT gen_random_uuid(),
    event_timestamp  TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    event_type       VARCHAR(50)  NOT NULL,
    institution_id   UUID         REFERENCES regulatory.institutions (institution_id),
    entity_type      VARCHAR(50)  NOT NULL,
    entity_id        VARCHAR(100) NOT NULL,
    action           VARCHAR(20)  NOT NULL
        CHECK (action IN ('create', 'read', 'update', 'delete', 'approve', 'submit', 'login', 'export')),
    user_id          VARCHAR(100) NOT NULL,
    ip_address       INET,
    old_values       JSONB,
    new_values       JSONB,
    CONSTRAINT audit_log_pkey PRIMARY KEY (audit_id, event_timestamp)
) PARTITION BY RANGE (event_timestamp);

CREATE TABLE regulatory.audit_log_default PARTITION OF regulatory.audit_log DEFAULT;

COMMENT ON TABLE regulatory.audit_log         IS 'Immutable audit trail, partitioned by the time of the event';
COMMENT ON TABLE regulatory.audit_log_default IS 'Events of the years that have no partition of their own';

CREATE INDEX idx_audit_log_event_timestamp ON regulatory.audit_log (event_timestamp);
CREATE INDEX idx_audit_log_institution     ON regulatory.audit_log (institution_id, event_timestamp);
CREATE INDEX idx_audit_log_entity          ON regulatory.audit_log (entity_type, entity_id);
CREATE INDEX idx_audit_log_user            ON regulatory.audit_log (user_id, event_timestamp);

CREATE FUNCTION regulatory.reject_audit_log_change() RETURNS TRIGGER
    LANGUAGE plpgsql
AS $$
BEGIN
    RAISE EXCEPTION 'regulatory.audit_log is immutable: % refused', TG_OP
        USING ERRCODE = 'insufficient_privilege';
END;
$$;

CREATE TRIGGER audit_log_immutable
    BEFORE UPDATE OR DELETE ON regulatory.audit_log
    FOR EACH ROW
    EXECUTE FUNCTION regulatory.reject_audit_log_change();

-- Partitions take over row triggers, but not those for TRUNCATE: each partition needs its own.
CREATE TRIGGER audit_log_no_truncate
    BEFORE TRUNCATE ON regulatory.audit_log
    FOR EACH STATEMENT
    EXECUTE FUNCTION regulatory.reject_audit_log_change();

CREATE TRIGGER audit_log_default_no_truncate
    BEFORE TRUNCATE ON regulatory.audit_log_default
    FOR EACH STATEMENT
    EXECUTE FUNCTION regulatory.reject_audit_log_change();

CREATE TABLE regulatory.regulatory_calendar (
    calendar_id        UUID         PRIMARY KEY DEFAULT gen_random_uuid(),
    jurisdiction_code  VARCHAR(10)  NOT NULL REFERENCES regulatory.jurisdiction_configs (jurisdiction_code),
    obligation_id      UUID         REFERENCES regulatory.regulatory_obligations (obligation_id),
    template_id        UUID         REFERENCES regulatory.report_templates (template_id),
    title              VARCHAR(255) NOT NULL,
    period_end         DATE         NOT NULL,
    due_date           DATE         NOT NULL,
    reminder_days      SMALLINT     NOT NULL DEFAULT 14 CHECK (reminder_days BETWEEN 0 AND 365),
    status             VARCHAR(20)  NOT NULL DEFAULT 'upcoming'
        CHECK (status IN ('upcoming', 'met', 'missed', 'waived')),
    created_at         TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at         TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT regulatory_calendar_deadline_key  UNIQUE (jurisdiction_code, title, period_end),
    CONSTRAINT regulatory_calendar_due_check     CHECK (due_date >= period_end),
    CONSTRAINT regulatory_calendar_subject_check CHECK (obligation_id IS NOT NULL OR template_id IS NOT NULL)
);

COMMENT ON TABLE regulatory.regulatory_calendar IS 'Calendar of deadlines';

CREATE INDEX idx_regulatory_calendar_obligation ON regulatory.regulatory_calendar (obligation_id);
CREATE INDEX idx_regulatory_calendar_template   ON regulatory.regulatory_calendar (template_id);
CREATE INDEX idx_regulatory_calendar_upcoming   ON regulatory.regulatory_calendar (due_date) WHERE status = 'upcoming';

CREATE TABLE regulatory.submissions (
    submission_id    UUID         PRIMARY KEY DEFAULT gen_random_uuid(),
    report_id        UUID         NOT NULL REFERENCES regulatory.compliance_reports (report_id),
    calendar_id      UUID         REFERENCES regulatory.regulatory_calendar (calendar_id),
    attempt          SMALLINT     NOT NULL DEFAULT 1 CHECK (attempt > 0),
    channel          VARCHAR(20)  NOT NULL CHECK (channel IN ('api', 'sftp', 'portal', 'email')),
    reference        VARCHAR(100) UNIQUE,
    status           VARCHAR(20)  NOT NULL DEFAULT 'pending'
        CHECK (status IN ('pending', 'sent', 'acknowledged', 'accepted', 'rejected', 'failed')),
    response         JSONB,
    submitted_by     VARCHAR(100) NOT NULL,
    submitted_at     TIMESTAMPTZ,
    acknowledged_at  TIMESTAMPTZ,
    created_at       TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at       TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT submissions_attempt_key           UNIQUE (report_id, attempt),
    CONSTRAINT submissions_acknowledgement_check CHECK (acknowledged_at >= submitted_at)
);

COMMENT ON TABLE  regulatory.submissions           IS 'Submissions of reports to the regulator';
COMMENT ON COLUMN regulatory.submissions.reference IS 'The reference that the regulator gave';

CREATE INDEX idx_submissions_calendar ON regulatory.submissions (calendar_id);
CREATE INDEX idx_submissions_open ON regulatory.submissions (created_at)
    WHERE status IN ('pending', 'sent', 'acknowledged');

CREATE TABLE regulatory.data_quality_metrics (
    metric_id       UUID          PRIMARY KEY DEFAULT gen_random_uuid(),
    report_id       UUID          NOT NULL REFERENCES regulatory.compliance_reports (report_id),
    rule_id         UUID          REFERENCES regulatory.validation_rules (rule_id),
    dimension       VARCHAR(20)   NOT NULL
        CHECK (dimension IN ('completeness', 'accuracy', 'consistency', 'timeliness', 'uniqueness', 'validity')),
    score           NUMERIC(5, 2) NOT NULL CHECK (score BETWEEN 0 AND 100),
    threshold       NUMERIC(5, 2) NOT NULL CHECK (threshold BETWEEN 0 AND 100),
    records_total   BIGINT        NOT NULL CHECK (records_total >= 0),
    records_failed  BIGINT        NOT NULL DEFAULT 0,
    details         JSONB         NOT NULL DEFAULT '{}',
    measured_at     TIMESTAMPTZ   NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT data_quality_metrics_failed_check CHECK (records_failed BETWEEN 0 AND records_total)
);

COMMENT ON TABLE regulatory.data_quality_metrics IS 'Quality of the data behind a report, by dimension';

CREATE INDEX idx_data_quality_metrics_report  ON regulatory.data_quality_metrics (report_id, dimension);
CREATE INDEX idx_data_quality_metrics_rule    ON regulatory.data_quality_metrics (rule_id);
CREATE INDEX idx_data_quality_metrics_failing ON regulatory.data_quality_metrics (measured_at) WHERE score < threshold;
