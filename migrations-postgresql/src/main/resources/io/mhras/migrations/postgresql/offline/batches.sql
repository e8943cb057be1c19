DECLARE
    changed bigint;
    without integer := 0;
BEGIN
    -- Of one batch all rows may have been deleted by others meanwhile: the end is where the next one finds none either.
    WHILE without < 2 LOOP
        PERFORM pg_sleep(@pause);
        EXECUTE @statement;
        GET DIAGNOSTICS changed = ROW_COUNT;
        COMMIT;
        without := CASE WHEN changed > 0 THEN 0 ELSE without + 1 END;
    END LOOP;
END
