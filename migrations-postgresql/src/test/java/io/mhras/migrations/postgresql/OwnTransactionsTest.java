package io.mhras.migrations.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.MigrationResult;
import io.mhras.migrations.MigrationState;
import io.mhras.migrations.MigrationStatus.Summary;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.testing.Files;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts that cannot run in one transaction. */
class OwnTransactionsTest extends PostgresTest {

    private List<String> events() {
        return column("SELECT event || coalesce(' ' || statement, '') FROM migration_history ORDER BY id");
    }

    private void assertIndexIsValid(String name) {
        assertThat(column("SELECT indisvalid::text FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid"
                        + " WHERE relname = '" + name + "'"))
                .containsExactly("true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE a (id int); CREATE INDEX CONCURRENTLY a_i ON a (id); INSERT INTO a VALUES (1);",
                "CREATE INDEX CONCURRENTLY IF NOT EXISTS b_i ON public.\"base\" (id); DROP INDEX CONCURRENTLY b_i;",
                "CREATE UNIQUE INDEX CONCURRENTLY ON base (id);",
                "VACUUM base; VACUUM (ANALYZE) base; ANALYZE base;",
                "CREATE INDEX i ON base (id); REINDEX INDEX CONCURRENTLY i; REINDEX (CONCURRENTLY) TABLE base; REINDEX TABLE base;",
                "VACUUM FULL base; VACUUM (FULL, ANALYZE) base; VACUUM; SELECT 1;",
                "REINDEX SCHEMA public; REINDEX SCHEMA CONCURRENTLY public; REINDEX (VERBOSE, CONCURRENTLY) DATABASE DB;"
                        + " REINDEX DATABASE DB; REINDEX SYSTEM DB;",
                "CREATE TABLE p (id int) PARTITION BY RANGE (id); CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (2);"
                        + " CREATE INDEX p_i ON p (id); REINDEX TABLE p; REINDEX INDEX p_i;",
                "CREATE MATERIALIZED VIEW m AS SELECT 1 AS id; CREATE UNIQUE INDEX ON m (id);"
                        + " REFRESH MATERIALIZED VIEW CONCURRENTLY m;",
                "ALTER SYSTEM SET work_mem = '4MB'; SELECT 1; ALTER SYSTEM RESET work_mem;",
                "CREATE SUBSCRIPTION s_DB CONNECTION 'dbname=nowhere' PUBLICATION p WITH (connect = false);"
                        + " ALTER SUBSCRIPTION s_DB SET (slot_name = NONE); DROP SUBSCRIPTION s_DB;",
                "CREATE PROCEDURE c(INOUT n int) LANGUAGE plpgsql AS $$ BEGIN FOR i IN 1..3 LOOP INSERT INTO base VALUES (i);"
                        + " IF i % 2 = 0 THEN ROLLBACK; ELSE COMMIT; END IF; END LOOP; n := 5; END $$; CALL c(1); SELECT 1;",
                "CLUSTER; CREATE INDEX i ON base (id); CLUSTER base USING i;",
                "CREATE TABLE p (id int) PARTITION BY RANGE (id); CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (2);"
                        + " ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY; DROP TABLE p1;",
                "CREATE TYPE e AS ENUM ('a'); SELECT 1;",
                "ALTER TYPE mood ADD VALUE 'new'; CREATE TABLE m (x mood DEFAULT 'new'); INSERT INTO m VALUES ('new');",
                "CREATE PROCEDURE c() LANGUAGE plpgsql AS $$ BEGIN INSERT INTO base VALUES (7); COMMIT; END $$; CALL c();",
                "SELECT 1; DO $$ BEGIN INSERT INTO base VALUES (8); COMMIT; END $$; SELECT 2;",
                "BEGIN; INSERT INTO base VALUES (1); COMMIT;",
                "START TRANSACTION ISOLATION LEVEL SERIALIZABLE; INSERT INTO base VALUES (1); END; SELECT 1;",
                "INSERT INTO base VALUES (1); BEGIN; INSERT INTO base VALUES (2); ROLLBACK; INSERT INTO base VALUES (3);",
                "COMMIT; SELECT 1; ROLLBACK;",
                "BEGIN READ ONLY; SELECT * FROM base; COMMIT;",
                "BEGIN TRANSACTION ISOLATION LEVEL SERIALIZABLE, READ ONLY; SELECT 1; COMMIT; INSERT INTO base VALUES (1);",
                "START TRANSACTION READ ONLY; SELECT 1; END; VACUUM base; SELECT 1;",
                "BEGIN; SET TRANSACTION READ ONLY; SELECT 1; COMMIT; INSERT INTO base VALUES (1);",
                "BEGIN; SET LOCAL transaction_read_only = on; SELECT 1; COMMIT;",
                "SET TRANSACTION READ ONLY; SELECT * FROM base;",
                "SET default_transaction_read_only = on; VACUUM base; BEGIN; SELECT 1; COMMIT; VACUUM base; SELECT 2;",
                "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY; BEGIN; SELECT 1; COMMIT; VACUUM base;",
                "SELECT set_config('default_transaction_read_only', 'on', false); VACUUM base; SELECT 1;",
                "BEGIN READ ONLY; SELECT 1; ROLLBACK; INSERT INTO base VALUES (1);",
                "BEGIN READ WRITE; INSERT INTO base VALUES (1); COMMIT; INSERT INTO base VALUES (2);",
                "-- migrate:transaction none\nINSERT INTO base VALUES (1); CREATE INDEX CONCURRENTLY i ON base (id);",
                "SET search_path = pg_catalog; VACUUM public.base; SET ROLE pg_monitor; VACUUM public.base; RESET ROLE;"
            })
    void runUnaided(String script) {
        database.run("CREATE TABLE base (id int); CREATE TYPE mood AS ENUM ('old')");
        Migrator migrator = migrator(new Files().with("001_script.sql", script.replace("DB", database.name())));

        assertThat(migrator.migrate(Target.HEAD).events()).hasSize(1);

        assertThat(migrator.status().summary()).isEqualTo(Summary.UP_TO_DATE);
        assertThat(migrator.migrate(Target.HEAD).isUpToDate()).isTrue();
        assertThat(events()).endsWith("APPLIED");
        assertThat(column(
                        "SELECT relname FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid WHERE NOT indisvalid"))
                .isEmpty();
    }

    @Test
    void aReadOnlyScriptIsRecordedAfterItsTransactionWithItsWholeDuration() {
        migrate("SET TRANSACTION READ ONLY;\nSELECT pg_sleep(0.2);");

        assertThat(column("SELECT (execution_ms >= 200)::text FROM migration_history"))
                .containsExactly("true");
        assertThat(events()).containsExactly("APPLIED");
    }

    @Test
    void whatAScriptForbidsItselfHolds() {
        database.run("CREATE TABLE a (id int)");

        assertThat(failure("BEGIN READ ONLY;\nINSERT INTO a VALUES (1);\nCOMMIT;"))
                .hasMessageContaining("001_script.sql:2:1")
                .hasMessageContaining("cannot execute INSERT in a read-only transaction");
        assertThat(events()).containsExactly("FAILED");
    }

    @Test
    void aDatabaseThatForbidsWritingIsNotWrittenTo() {
        Files files = new Files().with("001_a.sql", "SELECT 1;");
        migrator(files).migrate(Target.HEAD);
        database.run("ALTER DATABASE " + database.name() + " SET default_transaction_read_only = on");

        assertThat(failure(migrator(files.with("002_b.sql", "SELECT 2;"))))
                .hasMessageContaining("cannot execute INSERT in a read-only transaction");
        assertThat(events()).containsExactly("APPLIED");
    }

    @Test
    void databasesAreMadeAndDropped() {
        String other = database.name() + "_made";
        migrate("CREATE DATABASE " + other + ";\nDROP DATABASE " + other + ";\n");

        assertThat(events()).containsExactly("STARTED 0", "STARTED 1", "STARTED 2", "APPLIED");
    }

    @Test
    void tablespacesAreMadeAndDropped() {
        assumeThat(column("SELECT name FROM pg_settings WHERE name = 'allow_in_place_tablespaces'"))
                .isNotEmpty();
        String space = database.name() + "_space";
        migrate("SET allow_in_place_tablespaces = on;\nCREATE TABLESPACE " + space + " LOCATION '';\n"
                + "CREATE TABLE a (id int) TABLESPACE " + space + ";\nDROP TABLE a;\nDROP TABLESPACE " + space + ";\n");

        assertThat(events()).containsExactly("STARTED 1", "STARTED 2", "STARTED 4", "STARTED 5", "APPLIED");
    }

    @Test
    void aSubscriptionThatMakesItsSlotRunsOutsideOfATransaction() {
        assertThat(failure("CREATE SUBSCRIPTION s CONNECTION 'host=127.0.0.1 port=1' PUBLICATION p;"))
                .hasMessageContaining("could not connect to")
                .hasMessageContaining("001_script.sql:1:1");
    }

    @Test
    void manyFilesWithAConcurrentIndexRunOneAfterTheOther() {
        Files files = new Files().with("001_a.sql", "CREATE TABLE a (id int);");
        for (int i = 10; i < 22; i++) {
            files = files.with("0" + i + "_i.sql", "CREATE INDEX CONCURRENTLY a_" + i + " ON a (id);");
        }
        migrator(files).migrate(Target.HEAD);

        assertThat(column("SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = 'a'::regclass"))
                .hasSize(12);
    }

    @Test
    void aScriptThatIsOneTransactionLeavesNoRowsOfProgress() {
        migrate("BEGIN;\nCREATE TABLE a (id int);\nCOMMIT;\n");

        assertThat(events()).containsExactly("APPLIED");
    }

    @Test
    void theTwoFilesThatHangOthersRunWithASecondInstanceWaiting() throws Exception {
        Files files = new Files()
                .with("001_a.sql", "CREATE TABLE a (id int);")
                .with("002_i.sql", "SELECT pg_sleep(1);\nCREATE INDEX CONCURRENTLY a_i ON a (id);");
        CompletableFuture<MigrationResult> one =
                CompletableFuture.supplyAsync(() -> migrator(files).migrate(Target.HEAD));
        CompletableFuture<MigrationResult> other =
                CompletableFuture.supplyAsync(() -> migrator(files).migrate(Target.HEAD));

        assertThat(one.get(60, TimeUnit.SECONDS).events().size()
                        + other.get(60, TimeUnit.SECONDS).events().size())
                .isEqualTo(2);
        assertIndexIsValid("a_i");
    }

    @Test
    void aFailedScriptKeepsWhatIsDoneAndGoesOnWhenTheRestIsMended() {
        String begin = "CREATE TABLE a (id int);\nCREATE INDEX CONCURRENTLY a_i ON a (id);\n";
        MigrationException failure = failure(begin + "INSERT INTO a VALUES (1);\nINSERT INTO nowhere VALUES (1);\n");

        assertThat(failure)
                .hasMessageStartingWith("001_script.sql failed at statement 4; statements 1 to 2 are done and stay.\n"
                        + "  at classpath:db/migration/001_script.sql:4:13\n")
                .hasMessageEndingWith("Correct the script after statement 2 and start again: it goes on there.");
        assertThat(events()).containsExactly("STARTED 1", "STARTED 2", "FAILED 2");
        assertThat(column("SELECT id::text FROM a")).isEmpty();

        Migrator mended = migrator(
                new Files().with("001_script.sql", "-- mended\n" + begin + "INSERT INTO a VALUES (2);\nSELECT 1;\n"));
        assertThat(mended.status().summary()).isEqualTo(Summary.FAILED);
        mended.migrate(Target.HEAD);

        assertThat(column("SELECT id::text FROM a")).containsExactly("2");
        assertThat(events()).containsExactly("STARTED 1", "STARTED 2", "FAILED 2", "APPLIED");
        assertThat(mended.migrate(Target.HEAD).isUpToDate()).isTrue();
    }

    @Test
    void aChangeOfTheDonePartIsDetected() {
        assertThat(failure("CREATE TABLE a (id int);\nVACUUM a;\nSELECT nowhere;\n"))
                .hasMessageContaining("statement 3");

        assertThat(failure("CREATE TABLE a (id bigint);\nVACUUM a;\nSELECT 1;\n"))
                .isInstanceOf(InvalidMigration.class)
                .hasMessageContaining(
                        "001_script.sql:1:1: this statement has run already, in an earlier run that stopped"
                                + " after statement 2, and was changed since.")
                .hasMessageContaining("Put it back as it was. What comes after statement 2 may be changed.");
    }

    @Test
    void whatTheDonePartSetInItsSessionIsSetAgain() {
        String begin =
                "CREATE SCHEMA s;\nSET search_path = s;\nSELECT set_config('work_mem', '5MB', false);\nVACUUM pg_am;\n";
        assertThat(failure(begin + "SELECT nowhere;")).hasMessageContaining("statement 5");

        migrate(begin + "CREATE TABLE made_in_s AS SELECT current_setting('work_mem') AS memory;");

        assertThat(column("SELECT memory FROM s.made_in_s")).containsExactly("5MB");
    }

    @Test
    void anIndexBuildThatIsCutOffHealsAtTheNextStart() throws Exception {
        database.run("CREATE TABLE a (id int)");
        String script = "CREATE INDEX CONCURRENTLY IF NOT EXISTS a_i ON a (id);\nINSERT INTO a VALUES (1);";
        try (Connection blocking = database.dataSource().getConnection()) {
            blocking.setAutoCommit(false);
            blocking.createStatement().execute("LOCK TABLE a IN ROW EXCLUSIVE MODE");
            CompletableFuture<MigrationException> run = CompletableFuture.supplyAsync(() -> failure(script));
            String building = """
                    SELECT pid::text FROM pg_stat_activity
                    WHERE datname = current_database() AND query LIKE 'CREATE INDEX CONC%' AND wait_event_type = 'Lock'""";
            for (int i = 0; i < 600 && column(building).isEmpty(); i++) {
                Thread.sleep(25);
            }
            // Longer than the lock_timeout of 2 s, which does not hold for concurrent builds.
            Thread.sleep(2_500);
            assertThat(column(building)).hasSize(1);
            jdbc.queryForList("SELECT pg_terminate_backend(" + column(building).get(0) + ")");
            assertThat(run.get(30, TimeUnit.SECONDS)).isInstanceOf(MigrationException.DatabaseUnavailable.class);
        }
        assertThat(column("SELECT indisvalid::text FROM pg_index WHERE indrelid = 'a'::regclass"))
                .containsExactly("false");
        assertThat(migrator(new Files().with("001_script.sql", script))
                        .status()
                        .migrations()
                        .get(0)
                        .error())
                .isEqualTo("not finished; statements up to 0 of 2 are done");

        migrate(script);

        assertIndexIsValid("a_i");
        assertThat(events()).containsExactly("STARTED 0", "STARTED 1", "APPLIED");
    }

    @Test
    void aStatementThatWasDoneButNotRecordedIsNotAnError() {
        String script =
                "CREATE TABLE a (id int);\nCREATE INDEX CONCURRENTLY a_i ON a (id);\nDROP INDEX CONCURRENTLY a_i;\n";
        migrate(script);
        // As if the process had been killed between the last statement and its row.
        database.run("DELETE FROM migration_history WHERE event = 'APPLIED' OR statement = 3");

        migrate(script);

        assertThat(events()).containsExactly("STARTED 1", "STARTED 2", "STARTED 3", "APPLIED");
    }

    @Test
    void aCheckRunsAfterTheLastPartAndIsAllThatIsLeftToDo() {
        Files files = new Files()
                .with("001_a.sql", "CREATE TABLE a (id int);\nVACUUM a;\nSELECT 1;\n")
                .with("001_a.verify.sql", "SELECT count(*) = 1 FROM a;");
        assertThat(failure(migrator(files))).hasMessageContaining("The check 001_a.verify.sql does not hold");
        database.run("INSERT INTO a VALUES (1)");

        migrator(files).migrate(Target.HEAD);

        assertThat(events()).endsWith("APPLIED");
    }

    @Test
    void aRollbackGoesOnWhereItStoppedAndNothingIsAppliedMeanwhile() {
        Files files = new Files()
                .with("001_a.sql", "CREATE TABLE a (id int);\nCREATE INDEX CONCURRENTLY a_i ON a (id);")
                .with("001_a.down.sql", "DROP INDEX CONCURRENTLY a_i;\nDROP TABLE nowhere;");
        migrator(files).migrate(Target.HEAD);
        MigrationException failure = Assertions.catchThrowableOfType(
                MigrationException.class, () -> migrator(files).rollback(Target.BASE));
        assertThat(failure).hasMessageContaining("failed at statement 2; statement 1 is done and stays.");

        assertThat(failure(migrator(files)))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("The rollback of 001 came to a stop after statement 1 of 001_a.down.sql.")
                .hasMessageContaining("Roll back again: it goes on where it stopped.");

        Migrator mended = migrator(files.with("001_a.down.sql", "DROP INDEX CONCURRENTLY a_i;\nDROP TABLE a;"));
        mended.rollback(Target.BASE);
        assertThat(exists("a")).isFalse();
        assertThat(mended.status().in(MigrationState.ROLLED_BACK)).hasSize(1);
    }

    @Test
    void theHeaderCanInsistOnOneTransaction() {
        database.run("CREATE TABLE a (id int)");
        assertThat(failureWith("file", "CREATE TABLE b (id int);\nCREATE INDEX CONCURRENTLY ON a (id);"))
                .hasMessageContaining("cannot run inside a transaction block")
                .hasMessageContaining("Take '-- migrate:transaction file' out of the header");
        assertThat(exists("b")).isFalse();
        assertThat(failureWith("file", "SELECT 1;\n  COMMIT;"))
                .hasMessageContaining(":3:3: COMMIT would end or split the transaction in which this file runs.");
    }

    private MigrationException failureWith(String transaction, String script) {
        return failure("-- migrate:transaction " + transaction + "\n" + script);
    }

    @Test
    void discardAllIsRefused() {
        assertThat(failure("SELECT 1;\nDISCARD ALL;"))
                .hasMessageContaining(":2:1: DISCARD ALL would free the migration lock.");
    }
}
