-- Experiment tracking, data versioning and the feature store.

CREATE TABLE experiments (
    experiment_id  UUID         PRIMARY KEY DEFAULT gen_random_uuid(),
    name           VARCHAR(255) NOT NULL UNIQUE,
    description    TEXT,
    owner          VARCHAR(100) NOT NULL,
    tags           JSONB        NOT NULL DEFAULT '{}',
    status         VARCHAR(20)  NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'archived')),
    created_at     TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at     TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP
);

COMMENT ON TABLE experiments IS 'Experiment metadata for ML experiment tracking';

CREATE INDEX idx_experiments_active ON experiments (created_at) WHERE status = 'active';

CREATE TABLE dataset_versions (
    dataset_version_id  UUID         PRIMARY KEY DEFAULT gen_random_uuid(),
    dataset_name        VARCHAR(255) NOT NULL,
    version             VARCHAR(50)  NOT NULL,
    storage_uri         TEXT         NOT NULL,
    content_hash        CHAR(64)     NOT NULL CHECK (content_hash ~ '^[0-9a-f]{64}$'),
    row_count           BIGINT       NOT NULL CHECK (row_count >= 0),
    column_schema       JSONB        NOT NULL,
    statistics          JSONB        NOT NULL DEFAULT '{}',
    metadata            JSONB        NOT NULL DEFAULT '{}',
    created_by          VARCHAR(100) NOT NULL,
    created_at          TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT dataset_versions_name_version_key UNIQUE (dataset_name, version)
);

COMMENT ON TABLE dataset_versions IS 'Versions of datasets with metadata, statistics and lineage information';

CREATE INDEX idx_dataset_versions_content_hash ON dataset_versions (content_hash);
CREATE INDEX idx_dataset_versions_name_created ON dataset_versions (dataset_name, created_at DESC);

CREATE TABLE runs (
    run_id              UUID         PRIMARY KEY DEFAULT gen_random_uuid(),
    experiment_id       UUID         NOT NULL REFERENCES experiments (experiment_id),
    dataset_version_id  UUID         REFERENCES dataset_versions (dataset_version_id),
    run_name            VARCHAR(255),
    status              VARCHAR(20)  NOT NULL DEFAULT 'running'
        CHECK (status IN ('running', 'completed', 'failed', 'killed')),
    parameters          JSONB        NOT NULL DEFAULT '{}',
    tags                JSONB        NOT NULL DEFAULT '{}',
    code_version        VARCHAR(64)  NOT NULL,
    environment         JSONB        NOT NULL DEFAULT '{}',
    random_seed         BIGINT,
    error               TEXT,
    started_by          VARCHAR(100) NOT NULL,
    started_at          TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    ended_at            TIMESTAMPTZ,
    CONSTRAINT runs_ended_at_check CHECK ((status = 'running') = (ended_at IS NULL)),
    CONSTRAINT runs_period_check   CHECK (ended_at >= started_at)
);

COMMENT ON TABLE  runs              IS 'Experiment runs with parameters, status and version information';
COMMENT ON COLUMN runs.code_version IS 'Commit of the training code';

CREATE INDEX idx_runs_experiment_started ON runs (experiment_id, started_at DESC);
CREATE INDEX idx_runs_dataset_version    ON runs (dataset_version_id);
CREATE INDEX idx_runs_running            ON runs (started_at) WHERE status = 'running';
CREATE INDEX idx_runs_parameters         ON runs USING GIN (parameters jsonb_path_ops);

CREATE TABLE metrics (
    metric_id    BIGINT           GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id       UUID             NOT NULL REFERENCES runs (run_id) ON DELETE CASCADE,
    metric_name  VARCHAR(100)     NOT NULL,
    step         BIGINT           NOT NULL DEFAULT 0 CHECK (step >= 0),
    value        DOUBLE PRECISION NOT NULL,
    recorded_at  TIMESTAMPTZ      NOT NULL DEFAULT CURRENT_TIMESTAMP
);

COMMENT ON TABLE metrics IS 'Time series of the metrics logged during experiment runs';

CREATE INDEX idx_metrics_run_name_step ON metrics (run_id, metric_name, step);
CREATE INDEX idx_metrics_recorded_at   ON metrics USING BRIN (recorded_at);

CREATE TABLE artifacts (
    artifact_id    UUID         PRIMARY KEY DEFAULT gen_random_uuid(),
    run_id         UUID         NOT NULL REFERENCES runs (run_id) ON DELETE CASCADE,
    artifact_type  VARCHAR(20)  NOT NULL CHECK (artifact_type IN ('model', 'plot', 'data', 'report', 'other')),
    path           VARCHAR(500) NOT NULL,
    storage_uri    TEXT         NOT NULL,
    content_hash   CHAR(64)     NOT NULL CHECK (content_hash ~ '^[0-9a-f]{64}$'),
    size_bytes     BIGINT       NOT NULL CHECK (size_bytes >= 0),
    metadata       JSONB        NOT NULL DEFAULT '{}',
    created_at     TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT artifacts_run_path_key UNIQUE (run_id, path)
);

COMMENT ON TABLE artifacts IS 'Models, plots and data files generated during experiments';

CREATE INDEX idx_artifacts_models ON artifacts (run_id, created_at DESC) WHERE artifact_type = 'model';

CREATE TABLE data_lineage (
    lineage_id           UUID         PRIMARY KEY DEFAULT gen_random_uuid(),
    source_version_id    UUID         NOT NULL REFERENCES dataset_versions (dataset_version_id),
    target_version_id    UUID         NOT NULL REFERENCES dataset_versions (dataset_version_id),
    run_id               UUID         REFERENCES runs (run_id) ON DELETE SET NULL,
    transformation       VARCHAR(255) NOT NULL,
    transformation_code  TEXT,
    parameters           JSONB        NOT NULL DEFAULT '{}',
    created_at           TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT data_lineage_edge_key       UNIQUE (source_version_id, target_version_id, transformation),
    CONSTRAINT data_lineage_not_self_check CHECK (source_version_id <> target_version_id)
);

COMMENT ON TABLE data_lineage IS 'Transformations that lead from one dataset version to another';

CREATE INDEX idx_data_lineage_target ON data_lineage (target_version_id);
CREATE INDEX idx_data_lineage_run    ON data_lineage (run_id);

CREATE TABLE drift_reports (
    report_id             UUID             PRIMARY KEY DEFAULT gen_random_uuid(),
    reference_version_id  UUID             NOT NULL REFERENCES dataset_versions (dataset_version_id),
    current_version_id    UUID             NOT NULL REFERENCES dataset_versions (dataset_version_id),
    method                VARCHAR(50)      NOT NULL
        CHECK (method IN ('psi', 'ks', 'chi_squared', 'wasserstein', 'jensen_shannon')),
    drift_score           DOUBLE PRECISION NOT NULL CHECK (drift_score >= 0),
    threshold             DOUBLE PRECISION NOT NULL CHECK (threshold > 0),
    drift_detected        BOOLEAN          NOT NULL,
    feature_drift         JSONB            NOT NULL DEFAULT '{}',
    created_at            TIMESTAMPTZ      NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT drift_reports_versions_check CHECK (reference_version_id <> current_version_id)
);

COMMENT ON TABLE drift_reports IS 'Data drift analysis reports that compare two dataset versions';

CREATE INDEX idx_drift_reports_reference ON drift_reports (reference_version_id);
CREATE INDEX idx_drift_reports_current   ON drift_reports (current_version_id);
CREATE INDEX idx_drift_reports_detected  ON drift_reports (created_at DESC) WHERE drift_detected;

CREATE TABLE features (
    feature_id      UUID         PRIMARY KEY DEFAULT gen_random_uuid(),
    name            VARCHAR(100) NOT NULL,
    version         INTEGER      NOT NULL DEFAULT 1 CHECK (version > 0),
    description     TEXT,
    entity_type     VARCHAR(50)  NOT NULL,
    value_type      VARCHAR(20)  NOT NULL CHECK (value_type IN ('numeric', 'categorical', 'boolean', 'text', 'vector')),
    transformation  TEXT         NOT NULL,
    dependencies    TEXT[]       NOT NULL DEFAULT '{}',
    owner           VARCHAR(100) NOT NULL,
    is_active       BOOLEAN      NOT NULL DEFAULT TRUE,
    created_at      TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at      TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT features_name_version_key UNIQUE (name, version)
);

COMMENT ON TABLE features IS 'Definitions of the feature engineering transformations in the feature store';

CREATE INDEX idx_features_active ON features (entity_type, name) WHERE is_active;

CREATE TABLE feature_values (
    feature_id       UUID         NOT NULL REFERENCES features (feature_id),
    entity_id        VARCHAR(100) NOT NULL,
    event_timestamp  TIMESTAMPTZ  NOT NULL,
    value            JSONB        NOT NULL,
    computed_at      TIMESTAMPTZ  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT feature_values_pkey PRIMARY KEY (feature_id, entity_id, event_timestamp)
);

COMMENT ON TABLE  feature_values                 IS 'Computed feature values for entities';
COMMENT ON COLUMN feature_values.event_timestamp
    IS 'When the value became true, for point-in-time joins; computed_at says when it was worked out';

CREATE INDEX idx_feature_values_entity ON feature_values (entity_id, event_timestamp DESC);

CREATE VIEW run_summary AS
SELECT r.run_id,
       e.name                    AS experiment,
       r.run_name,
       r.status,
       d.dataset_name,
       d.version                 AS dataset_version,
       r.code_version,
       r.started_at,
       r.ended_at - r.started_at AS duration,
       m.metrics,
       a.artifact_count
FROM   runs r
JOIN   experiments e ON e.experiment_id = r.experiment_id
LEFT JOIN dataset_versions d ON d.dataset_version_id = r.dataset_version_id
LEFT JOIN LATERAL (
    SELECT jsonb_object_agg(last.metric_name, last.value::TEXT) AS metrics
    FROM   (
        SELECT DISTINCT ON (metric_name) metric_name, value
        FROM   metrics
        WHERE  metrics.run_id = r.run_id
        ORDER  BY metric_name, step DESC, metric_id DESC
    ) last
) m ON TRUE
CROSS JOIN LATERAL (
    SELECT count(*) AS artifact_count
    FROM   artifacts
    WHERE  artifacts.run_id = r.run_id
) a;

COMMENT ON VIEW   run_summary         IS 'Each run with its experiment, dataset, last metrics and number of artifacts';
COMMENT ON COLUMN run_summary.metrics IS 'Last value of each metric, as text: JSON has no NaN and no infinity';
