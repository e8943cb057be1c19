-- Removes the feature store, data versioning and experiment tracking, with their data.

DROP VIEW run_summary;
DROP TABLE feature_values;
DROP TABLE features;
DROP TABLE drift_reports;
DROP TABLE data_lineage;
DROP TABLE artifacts;
DROP TABLE metrics;
DROP TABLE runs;
DROP TABLE dataset_versions;
DROP TABLE experiments;
