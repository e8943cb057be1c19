package io.mhras.migrations.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationResult;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.postgresql.PostgresSettings.Limits;
import io.mhras.migrations.postgresql.PostgresSettings.Retry;
import io.mhras.migrations.postgresql.lock.LockRetries;
import io.mhras.migrations.testing.Files;
import io.mhras.migrations.testing.LogCapture;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scripts on tables that others use at the same time. */
class LiveTrafficTest extends PostgresTest {

    private static final PostgresSettings QUICK = PostgresSettings.DEFAULT
            .with(new Limits(Duration.ofMillis(300), Duration.ZERO, Duration.ZERO))
            .with(new Retry(Duration.ofSeconds(60), Duration.ofMillis(20), Duration.ofMillis(50)));

    @BeforeEach
    void busyTable() {
        database.run("CREATE TABLE busy (id int); CREATE TABLE other (id int); CREATE TABLE runs (what text)");
    }

    private Migrator migrator(PostgresSettings settings, String script) {
        return migrator(database.dataSource(), settings, new Files().with("001_a.sql", script));
    }

    private Connection open() throws SQLException {
        Connection connection = database.dataSource().getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void awaitWaiter() throws InterruptedException {
        String waiting = "SELECT pid::text FROM pg_stat_activity WHERE application_name LIKE 'mhras-migrations %'"
                + " AND wait_event_type = 'Lock' AND datname = current_database()";
        while (column(waiting).isEmpty()) {
            Thread.sleep(10);
        }
    }

    /** Long enough to look up who holds the lock. */
    private static final PostgresSettings OBSERVED =
            QUICK.with(new Limits(Duration.ofSeconds(2), Duration.ZERO, Duration.ZERO));

    @Test
    void aScriptThatGetsNoLockRollsBackAndTriesAgainAndNamesWhoHoldsIt() throws Exception {
        try (Connection application = open();
                LogCapture log = LogCapture.of(LockRetries.class)) {
            run(application, "SET application_name = 'clinic'");
            run(application, "LOCK TABLE busy");

            CompletableFuture<MigrationResult> run = CompletableFuture.supplyAsync(
                    () -> migrator(OBSERVED, "INSERT INTO runs VALUES ('once');\nALTER TABLE busy ADD COLUMN a int;")
                            .migrate(Target.HEAD));
            log.awaitLine("attempt 2 follows");
            application.rollback();

            assertThat(run.get(30, TimeUnit.SECONDS).events())
                    .extracting(HistoryEntry::event)
                    .containsExactly(Event.APPLIED);
            assertThat(log.lines().get(0))
                    .startsWith("001_a.sql: canceling statement due to lock timeout, held by process ")
                    .contains("application 'clinic', from 127.0.0.1), idle in transaction for ")
                    .contains(": LOCK TABLE busy;")
                    .contains("rolled back, attempt 2 follows in ");
        }
        assertThat(column("SELECT what FROM runs")).containsExactly("once");
        assertThat(column("SELECT event FROM migration_history")).containsExactly("APPLIED");
    }

    @Test
    void betweenTwoAttemptsNothingIsLocked() throws Exception {
        PostgresSettings patient = QUICK.with(new Retry(Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1)));
        try (Connection application = open();
                LogCapture log = LogCapture.of(LockRetries.class)) {
            run(application, "LOCK TABLE busy");
            Thread run = new Thread(() -> failure(
                    migrator(patient, "ALTER TABLE other ADD COLUMN a int;\nALTER TABLE busy ADD COLUMN a int;")));
            run.start();
            log.awaitLine("attempt 2 follows");

            try (Connection another = open()) {
                run(another, "SET lock_timeout = '1ms'");
                run(another, "LOCK TABLE other");
            }
            assertThat(column("SELECT state FROM pg_stat_activity WHERE application_name LIKE 'mhras-migrations %'"
                            + " AND datname = current_database()"))
                    .containsExactly("idle");
            run.interrupt();
            run.join();
        }
    }

    @Test
    void aPauseOutlastsTheServersLimitForIdleSessions() throws Exception {
        database.run("ALTER DATABASE " + database.name() + " SET idle_session_timeout = '100ms'");
        PostgresSettings slow =
                QUICK.with(new Retry(Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofSeconds(1)));
        CompletableFuture<MigrationResult> run;
        try (Connection application = open();
                LogCapture log = LogCapture.of(LockRetries.class)) {
            run(application, "LOCK TABLE busy");
            run = CompletableFuture.supplyAsync(
                    () -> migrator(slow, "ALTER TABLE busy ADD COLUMN a int;").migrate(Target.HEAD));
            log.awaitLine("attempt 2 follows");
            application.rollback();
        }
        assertThat(run.get(30, TimeUnit.SECONDS).events()).hasSize(1);
    }

    @Test
    void anInterruptedPauseIsTheEndOfTheRun() throws Exception {
        PostgresSettings patient = QUICK.with(new Retry(Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1)));
        try (Connection application = open();
                LogCapture log = LogCapture.of(LockRetries.class)) {
            run(application, "LOCK TABLE busy");
            CompletableFuture<MigrationException> failure = new CompletableFuture<>();
            Thread run = new Thread(
                    () -> failure.complete(failure(migrator(patient, "ALTER TABLE busy ADD COLUMN a int;"))));
            run.start();
            log.awaitLine("attempt 2 follows");
            run.interrupt();

            assertThat(failure.get(30, TimeUnit.SECONDS))
                    .isInstanceOf(MigrationException.TimedOut.class)
                    .hasMessageContaining("The wait for a lock of another session was interrupted.");
        }
        assertThat(column("SELECT event FROM migration_history")).containsExactly("FAILED");
    }

    @Test
    void whenTheTimeIsUpTheErrorSaysHowOftenItWasTriedAndWhoHoldsTheLock() throws Exception {
        PostgresSettings hasty =
                OBSERVED.with(new Retry(Duration.ofMillis(200), Duration.ofMillis(100), Duration.ofMillis(100)));
        try (Connection application = open()) {
            run(application, "SET application_name = 'clinic'");
            run(application, "LOCK TABLE busy");

            assertThat(failure(migrator(hasty, "-- migrate:lock-timeout 1500ms\nALTER TABLE busy ADD COLUMN a int;")))
                    .hasMessageContaining("001_a.sql:2:1")
                    .hasMessageContaining("canceling statement due to lock timeout (SQLSTATE 55P03)")
                    .hasMessageContaining("\n  Tried 2 times in ")
                    .hasMessageContaining(" s. Held by process ")
                    .hasMessageContaining("application 'clinic', from 127.0.0.1), idle in transaction for ")
                    .hasMessageContaining("LOCK TABLE busy")
                    .hasMessageContaining("'mhras.migrations.postgresql.lock-timeout'");
        }
        assertThat(column("SELECT event FROM migration_history")).containsExactly("FAILED");
    }

    @Test
    void withoutRetriesTheFirstFailureIsTheLast() throws Exception {
        try (Connection application = open()) {
            run(application, "LOCK TABLE busy");

            assertThat(failure(migrator(
                            QUICK.with(Retry.NONE),
                            "-- migrate:lock-timeout 50ms\nALTER TABLE busy ADD COLUMN a int;")))
                    .hasMessageContaining("canceling statement due to lock timeout")
                    .hasMessageNotContaining("Tried");
        }
    }

    @Test
    void aDeadlockWithTheApplicationIsTriedAgain() throws Exception {
        database.run("ALTER DATABASE " + database.name() + " SET deadlock_timeout = '50ms'");
        PostgresSettings noLimit = QUICK.with(new Limits(Duration.ZERO, Duration.ZERO, Duration.ZERO));
        try (Connection application = open()) {
            run(application, "SET deadlock_timeout = '1h'");
            run(application, "LOCK TABLE busy");
            CompletableFuture<MigrationResult> run = CompletableFuture.supplyAsync(
                    () -> migrator(noLimit, "LOCK TABLE other;\nINSERT INTO runs VALUES ('once');\nLOCK TABLE busy;")
                            .migrate(Target.HEAD));
            awaitWaiter();
            run(application, "LOCK TABLE other");
            application.rollback();

            assertThat(run.get(30, TimeUnit.SECONDS).events()).hasSize(1);
        }
        assertThat(column("SELECT what FROM runs")).containsExactly("once");
    }

    @Test
    void aScriptInPartsTriesAgainBehindThePartsThatAreDone() throws Exception {
        try (Connection application = open();
                LogCapture log = LogCapture.of(LockRetries.class)) {
            run(application, "LOCK TABLE busy");
            CompletableFuture<MigrationResult> run =
                    CompletableFuture.supplyAsync(() -> migrator(QUICK, """
                            SET lock_timeout = '250ms';
                            INSERT INTO runs VALUES ('first');
                            VACUUM other;
                            INSERT INTO runs VALUES ('second');
                            ALTER TABLE busy ADD COLUMN a int;
                            VACUUM busy;
                            INSERT INTO runs SELECT current_setting('lock_timeout');
                            """).migrate(Target.HEAD));
            log.awaitLine("attempt 2 follows");
            application.rollback();

            assertThat(run.get(30, TimeUnit.SECONDS).events()).hasSize(1);
        }
        assertThat(column("SELECT what FROM runs")).containsExactly("first", "second", "250ms");
    }

    @Test
    void aStatementOutsideOfTransactionsTriesAgainToo() throws Exception {
        try (Connection application = open();
                LogCapture log = LogCapture.of(LockRetries.class)) {
            run(application, "LOCK TABLE busy");
            CompletableFuture<MigrationResult> run =
                    CompletableFuture.supplyAsync(() -> migrator(QUICK, "SELECT 1;\nVACUUM FULL busy;\nVACUUM other;")
                            .migrate(Target.HEAD));
            log.awaitLine("attempt 2 follows");
            application.rollback();

            assertThat(run.get(30, TimeUnit.SECONDS).events()).hasSize(1);
        }
    }

    @Test
    void aConcurrentBuildThatDiesInADeadlockIsBuiltAnewWithTheScriptsOwnLimitBehindIt() throws Exception {
        database.run("ALTER DATABASE " + database.name() + " SET deadlock_timeout = '50ms'");
        database.run("INSERT INTO busy VALUES (1)");
        try (Connection application = open();
                LogCapture log = LogCapture.of(LockRetries.class)) {
            run(application, "SET deadlock_timeout = '1h'");
            // The build waits for this transaction to end, and this one wants a lock that the build holds.
            run(application, "INSERT INTO busy VALUES (2)");
            CompletableFuture<MigrationResult> run =
                    CompletableFuture.supplyAsync(() -> migrator(QUICK, """
                            CREATE INDEX CONCURRENTLY busy_id ON busy (id);
                            INSERT INTO runs SELECT current_setting('lock_timeout');
                            """).migrate(Target.HEAD));
            awaitWaiter();
            run(application, "ALTER TABLE busy ADD COLUMN b int");
            log.awaitLine("deadlock detected");
            application.rollback();

            assertThat(run.get(30, TimeUnit.SECONDS).events()).hasSize(1);
        }
        assertThat(column("SELECT indisvalid::text FROM pg_index WHERE indrelid = 'busy'::regclass"))
                .containsExactly("true");
        assertThat(column("SELECT what FROM runs")).isEqualTo(List.of("300ms"));
    }

    @Test
    void aProcedureThatCommitsIsNotTriedAgain() throws Exception {
        database.run("CREATE PROCEDURE p() LANGUAGE plpgsql AS"
                + " $$ BEGIN INSERT INTO runs VALUES ('once'); COMMIT; LOCK TABLE busy; END $$");
        try (Connection application = open()) {
            run(application, "LOCK TABLE busy");

            assertThat(failure(migrator(QUICK, "CALL p();")))
                    .hasMessageContaining("canceling statement due to lock timeout")
                    .hasMessageContaining("The statement ends transactions itself: what it has committed stays, and it"
                            + " will run again.");
        }
        assertThat(column("SELECT what FROM runs")).containsExactly("once");
    }

    @Test
    void limitsAndSearchPathOutlastAnAttemptThatDidNotGetToTheScript() throws Exception {
        PostgresSettings own = QUICK.in("app", "migration_history");
        migrator(own, "SELECT 1;").migrate(Target.HEAD);
        Files more =
                new Files().with("001_a.sql", "SELECT 1;").with("002_b.sql", "VACUUM pg_am;\nCREATE TABLE b (id int);");
        CompletableFuture<MigrationResult> run;
        try (Connection application = open();
                LogCapture log = LogCapture.of(LockRetries.class)) {
            run(application, "LOCK TABLE app.migration_history IN SHARE MODE");
            run = CompletableFuture.supplyAsync(
                    () -> migrator(database.dataSource(), own, more).migrate(Target.HEAD));
            log.awaitLine("attempt 2 follows");
            application.rollback();
        }
        run.get(30, TimeUnit.SECONDS);

        assertThat(column("SELECT schemaname::text FROM pg_tables WHERE tablename = 'b'"))
                .containsExactly("app");
    }

    @Test
    void whatAScriptHasPreparedIsPreparedAgain() throws Exception {
        CompletableFuture<MigrationResult> run;
        try (Connection application = open();
                LogCapture log = LogCapture.of(LockRetries.class)) {
            run(application, "LOCK TABLE busy");
            run = CompletableFuture.supplyAsync(() -> migrator(QUICK, """
                            PREPARE one AS INSERT INTO runs VALUES ('once');
                            EXECUTE one;
                            ALTER TABLE busy ADD COLUMN a int;
                            """).migrate(Target.HEAD));
            log.awaitLine("attempt 2 follows");
            application.rollback();
        }
        run.get(30, TimeUnit.SECONDS);

        assertThat(column("SELECT what FROM runs")).containsExactly("once");
    }

    @Test
    void whatOthersRunIsToldWithoutTheirData() throws Exception {
        database.run("CREATE TABLE patient (id bigint, diagnosis text)");
        try (Connection application = open()) {
            run(application, "UPDATE patient SET diagnosis = 'something private' WHERE id = 9434765919");
            PostgresSettings hasty =
                    OBSERVED.with(new Retry(Duration.ofMillis(200), Duration.ofMillis(100), Duration.ofMillis(100)));

            assertThat(failure(migrator(hasty, "ALTER TABLE patient ADD COLUMN a int;")))
                    .hasMessageContaining("UPDATE patient SET diagnosis = ? WHERE id = ?")
                    .hasMessageNotContaining("private")
                    .hasMessageNotContaining("9434765919");
        }
    }

    @Test
    void aScriptThatNamesItsSessionKeepsTheName() {
        migrator(
                        QUICK,
                        "SET application_name = 'auditor';\nINSERT INTO runs SELECT 1;\n"
                                + "CREATE TABLE c AS SELECT current_setting('application_name') AS name;")
                .migrate(Target.HEAD);

        assertThat(column("SELECT name FROM c")).containsExactly("auditor");
    }
}
