DECLARE
    answer record;
    failed text;
BEGIN
    FOR answer IN EXECUTE @query LOOP
        SELECT string_agg(format('''%s''', key), ', ') INTO failed
        FROM json_each(to_json(answer)) WHERE value::text = 'false';
        IF failed IS NOT NULL THEN
            RAISE EXCEPTION USING
                MESSAGE = @problem || failed || ' is false',
                DETAIL  = @place,
                HINT    = 'Its transaction was rolled back. Correct the migration or its check, and make the script again.';
        END IF;
    END LOOP;
END
