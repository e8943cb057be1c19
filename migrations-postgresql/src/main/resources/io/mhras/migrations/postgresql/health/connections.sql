SELECT (SELECT sum(numbackends) FROM pg_stat_database) AS open,
       (SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND state <> 'idle' AND pid <> pg_backend_pid()) AS active,
       current_setting('max_connections')::int AS most
