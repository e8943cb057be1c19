package io.mhras.migrations.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.mhras.migrations.MigrationActivity;
import io.mhras.migrations.MigrationListener;
import io.mhras.migrations.MigrationPrinter;
import io.mhras.migrations.MigrationResult;
import io.mhras.migrations.MigrationState;
import io.mhras.migrations.MigrationStatus.Item;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.postgresql.PostgresSettings.Limits;
import io.mhras.migrations.testing.Files;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What one instance sees of the migrations that another one runs. */
class LiveViewTest extends PostgresTest {

    private static final String GATE = "pg_advisory_lock(4711)";

    /** Holds back every script that asks for the gate, until the connection is closed. */
    private static void shut(Connection gate) throws Exception {
        execute(gate, "SELECT " + GATE);
    }

    private static void execute(Connection connection, String sql) throws Exception {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private CompletableFuture<MigrationResult> start(Files files) {
        return CompletableFuture.supplyAsync(() -> patient(files).migrate(Target.HEAD));
    }

    private Migrator patient(Files files) {
        PostgresSettings settings =
                PostgresSettings.DEFAULT.with(new Limits(Duration.ZERO, Duration.ZERO, Duration.ZERO));
        return migrator(database.dataSource(), settings, files);
    }

    private static MigrationActivity await(Migrator other, Predicate<MigrationActivity> wanted) throws Exception {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (true) {
            Optional<MigrationActivity> seen = other.activity();
            if (seen.filter(wanted).isPresent()) {
                return seen.get();
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Seen last: " + seen);
            }
            Thread.sleep(20);
        }
    }

    @Test
    void whereNothingMigratesThereIsNoActivity() {
        assertThat(migrator(new Files()).activity()).isEmpty();
    }

    @Test
    void anotherInstanceSeesWhichStatementOfWhichMigrationRunsAndWhoBlocksIt() throws Exception {
        Files files = new Files()
                .with("001_a.sql", "CREATE TABLE a (id int);")
                .with("002_b.sql", "CREATE TABLE b (id int);\nSELECT " + GATE + ";\nCREATE TABLE c (id int);");
        CompletableFuture<MigrationResult> run;
        try (Connection gate = database.dataSource().getConnection()) {
            shut(gate);
            execute(gate, "SET application_name = 'gatekeeper'");
            Instant before = Instant.now().minusSeconds(1);
            run = start(files);
            MigrationActivity seen =
                    await(migrator(files), activity -> !activity.blockedBy().isEmpty());

            assertThat(seen.script()).isEqualTo("002_b.sql");
            assertThat(seen.version()).isEqualTo(MigrationVersion.of("002"));
            assertThat(seen.statement()).isEqualTo(2);
            assertThat(seen.statements()).isEqualTo(3);
            assertThat(seen.sql()).isEqualTo("SELECT pg_advisory_lock(?)");
            assertThat(seen.since()).isBetween(before, Instant.now().plusSeconds(1));
            assertThat(seen.waitsFor()).isEqualTo("Lock advisory");
            assertThat(seen.blockedBy()).singleElement().satisfies(session -> {
                assertThat(session.application()).isEqualTo("gatekeeper");
                assertThat(session.state()).isEqualTo("idle");
            });
            assertThat(MigrationPrinter.activity(seen))
                    .startsWith("002_b.sql, statement 2 of 3, for 0 s: SELECT pg_advisory_lock(?)"
                            + "; waits for Lock advisory, held by process ")
                    .contains("application 'gatekeeper', from 127.0.0.1), idle for 0 s: ");
        }
        assertThat(run.get(30, TimeUnit.SECONDS).events()).hasSize(2);
        assertThat(migrator(files).activity()).isEmpty();
    }

    @Test
    void whoLooksAtALongScriptCountsItsStatements() throws Exception {
        Files files = new Files().with("001_a.sql", "SELECT " + GATE + ";\n" + "SELECT 1;\n".repeat(3_000));
        CompletableFuture<MigrationResult> run;
        try (Connection gate = database.dataSource().getConnection()) {
            shut(gate);
            run = start(files);
            MigrationActivity seen =
                    await(migrator(files), activity -> !activity.blockedBy().isEmpty());

            assertThat(MigrationPrinter.activity(seen)).startsWith("001_a.sql, statement 1 of 3001, ");
        }
        assertThat(run.get(30, TimeUnit.SECONDS).events()).hasSize(1);
    }

    @Test
    void anInstanceThatDoesNotHaveTheFileSeesItsName() throws Exception {
        CompletableFuture<MigrationResult> run;
        try (Connection gate = database.dataSource().getConnection()) {
            shut(gate);
            run = start(new Files().with("001_a.sql", "SELECT " + GATE + ";"));
            MigrationActivity seen = await(migrator(new Files()), activity -> activity.statement() == 1);

            assertThat(seen.script()).isEqualTo("001_a.sql");
            assertThat(seen.version()).isNull();
            assertThat(seen.sql()).isNull();
        }
        run.get(30, TimeUnit.SECONDS);
    }

    @Test
    void aNameThatIsTooLongForTheServerIsSeenAsItIs() throws Exception {
        String name = "001_" + "ein_sehr_langer_name_mit_ümlauten_".repeat(3) + ".sql";
        Files files = new Files().with(name, "SELECT 1;\nSELECT " + GATE + ";");
        CompletableFuture<MigrationResult> run;
        try (Connection gate = database.dataSource().getConnection()) {
            shut(gate);
            run = start(files);
            assertThat(await(migrator(files), activity -> activity.statement() == 2)
                            .script())
                    .isEqualTo(name);
        }
        run.get(30, TimeUnit.SECONDS);
    }

    @Test
    void anIndexBuildShowsItsPhaseAndHowFarItIs() throws Exception {
        database.run("CREATE TABLE big AS SELECT i AS id, 0 AS b FROM generate_series(1, 200000) i");
        database.run("CREATE FUNCTION slow(int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS"
                + " $$ BEGIN IF $1 % 1000 = 0 THEN PERFORM pg_sleep(0.01); END IF; RETURN $1; END $$");
        Files files = new Files().with("001_a.sql", "CREATE INDEX big_slow ON big (slow(id));");
        CompletableFuture<MigrationResult> run = start(files);

        MigrationActivity seen =
                await(migrator(files), activity -> activity.percent() != null && activity.percent() > 0);

        assertThat(seen.phase()).startsWith("building index");
        assertThat(seen.percent()).isBetween(0.0, 100.0);
        assertThat(MigrationPrinter.activity(seen)).containsPattern("; building index.*, \\d+ %");
        run.get(60, TimeUnit.SECONDS);
    }

    @Test
    void copyShowsItsRows() throws Exception {
        database.run("CREATE TABLE big (id int); CREATE FUNCTION pause() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN IF NEW.id % 1000 = 0 THEN PERFORM pg_sleep(0.05); END IF; RETURN NEW; END $$;"
                + " CREATE TRIGGER pause BEFORE INSERT ON big FOR EACH ROW EXECUTE FUNCTION pause()");
        StringBuilder copy = new StringBuilder("COPY big FROM stdin;\n");
        for (int i = 1; i <= 20_000; i++) {
            copy.append(i).append('\n');
        }
        Files files = new Files().with("001_a.sql", copy + "\\.\n");
        CompletableFuture<MigrationResult> run = start(files);

        // The history's own index has a phase, too.
        MigrationActivity seen =
                await(migrator(files), activity -> activity.phase() != null && activity.statement() == 1);

        assertThat(seen.phase()).matches("COPY FROM: \\d+ rows");
        assertThat(seen.percent()).isNull();
        run.get(60, TimeUnit.SECONDS);
    }

    @Test
    void theStatusOfAScriptInPartsSaysThatItRunsAndAfterAKillHowFarItCame() throws Exception {
        Files files =
                new Files().with("001_a.sql", "CREATE TABLE a (id int);\nVACUUM a;\nSELECT " + GATE + ";\nSELECT 1;");
        CompletableFuture<MigrationResult> run;
        try (Connection gate = database.dataSource().getConnection()) {
            shut(gate);
            run = start(files);
            MigrationActivity seen = await(migrator(files), activity -> activity.statement() == 3);
            assertThat(migrator(files).status().migrations())
                    .extracting(Item::state)
                    .containsExactly(MigrationState.RUNNING);

            jdbc.queryForList(
                    "SELECT pg_terminate_backend(?::int)", seen.session().id());
            run.handle((result, failure) -> failure).get(30, TimeUnit.SECONDS);
            assertThat(migrator(files).status().migrations()).singleElement().satisfies(item -> {
                assertThat(item.state()).isEqualTo(MigrationState.FAILED);
                assertThat(item.error())
                        .startsWith(
                                "statements up to 2 of 4 are done; 001_a.sql stopped; statements 1 to 2 are done and stay.")
                        .contains("terminating connection due to administrator command");
            });
        }
    }

    @Test
    void listenersAreToldWhatALongStepDoes() throws Exception {
        List<MigrationActivity> seen = new CopyOnWriteArrayList<>();
        MigrationListener listener = new MigrationListener() {
            @Override
            public void onActivity(String databaseName, MigrationActivity activity) {
                seen.add(activity);
                throw new IllegalStateException("What a listener throws here stops nothing");
            }
        };
        Files files = new Files().with("001_a.sql", "SELECT pg_sleep(2.5);");

        assertThat(migrator(files).with(listener).migrate(Target.HEAD).events()).hasSize(1);

        assertThat(seen).hasSizeGreaterThan(1).allSatisfy(activity -> {
            assertThat(activity.sql()).isEqualTo("SELECT pg_sleep(?)");
            assertThat(activity.waitsFor()).isEqualTo("Timeout PgSleep");
        });
    }

    @Test
    void aPoolOfOneRunsALongScriptWithNobodyLookingOn() {
        try (HikariDataSource pool = database.pool(1)) {
            pool.setConnectionTimeout(500);
            Migrator migrator =
                    migrator(pool, PostgresSettings.DEFAULT, new Files().with("001_a.sql", "SELECT pg_sleep(2.5);"));

            assertThat(migrator.migrate(Target.HEAD).events()).hasSize(1);
            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
        }
    }

    @Test
    void aDataSourceOfASingleConnectionIsLeftAloneWhileItWorks() {
        SingleConnectionDataSource single = new SingleConnectionDataSource(database.url(), true);
        Files files = new Files()
                .with("001_a.sql", "CREATE TABLE a (id int);\nSELECT pg_sleep(2.5);\nCREATE TABLE b (id int);");
        try {
            migrator(single, PostgresSettings.DEFAULT, files).migrate(Target.HEAD);
        } finally {
            single.destroy();
        }
        assertThat(exists("b")).isTrue();
    }

    @Test
    void aPoolWhoseConnectionsHideTheDriverGetsThemBack() {
        try (HikariDataSource pool = database.pool(3)) {
            migrator(
                            withoutPgjdbc(pool),
                            PostgresSettings.DEFAULT,
                            new Files().with("001_a.sql", "SELECT pg_sleep(2.5);"))
                    .migrate(Target.HEAD);

            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
        }
    }
}
