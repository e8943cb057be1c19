BEGIN
    IF NOT EXISTS (SELECT FROM pg_index JOIN pg_class ON oid = indexrelid
                   WHERE indrelid = to_regclass(@table) AND relname = @name::name AND indisvalid) THEN
        RAISE EXCEPTION USING MESSAGE = @problem,
            HINT = 'Drop the index if it is there. Then run ''migrations apply'': it goes on here.';
    END IF;
END
