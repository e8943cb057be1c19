package io.mhras.migrations.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationResult;
import io.mhras.migrations.MigrationSession;
import io.mhras.migrations.Target;
import io.mhras.migrations.postgresql.PostgresSettings.Limits;
import io.mhras.migrations.testing.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PostgresLockTest extends PostgresTest {

    private static final Files SLOW =
            new Files().with("001_slow.sql", "SELECT pg_sleep(1.5);\nCREATE TABLE a (id int);");

    private void awaitRow(String sql) throws InterruptedException {
        for (int i = 0; i < 600 && column(sql).isEmpty(); i++) {
            Thread.sleep(25);
        }
        assertThat(column(sql)).isNotEmpty();
    }

    private static final String RUNNING = """
            SELECT pid::text FROM pg_stat_activity
            WHERE application_name LIKE 'mhras-migrations % 001_slow.sql' AND datname = current_database()""";

    @Test
    void aPoolOfOneIsEnough() {
        try (HikariDataSource pool = database.pool(1)) {
            pool.setConnectionTimeout(2_000);
            migrator(pool, PostgresSettings.DEFAULT, new Files().with("001_a.sql", "CREATE TABLE a (id int);"))
                    .migrate(Target.HEAD);
        }
        assertThat(exists("a")).isTrue();
    }

    @Test
    void whileAScriptRunsItsSessionSaysSoAndHoldsTheLock() throws Exception {
        CompletableFuture<MigrationResult> run =
                CompletableFuture.supplyAsync(() -> migrator(SLOW).migrate(Target.HEAD));
        awaitRow(RUNNING);

        assertThat(failure(migrator(
                        database.dataSource(),
                        PostgresSettings.DEFAULT.with(new Limits(Duration.ZERO, Duration.ZERO, Duration.ofMillis(100))),
                        SLOW)))
                .isInstanceOf(MigrationException.TimedOut.class)
                .hasMessageStartingWith("Waited 0 s for the migration lock of \"public\".\"migration_history\";"
                        + " nothing was done. It is held by process ")
                .hasMessageContaining(
                        "001_slow.sql', from 127.0.0.1), active for 0 s. It runs 001_slow.sql, statement ")
                .hasMessageContaining("Look at the process that migrates; or raise the setting"
                        + " 'mhras.migrations.postgresql.other-instance-timeout'.");
        assertThat(run.get(30, TimeUnit.SECONDS).events()).hasSize(1);
    }

    @Test
    void aBackendThatIsKilledFreesTheLockAndTheNextRunFinishesTheWork() throws Exception {
        CompletableFuture<MigrationResult> run =
                CompletableFuture.supplyAsync(() -> migrator(SLOW).migrate(Target.HEAD));
        awaitRow(RUNNING);
        jdbc.queryForList("SELECT pg_terminate_backend(" + column(RUNNING).get(0) + ")");

        assertThat(run.handle((result, failure) -> failure.getCause()).get(30, TimeUnit.SECONDS))
                .isInstanceOf(MigrationException.DatabaseUnavailable.class)
                .hasMessageContaining("The connection to PostgreSQL broke")
                .hasMessageContaining("Start again when the server is back.");
        assertThat(exists("a")).isFalse();
        assertThat(column("SELECT pid::text FROM pg_locks WHERE locktype = 'advisory'"
                        + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"))
                .isEmpty();

        assertThat(migrator(SLOW).migrate(Target.HEAD).events()).hasSize(1);
    }

    @Test
    void nothingIsIdleInTransactionWhileTheLockIsHeld() {
        try (MigrationSession session =
                new PostgresDriver(database.dataSource(), PostgresSettings.DEFAULT).open(activity -> {})) {
            assertThat(session.entries()).isEmpty();
            assertThat(column("SELECT state FROM pg_stat_activity WHERE datname = current_database()"
                            + " AND state LIKE 'idle in transaction%'"))
                    .isEmpty();
        }
    }

    @Test
    void twoHistoriesInOneDatabaseDoNotWaitForEachOther() {
        try (MigrationSession one =
                new PostgresDriver(database.dataSource(), PostgresSettings.DEFAULT).open(activity -> {})) {
            PostgresSettings other = PostgresSettings.DEFAULT.in(null, "other");
            migrator(database.dataSource(), other, new Files().with("001_a.sql", "CREATE TABLE a (id int);"))
                    .migrate(Target.HEAD);
            assertThat(one.entries()).isEmpty();
        }
        assertThat(exists("a")).isTrue();
    }

    @Test
    void manyServicesCanMakeTheirSchemaAtOnce() throws Exception {
        List<CompletableFuture<MigrationResult>> runs = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            PostgresSettings own = PostgresSettings.DEFAULT.in("shared", "history_" + i);
            Files files = new Files().with("001_a.sql", "CREATE TABLE a" + i + " (id int);");
            runs.add(CompletableFuture.supplyAsync(
                    () -> migrator(database.dataSource(), own, files).migrate(Target.HEAD),
                    task -> new Thread(task).start()));
        }
        for (CompletableFuture<MigrationResult> run : runs) {
            assertThat(run.get(30, TimeUnit.SECONDS).events()).hasSize(1);
        }
    }
}
