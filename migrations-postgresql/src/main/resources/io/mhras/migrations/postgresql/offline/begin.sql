-- What ~/.psqlrc or a command line may have set otherwise.
\set ON_ERROR_STOP on
\set AUTOCOMMIT on
\set ON_ERROR_ROLLBACK off
\set SINGLELINE off
\set SINGLESTEP off
\set QUIET on
\encoding UTF8

-- What this session is like: each file begins with it.
SELECT session_user AS user, current_setting('role') AS role, coalesce(@schema, '') AS schema,
       coalesce(host(inet_client_addr()), 'localhost') AS host,
       concat_ws(', ', quote_ident(@schema), nullif(nullif(current_setting('search_path'), ''), '""')) AS search_path,
       (SELECT coalesce(json_object_agg(name, setting), '{}') FROM pg_settings WHERE source = 'session') AS settings
\gset mhras_
SELECT set_config('mhras.schema', :'mhras_schema', false) AS schema_known,
       ('x' || left(encode(sha256(convert_to('mhras.migrations:"' || replace(:'mhras_schema', '"', '""') || '".' || @table, 'UTF8')), 'hex'), 16))::bit(64)::bigint AS lock
\gset mhras_
SELECT set_config('mhras.lock', :'mhras_lock', false) AS lock_known
\gset mhras_

-- Takes the migration lock, and goes on only where the database stands where this script begins.
DO $mhras$
DECLARE
    own_schema constant text   := current_setting('mhras.schema');
    history    constant text   := '"' || replace(own_schema, '"', '""') || '".' || @table;
    lock_key   constant bigint := current_setting('mhras.lock')::bigint;
    expected   bytea           := decode('@fingerprint', 'hex');
    found      text;
    newest     text;
    other      text;
    repeatable record;
    others     record;
    many       bigint;
BEGIN
    IF transaction_timestamp() <> statement_timestamp() THEN
        RAISE EXCEPTION 'this script begins and ends its transactions itself; nothing was done'
            USING HINT = 'Run it outside of BEGIN and COMMIT, and without --single-transaction.';
    ELSIF own_schema = '' THEN
        RAISE EXCEPTION 'there is no schema for the history: the search_path, ''%'', names none that exists; nothing was done', current_setting('search_path')
            USING HINT = 'Make the script with --schema; a schema that is named is made when missing.';
    ELSIF NOT pg_try_advisory_lock(lock_key) THEN
        SELECT format('It is process %s, %s, as %s.', pid, coalesce(nullif(application_name, ''), 'without a name'), usename)
        INTO other FROM pg_locks JOIN pg_stat_activity USING (pid)
        WHERE locktype = 'advisory' AND granted AND objsubid = 1
          AND (classid::bigint << 32) | objid::bigint = lock_key AND datname = current_database();
        RAISE EXCEPTION 'another session migrates the history %; nothing was done', history
            USING ERRCODE = 'lock_not_available', DETAIL = coalesce(other, 'It was done just now.'),
                  HINT = 'Run this script again when it is done.';
    END IF;
    IF to_regclass(history) IS NOT NULL THEN
        EXECUTE 'SELECT fingerprint, format(''%s %s (%s)'', event, version, script) FROM ' || history
             || ' ORDER BY id DESC LIMIT 1' INTO found, newest;
        FOR repeatable IN EXECUTE
            'SELECT sha256(convert_to(version || ''='' || checksum, ''UTF8'')) AS hash
             FROM (SELECT DISTINCT ON (version) version, event, checksum FROM ' || history || '
                   WHERE starts_with(version, ''R_'') AND @decides
                   ORDER BY version, id DESC) AS newest
             WHERE @counts' LOOP
            FOR i IN 0..31 LOOP
                expected := set_byte(expected, i, get_byte(expected, i) # get_byte(repeatable.hash, i));
            END LOOP;
        END LOOP;
    ELSIF NOT @named THEN
        -- A history further down the search_path is another one; or this one, before the path was changed.
        SELECT path INTO other FROM unnest(current_schemas(false)) AS path
        WHERE path <> own_schema AND to_regclass(quote_ident(path) || '.' || @table) IS NOT NULL LIMIT 1;
        IF other IS NOT NULL THEN
            PERFORM pg_advisory_unlock(lock_key);
            RAISE EXCEPTION 'the schema ''%'' comes first in the search_path and has no history, but ''%'' has one; nothing was done', own_schema, other
                USING HINT = 'Make the script with --schema, and name the one that is meant.';
        END IF;
    END IF;
    IF found IS NULL AND row_security_active(to_regclass(history)) THEN
        PERFORM pg_advisory_unlock(lock_key);
        RAISE EXCEPTION 'row-level security may hide the history % from %; nothing was done', history, current_user
            USING HINT = 'Run this script as the owner of the table, or give this user a policy that shows all of it.';
    END IF;
    IF found IS NULL THEN
        -- What another tool has run must not run again.
        FOR others IN
            SELECT place, tool FROM (
                SELECT place, rank, @whose AS tool
                FROM (SELECT format('%I.%I', nspname, relname) AS place, relname AS name, min(rank) AS rank,
                             array_agg(DISTINCT lower(attname)) AS columns
                      FROM unnest(own_schema || current_schemas(false)::text[]) WITH ORDINALITY AS path (schema, rank)
                      JOIN pg_namespace ON nspname = path.schema
                      JOIN pg_class ON relnamespace = pg_namespace.oid AND relkind IN ('r', 'p')
                      JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped
                      GROUP BY nspname, relname) AS tables
                WHERE NOT columns @> ARRAY['event', 'version', 'up_script', 'down_script', 'fingerprint']) AS known
            WHERE tool IS NOT NULL ORDER BY rank, place LOOP
            EXECUTE 'SELECT count(*) FROM ' || others.place INTO many;
            IF many > 0 THEN
                PERFORM pg_advisory_unlock(lock_key);
                RAISE EXCEPTION 'another tool has migrated this database, and the history of these files is empty: the table % of % has % rows; nothing was done', others.place, others.tool, many
                    USING HINT = 'Take over what it has applied: ''migrations adopt''. If it has nothing to do with these files, make the script with --adopt none.';
            END IF;
        END LOOP;
    END IF;
    IF found = '' THEN
        PERFORM pg_advisory_unlock(lock_key);
        RAISE EXCEPTION 'a script came to a stop half-way: %; nothing was done', newest
            USING HINT = 'Run ''migrations apply'' or ''migrations rollback'': it goes on there.';
    ELSIF found = '@end' AND found <> encode(expected, 'hex') THEN
        PERFORM pg_advisory_unlock(lock_key);
        RAISE EXCEPTION 'this script begins at %, and the history % is where it ends: it was run already; nothing was done', @from, history
            USING DETAIL = 'Its newest row: ' || newest || '.';
    ELSIF coalesce(found, repeat('0', 64)) <> encode(expected, 'hex') THEN
        PERFORM pg_advisory_unlock(lock_key);
        RAISE EXCEPTION 'this script begins at %, and the history % is not at %; nothing was done', @from, history, @from
            USING DETAIL = coalesce('Its newest row: ' || newest || '.', 'It has no rows.'),
                  HINT = 'See what ''migrations status'' says, and make a script that begins there: ''migrations script FROM:TO''.';
    END IF;
END
$mhras$;

SELECT to_regnamespace(quote_ident(:'mhras_schema')) IS NULL AS no_schema,
       to_regclass(quote_ident(:'mhras_schema') || '.' || @table) IS NULL AS no_table,
       @older AS older_table
\gset mhras_
BEGIN;
\if :mhras_no_schema
CREATE SCHEMA :"mhras_schema";
\endif
\if :mhras_no_table
@create
\endif
\if :mhras_older_table
@upgrade
\endif
COMMIT;
