-- All nine tables and the view are there, and the lineage graph has its edges checked.

SELECT name, to_regclass(name) IS NOT NULL AS exists
FROM   unnest(ARRAY[
           'experiments', 'runs', 'metrics', 'artifacts', 'dataset_versions', 'data_lineage',
           'drift_reports', 'features', 'feature_values', 'run_summary'
       ]) AS name;

SELECT EXISTS (
    SELECT FROM pg_constraint
    WHERE  conrelid = 'data_lineage'::regclass
    AND    conname = 'data_lineage_not_self_check'
    AND    convalidated
) AS lineage_has_no_self_edges;

SELECT count(*) >= 0 AS run_summary_can_be_read
FROM   run_summary;
