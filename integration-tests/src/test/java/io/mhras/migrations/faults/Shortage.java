package io.mhras.migrations.faults;

import io.mhras.migrations.processes.MigrateWorker.Answer;
import org.springframework.jdbc.core.JdbcTemplate;

/** A server that has not enough of something. */
final class Shortage {

    /** About as many as a mix has statements that write, and rows in the history. */
    private static final int WRITES = 110;

    private static final int ROWS = 70;

    private static final int LONGEST_TIMEOUT_MS = 60;

    private static final String PREPARE = """
            CREATE SCHEMA faults;
            CREATE SEQUENCE faults.writes;
            CREATE FUNCTION faults.write() RETURNS void LANGUAGE plpgsql AS $$
            BEGIN
                IF nextval('faults.writes') BETWEEN %d AND %d THEN
                    RAISE EXCEPTION 'could not extend file "base/1/2": No space left on device'
                          USING ERRCODE = '53100', HINT = 'Check free disk space.';
                END IF;
            END $$;
            CREATE FUNCTION faults.row_written() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM faults.write();
                RETURN NULL;
            END $$;
            CREATE FUNCTION faults.history_made() RETURNS event_trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF EXISTS (SELECT FROM pg_event_trigger_ddl_commands()
                           WHERE command_tag = 'CREATE TABLE' AND object_identity = 'public.migration_history') THEN
                    CREATE TRIGGER disk_full AFTER INSERT ON public.migration_history EXECUTE FUNCTION faults.row_written();
                END IF;
            END $$;
            DO $$
            BEGIN
                IF to_regclass('public.migration_history') IS NOT NULL THEN
                    CREATE TRIGGER disk_full AFTER INSERT ON public.migration_history EXECUTE FUNCTION faults.row_written();
                END IF;
            END $$;
            CREATE EVENT TRIGGER history_made ON ddl_command_end WHEN tag IN ('CREATE TABLE')
                EXECUTE FUNCTION faults.history_made();
            """;

    private static final String ALL_ELSE = """
            CREATE FUNCTION faults.object_made() RETURNS event_trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF tg_tag <> 'CREATE TRIGGER' THEN
                    PERFORM faults.write();
                END IF;
            END $$;
            CREATE TRIGGER disk_full AFTER INSERT ON work_log EXECUTE FUNCTION faults.row_written();
            CREATE TRIGGER disk_full AFTER UPDATE ON counter EXECUTE FUNCTION faults.row_written();
            CREATE EVENT TRIGGER object_made ON ddl_command_end EXECUTE FUNCTION faults.object_made();
            """;

    private static final String REPAIR = "DROP SCHEMA faults CASCADE";

    private Shortage() {}

    /** The disk is full from some write on. */
    static Answer diskFull(Trial trial) {
        return diskFull(trial, PREPARE + ALL_ELSE, 1 + trial.random().nextInt(WRITES));
    }

    /** The disk is full from some row of the history on. */
    static Answer diskFullForHistory(Trial trial) {
        return diskFull(trial, PREPARE, 1 + trial.random().nextInt(ROWS));
    }

    /** For one write, or until somebody makes room. */
    private static Answer diskFull(Trial trial, String prepare, int first) {
        int last = trial.random().nextBoolean() ? first : Integer.MAX_VALUE;
        trial.note("disk full from write " + first + " to " + last);
        JdbcTemplate jdbc = new JdbcTemplate(trial.dataSource());
        jdbc.execute(prepare.formatted(first, last));
        trial.begin();
        Answer answer = trial.answer();
        jdbc.execute(REPAIR);
        return answer;
    }

    /** There is no room for temporary files. */
    static Answer temporaryFilesFull(Trial trial) {
        return limited(trial, "work_mem = '1MB'", "temp_file_limit = 0");
    }

    /** The server cancels what takes too long. */
    static Answer statementTimeout(Trial trial) {
        int timeout = 1 + trial.random().nextInt(LONGEST_TIMEOUT_MS);
        trial.note("statement_timeout " + timeout + " ms");
        return limited(trial, "statement_timeout = " + timeout);
    }

    private static Answer limited(Trial trial, String... settings) {
        trial.withoutPool();
        for (String setting : settings) {
            trial.databases().admin().execute("ALTER DATABASE " + trial.database() + " SET " + setting);
        }
        trial.begin();
        Answer answer = trial.answer();
        for (String setting : settings) {
            String name = setting.substring(0, setting.indexOf(' '));
            trial.databases().admin().execute("ALTER DATABASE " + trial.database() + " RESET " + name);
        }
        return answer;
    }
}
