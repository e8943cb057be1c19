package io.mhras.migrations.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.MigrationActivity;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationPrinter;
import io.mhras.migrations.MigrationResult;
import io.mhras.migrations.MigrationStatus.Item;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.postgresql.PostgresSettings.Retry;
import io.mhras.migrations.postgresql.lock.LockRetries;
import io.mhras.migrations.testing.Files;
import io.mhras.migrations.testing.LogCapture;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes of many rows, some at a time. */
class BatchedChangeTest extends PostgresTest {

    private static final String HEADER = "-- migrate:batch size=10 pause=0ms\n";
    private static final String UPDATE = HEADER + """
            UPDATE patient SET changes = changes + 1, changed_by = pg_current_xact_id()
            WHERE id IN (SELECT id FROM patient WHERE changed_by IS NULL ORDER BY id LIMIT :batch);
            """;

    @BeforeEach
    void patients() {
        database.run("CREATE TABLE patient (id int PRIMARY KEY, changes int NOT NULL DEFAULT 0, changed_by xid8);"
                + " INSERT INTO patient SELECT generate_series(1, 25)");
    }

    private Migrator migratorOf(String script) {
        return migrator(new Files().with("001_a.sql", script));
    }

    @Test
    void eachBatchIsATransactionOfItsOwnUntilNothingIsLeft() {
        assertThat(migratorOf(UPDATE).migrate(Target.HEAD).events())
                .extracting(HistoryEntry::event)
                .containsExactly(Event.APPLIED);

        assertThat(column("SELECT count(*)::text FROM patient GROUP BY changed_by ORDER BY min(id)"))
                .containsExactly("10", "10", "5");
        assertThat(column("SELECT DISTINCT changes::text FROM patient")).containsExactly("1");
        assertThat(column("SELECT event || coalesce(statement::text, '') FROM migration_history ORDER BY id"))
                .containsExactly("STARTED1", "APPLIED");
        assertThat(migratorOf(UPDATE).migrate(Target.HEAD).isUpToDate()).isTrue();
    }

    @Test
    void allKindsOfChangesCount() {
        database.run("CREATE TABLE archive (id int)");
        migratorOf(HEADER + "WITH old AS (DELETE FROM patient WHERE id IN (SELECT id FROM patient LIMIT :batch)"
                        + " RETURNING id)\nINSERT INTO archive SELECT id FROM old;")
                .migrate(Target.HEAD);
        assertThat(column("SELECT count(*)::text FROM archive")).containsExactly("25");

        migratorOf(UPDATE).stamp(Target.BASE);
        migratorOf(HEADER + "DELETE FROM archive WHERE id IN (SELECT id FROM archive LIMIT :batch)"
                        + " RETURNING ':batch', 1::text")
                .migrate(Target.HEAD);
        assertThat(column("SELECT count(*)::text FROM archive")).containsExactly("0");
    }

    @Test
    void aDriverThatHidesPgjdbcCountsThemToo() {
        migrator(withoutPgjdbc(), PostgresSettings.DEFAULT, new Files().with("001_a.sql", UPDATE))
                .migrate(Target.HEAD);

        assertThat(column("SELECT DISTINCT changes::text FROM patient")).containsExactly("1");
    }

    @Test
    void aRunThatWasKilledGoesOnAndEachRowIsChangedOnce() throws Exception {
        String slow = UPDATE.replace("pause=0ms", "pause=100ms").replace("size=10", "size=1");
        CompletableFuture<MigrationResult> run =
                CompletableFuture.supplyAsync(() -> migratorOf(slow).migrate(Target.HEAD));
        MigrationActivity seen = awaitBatch(run);
        assertThat(seen.phase()).matches("batch \\d+");
        assertThat(MigrationPrinter.activity(seen))
                .startsWith("001_a.sql, statement 1 of 1, for 0 s: UPDATE patient SET");
        jdbc.queryForList("SELECT pg_terminate_backend(?::int)", seen.session().id());
        run.handle((result, failure) -> failure).get(30, TimeUnit.SECONDS);

        assertThat(migratorOf(slow).status().migrations())
                .extracting(Item::error)
                .singleElement()
                .asString()
                .startsWith("1 batches are done; 001_a.sql stopped; 1 batch is done and stays.");
        assertThat(column("SELECT count(*)::text FROM patient WHERE changes = 0"))
                .isNotEqualTo(List.of("0"));

        migratorOf(UPDATE).migrate(Target.HEAD);
        assertThat(column("SELECT DISTINCT changes::text FROM patient")).containsExactly("1");
    }

    private MigrationActivity awaitBatch(CompletableFuture<?> run) throws Exception {
        while (!run.isDone()) {
            Optional<MigrationActivity> seen = migratorOf(UPDATE).activity();
            if (seen.isPresent() && seen.get().session().application().matches(".* batch [3-9] .*")) {
                return seen.get();
            }
            Thread.sleep(10);
        }
        throw new AssertionError("Over already: " + run.get());
    }

    @Test
    void aBatchThatGetsNoLockIsTriedAgainAndNoneIsLost() throws Exception {
        PostgresSettings quick = PostgresSettings.DEFAULT.with(
                new Retry(Duration.ofMinutes(1), Duration.ofMillis(20), Duration.ofMillis(50)));
        String script = UPDATE.replace(HEADER, HEADER + "-- migrate:lock-timeout 100ms\n");
        CompletableFuture<MigrationResult> run;
        try (Connection application = database.dataSource().getConnection();
                Statement statement = application.createStatement();
                LogCapture log = LogCapture.of(LockRetries.class)) {
            application.setAutoCommit(false);
            statement.execute("UPDATE patient SET changes = 0 WHERE id = 22");
            run = CompletableFuture.supplyAsync(
                    () -> migrator(database.dataSource(), quick, new Files().with("001_a.sql", script))
                            .migrate(Target.HEAD));
            log.awaitLine("attempt 2 follows");
            application.rollback();
        }
        run.get(30, TimeUnit.SECONDS);

        assertThat(column("SELECT DISTINCT changes::text FROM patient")).containsExactly("1");
    }

    @Test
    void whatFailsInTheMiddleSaysHowManyBatchesStay() {
        database.run("ALTER TABLE patient ADD CHECK (id < 15 OR changes = 0)");

        assertThat(failure(migratorOf(UPDATE)))
                .hasMessageContaining("001_a.sql failed; 1 batch is done and stays.\n  at ")
                .hasMessageContaining("patient_check")
                .hasMessageContaining("Correct the script and start again: it goes on with the rows that are left.");
        assertThat(migratorOf(UPDATE).status().migrations())
                .extracting(Item::error)
                .asString()
                .contains("1 batches are done; ");
    }

    @Test
    void aCheckSeesAllBatches() {
        Files files = new Files()
                .with("001_a.sql", UPDATE)
                .with("001_a.verify.sql", "SELECT count(*) = 0 AS all_changed FROM patient WHERE changes = 0;");

        assertThat(migrator(files).migrate(Target.HEAD).events()).hasSize(1);
    }

    @Test
    void aSecondStatementIsRefused() {
        assertThat(failure(migratorOf(UPDATE + "DELETE FROM patient;")))
                .isInstanceOf(MigrationException.InvalidMigration.class)
                .hasMessageContaining(
                        "001_a.sql:4:1: a script in batches has one statement, and this is the second.\n\n"
                                + "What to do: Move it to another migration.");
        assertThat(column("SELECT DISTINCT changes::text FROM patient")).containsExactly("0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT set_new(:batch)",
                "CREATE TABLE x (i int)",
                "WITH d AS (DELETE FROM patient RETURNING 1) SELECT count(*) FROM d LIMIT :batch"
            })
    void whatCannotSayHowManyRowsItChangesIsRefused(String statement) {
        assertThat(failure(migratorOf(HEADER + statement)))
                .hasMessageContaining("001_a.sql:2:1: a batch is one INSERT, UPDATE, DELETE or MERGE.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE FROM patient", "DELETE FROM patient WHERE ':batch' = id::batch -- :batch"})
    void aStatementWithoutTheSizeIsRefused(String statement) {
        assertThat(failure(migratorOf(HEADER + statement)))
                .hasMessageContaining(
                        "001_a.sql:2:1: nothing in this statement says how many rows it changes at a time.")
                .hasMessageContaining("Write ':batch' where the number belongs");
    }

    @Test
    void aBatchWhoseRowsOthersHaveDeletedIsNotTheLast() throws Exception {
        CompletableFuture<MigrationResult> run;
        try (Connection application = database.dataSource().getConnection();
                Statement statement = application.createStatement()) {
            application.setAutoCommit(false);
            statement.execute("DELETE FROM patient WHERE id = 5");
            run = CompletableFuture.supplyAsync(
                    () -> migratorOf(UPDATE.replace("size=10", "size=1")).migrate(Target.HEAD));
            awaitLockWait();
            application.commit();
        }
        run.get(30, TimeUnit.SECONDS);

        assertThat(column("SELECT count(*)::text FROM patient WHERE changes = 0"))
                .containsExactly("0");
    }

    private void awaitLockWait() throws InterruptedException {
        while (column("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")
                .isEmpty()) {
            Thread.sleep(10);
        }
    }

    @Test
    void whatWouldEndTooEarlyIsRefused() {
        assertThat(failure(migratorOf(UPDATE.replace("LIMIT :batch", "LIMIT :batch FOR UPDATE SKIP LOCKED"))))
                .hasMessageContaining("001_a.sql:2:1: with SKIP LOCKED the batches would end while rows are left")
                .hasMessageContaining("a batch that gets no lock is tried again");
        assertThat(failure(migratorOf(HEADER
                        + "WITH d AS (DELETE FROM patient WHERE id < :batch RETURNING id)\n"
                        + "INSERT INTO patient SELECT id FROM d ON CONFLICT DO NOTHING;")))
                .hasMessageContaining("001_a.sql:2:1: with DO NOTHING a batch that finds only rows which are there")
                .hasMessageContaining("Leave out such rows by a WHERE condition");
        assertThat(failure(
                        migratorOf(HEADER + "DELETE FROM patient WHERE id = :batch AND pg_advisory_unlock_all() = ''")))
                .hasMessageContaining("pg_advisory_unlock_all() would free the migration lock.");
    }

    @Test
    void theScriptOfARunThatStoppedCanBeCorrectedButNotMadeAnotherKind() {
        database.run("ALTER TABLE patient ADD CONSTRAINT few CHECK (id < 15 OR changes = 0)");
        assertThat(failure(migratorOf(UPDATE))).isNotNull();

        assertThat(failure(migratorOf(UPDATE.replace(HEADER, ""))))
                .hasMessageContaining("an earlier run stopped in the middle, and 'migrate:batch' was taken out since.")
                .hasMessageContaining("Put the header back as it was.");
        migratorOf(UPDATE.replace("IS NULL", "IS NULL AND id < 15")).migrate(Target.HEAD);
        assertThat(column("SELECT count(*)::text FROM patient WHERE changes = 1"))
                .containsExactly("14");
    }
}
