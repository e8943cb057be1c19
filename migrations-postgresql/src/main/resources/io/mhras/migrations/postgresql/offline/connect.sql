BEGIN
    IF current_database() <> coalesce(@database, current_database())
        OR session_user <> coalesce(@user, session_user) THEN
        RAISE EXCEPTION USING MESSAGE = @problem,
            HINT = 'Put what is for another database into migrations of its own. For another user write SET ROLE.';
    END IF;
END
