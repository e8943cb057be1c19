package io.mhras.migrations.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.processes.MigrateWorker;
import io.mhras.migrations.processes.MigrateWorker.Answer;
import io.mhras.migrations.processes.MigrateWorker.Connections;
import io.mhras.migrations.processes.MigrateWorker.Ending;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** What nobody can do again without a human being's word, or without doing it twice, as the README says. */
class HonestStopTest {

    private static final Duration A_WHILE = Duration.ofMillis(20);
    private static final int MANY_TIMES = 1_500;

    private final TestDatabase database = TestServer.newDatabase();
    private final JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());

    @TempDir
    private Path folder;

    @AfterEach
    void drop() {
        database.close();
    }

    private Answer migrate() {
        try (MigrateWorker worker = MigrateWorker.start()) {
            return worker.migrate(database.url(), folder, Connections.EACH_NEW).join();
        }
    }

    /** Kills the migrating process as soon as the query finds something. */
    private void migrateAndKillWhen(String query) {
        try (MigrateWorker worker = MigrateWorker.start()) {
            CompletableFuture<Answer> answer = worker.migrate(database.url(), folder, Connections.EACH_NEW);
            await(query);
            worker.kill();
            assertThat(answer.join().ending()).isNotEqualTo(Ending.DONE);
        }
        await("SELECT 1 WHERE NOT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory'"
                + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))");
    }

    private void await(String query) {
        boolean found = false;
        for (int i = 0; i < MANY_TIMES && !found; i++) {
            found = !jdbc.queryForList(query).isEmpty();
            Trial.sleep(A_WHILE);
        }
        assertThat(found).as(query).isTrue();
    }

    private List<String> column(String sql) {
        return jdbc.queryForList(sql, String.class);
    }

    @Test
    void aBuildWithoutANameThatWasCutOffIsNotGuessedAt() throws IOException {
        database.run("""
                CREATE TABLE a (id int);
                INSERT INTO a SELECT generate_series(1, 100);
                CREATE FUNCTION slowly(value int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS
                    $$ BEGIN PERFORM pg_sleep(0.01); RETURN value; END $$;
                """);
        Path script = folder.resolve("001_index.sql");
        Files.writeString(script, "CREATE TABLE b (id int);\nCREATE INDEX CONCURRENTLY ON a (slowly(id));\n");
        migrateAndKillWhen("SELECT 1 FROM pg_stat_progress_create_index WHERE datname = current_database()");

        // However often it is started.
        assertThat(migrate().ending()).isEqualTo(Ending.STOPPED);
        assertThat(migrate().text())
                .contains(
                        "001_index.sql: statement 2 was cut off in an earlier run, and without a name it cannot be told"
                                + " whether its index is there.")
                .contains("Drop the index if it is there, give it a name in the script, and start again.");

        List<String> built = column("SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = 'a'::regclass");
        assertThat(built).hasSizeLessThanOrEqualTo(1);
        built.forEach(index -> database.run("DROP INDEX " + index));
        Files.writeString(script, "CREATE TABLE b (id int);\nCREATE INDEX CONCURRENTLY a_i ON a (slowly(id));\n");
        assertThat(migrate().ending()).isEqualTo(Ending.DONE);
        assertThat(
                        column(
                                "SELECT indexrelid::regclass || ' ' || indisvalid FROM pg_index WHERE indrelid = 'a'::regclass"))
                .containsExactly("a_i true");
    }

    @Test
    void aProcedureThatCommitsRunsAgainFromItsBeginning() throws IOException {
        database.run("""
                CREATE TABLE work_log (line text);
                CREATE PROCEDURE work() LANGUAGE plpgsql AS $$
                BEGIN
                    INSERT INTO work_log VALUES ('first');
                    COMMIT;
                    PERFORM pg_sleep(1);
                    INSERT INTO work_log VALUES ('second');
                END $$;
                """);
        Files.writeString(folder.resolve("001_call.sql"), "CREATE TABLE b (id int);\nCALL work();\nDROP TABLE b;\n");
        migrateAndKillWhen("SELECT pg_terminate_backend(pid) FROM pg_stat_activity, work_log"
                + " WHERE query LIKE 'CALL work()%' AND datname = current_database() AND pid <> pg_backend_pid()");

        assertThat(migrate().ending()).isEqualTo(Ending.DONE);

        assertThat(column("SELECT line FROM work_log ORDER BY line")).containsExactly("first", "first", "second");
        assertThat(column("SELECT version FROM migration_history WHERE event = 'APPLIED'"))
                .containsExactly("001");
    }
}
