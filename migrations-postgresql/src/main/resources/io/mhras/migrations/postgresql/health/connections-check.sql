SELECT 'the server' AS object,
       format('%s of %s connections are taken', open, most) AS detail,
       'Close what nobody needs, use a pool, or raise max_connections.' AS remedy
FROM (SELECT sum(numbackends) AS open, current_setting('max_connections')::int AS most
      FROM pg_stat_database) AS taken
WHERE open >= 0.8 * most
