package io.mhras.migrations.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.MigrationException;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a concurrent statement leaves behind when it is stopped in the middle, and the next start repairs. */
class ConcurrentWorkTest extends PostgresTest {

    private static final String TABLES = """
            CREATE SCHEMA s;
            CREATE TABLE s.a (id int, t text);
            INSERT INTO s.a VALUES (1, 'one');
            CREATE INDEX a_i ON s.a (id);
            CREATE INDEX an_index_of_which_the_name_is_so_long_that_nothing_can_follow_it ON s.a (t);
            CREATE TABLE s.p (id int) PARTITION BY RANGE (id);
            CREATE INDEX p_i ON s.p (id);
            CREATE TABLE s.p1 PARTITION OF s.p FOR VALUES FROM (1) TO (2);
            """;

    private List<String> invalid() {
        return column("SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid ORDER BY 1");
    }

    private List<String> events() {
        return column("SELECT event || coalesce(' ' || statement, '') FROM migration_history ORDER BY id");
    }

    /** Lets the script run until it waits for this lock, and stops it there. */
    private MigrationException stopped(String script, String lock, String stop) throws Exception {
        try (Connection blocking = database.dataSource().getConnection()) {
            blocking.setAutoCommit(false);
            blocking.createStatement().execute(lock);
            CompletableFuture<MigrationException> run = CompletableFuture.supplyAsync(() -> failure(script));
            String waiting = """
                    SELECT pid::text FROM pg_stat_activity
                    WHERE datname = current_database() AND query LIKE '%CONCURRENTLY%' AND wait_event_type = 'Lock'""";
            for (int i = 0; i < 600 && column(waiting).isEmpty(); i++) {
                Thread.sleep(25);
            }
            jdbc.queryForList("SELECT " + stop + "(" + column(waiting).get(0) + ")");
            return run.get(30, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "REINDEX INDEX CONCURRENTLY s.a_i",
                "REINDEX (VERBOSE) INDEX CONCURRENTLY"
                        + " s.an_index_of_which_the_name_is_so_long_that_nothing_can_follow_it",
                "REINDEX (CONCURRENTLY) TABLE s.a",
                "REINDEX SCHEMA CONCURRENTLY \"s\"",
                "REINDEX DATABASE CONCURRENTLY"
            })
    void aReindexThatWasCutOffLeavesNoIndexThatWasToCome(String statement) throws Exception {
        database.run(TABLES);
        String script =
                statement.equals("REINDEX DATABASE CONCURRENTLY") ? statement + " " + database.name() : statement;

        MigrationException failure = stopped(script, "LOCK TABLE s.a IN ROW EXCLUSIVE MODE", "pg_terminate_backend");

        assertThat(failure).isInstanceOf(MigrationException.DatabaseUnavailable.class);
        assertThat(invalid()).isNotEmpty().allMatch(name -> name.contains("_ccnew"));
        migrate(script);
        assertThat(invalid()).isEmpty();
        assertThat(column("SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = 's.a'::regclass"))
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "REINDEX INDEX CONCURRENTLY s.p_i, ROW EXCLUSIVE, s.p1_id_idx_ccnew",
        "REINDEX TABLE CONCURRENTLY s.p,   ACCESS SHARE,  s.p1_id_idx_ccold"
    })
    void soItIsInEachPartition(String script, String mode, String left) throws Exception {
        database.run(TABLES);

        stopped(script, "LOCK TABLE s.p1 IN " + mode + " MODE", "pg_terminate_backend");

        assertThat(invalid()).containsExactly(left);
        migrate(script);
        assertThat(invalid()).isEmpty();
    }

    @Test
    void aReindexThatFailedLeavesNothingEither() throws Exception {
        database.run(TABLES);

        MigrationException failure =
                stopped("REINDEX TABLE CONCURRENTLY s.a", "LOCK TABLE s.a IN ROW EXCLUSIVE MODE", "pg_cancel_backend");

        assertThat(failure).hasMessageContaining("canceling statement due to user request");
        assertThat(events()).containsExactly("STARTED 0", "FAILED 0");
        assertThat(invalid()).hasSize(3).anyMatch(name -> name.startsWith("pg_toast."));
        migrate("REINDEX TABLE CONCURRENTLY s.a");
        assertThat(invalid()).isEmpty();
    }

    @Test
    void aReindexThatWasCutOffLeavesNoIndexThatWasToGo() throws Exception {
        database.run(TABLES);

        stopped("REINDEX INDEX CONCURRENTLY s.a_i", "LOCK TABLE s.a IN ACCESS SHARE MODE", "pg_terminate_backend");

        assertThat(invalid()).containsExactly("s.a_i_ccold");
        migrate("REINDEX INDEX CONCURRENTLY s.a_i");
        assertThat(invalid()).isEmpty();
        assertThat(column("SELECT to_regclass('s.a_i')::text")).containsExactly("s.a_i");
    }

    @Test
    void aReindexLeavesAloneWhatIsNotItsOwn() throws Exception {
        database.run(TABLES);
        database.run(
                "CREATE TABLE s.b (id int); CREATE INDEX b_ccnew ON s.b (id); CREATE INDEX a_i_ccnew5 ON s.b (id);"
                        + " CREATE INDEX a_ccnew ON s.a (id);"
                        + " UPDATE pg_index SET indisvalid = false WHERE indexrelid IN ('s.b_ccnew'::regclass, 's.a_i_ccnew5'::regclass, 's.a_ccnew'::regclass)");

        migrate("REINDEX INDEX CONCURRENTLY s.a_i;");

        assertThat(invalid()).containsExactly("s.a_ccnew", "s.a_i_ccnew5", "s.b_ccnew");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pg_terminate_backend", "pg_cancel_backend"})
    void aPartitionThatIsHalfDetachedIsDetachedToTheEnd(String stop) throws Exception {
        database.run(TABLES);
        String script = "SET search_path = s;\nALTER TABLE IF EXISTS p DETACH PARTITION p1 CONCURRENTLY;\nSELECT 1;";

        stopped(script, "LOCK TABLE s.p IN ACCESS SHARE MODE", stop);

        assertThat(column("SELECT inhdetachpending::text FROM pg_inherits WHERE inhrelid = 's.p1'::regclass"))
                .containsExactly("true");
        migrate(script);
        assertThat(column("SELECT relispartition::text FROM pg_class WHERE oid = 's.p1'::regclass"))
                .containsExactly("false");
        assertThat(events()).endsWith("STARTED 2", "APPLIED");
    }

    @Test
    void aDetachedPartitionIsNotDetachedAgain() {
        database.run(TABLES);
        String script = "ALTER TABLE s.p DETACH PARTITION s.p1 CONCURRENTLY;";
        migrate(script);
        // As if the process had been killed between the statement and its row.
        database.run("DELETE FROM migration_history WHERE event = 'APPLIED' OR statement = 1");

        migrate(script);

        assertThat(events()).containsExactly("STARTED 0", "STARTED 1", "APPLIED");
    }

    @Test
    void whatStandsInTheWayOfHealingIsReportedAtTheStatement() throws Exception {
        database.run(TABLES);
        String script = "SELECT 1;\n\n  ALTER TABLE s.p DETACH PARTITION s.p1 CONCURRENTLY;";
        stopped(script, "LOCK TABLE s.p IN ACCESS SHARE MODE", "pg_terminate_backend");
        database.run("""
                CREATE FUNCTION refuse() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'not now'; END $$;
                CREATE EVENT TRIGGER refuse ON ddl_command_start WHEN TAG IN ('ALTER TABLE') EXECUTE FUNCTION refuse()""");

        assertThat(failure(script))
                .hasMessageContaining("001_script.sql:3:3")
                .hasMessageContaining("ALTER TABLE s.p DETACH PARTITION s.p1 FINALIZE")
                .hasMessageContaining("not now");
    }
}
