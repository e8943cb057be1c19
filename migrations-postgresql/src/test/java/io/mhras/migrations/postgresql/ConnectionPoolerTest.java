package io.mhras.migrations.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.mhras.migrations.MigrationActivity;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.MigrationException.ScriptFailed;
import io.mhras.migrations.MigrationListener;
import io.mhras.migrations.MigrationSession;
import io.mhras.migrations.MigrationStatus.Summary;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.postgresql.wire.ConnectionPooler;
import io.mhras.migrations.testing.Catalog;
import io.mhras.migrations.testing.Files;
import io.mhras.migrations.testing.LogCapture;
import io.mhras.migrations.testing.TransactionPooler;
import io.mhras.migrations.testing.WireTap;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

class ConnectionPoolerTest extends PostgresTest {

    private static final Files FILES = new Files()
            .with("001_a.sql", "BEGIN ISOLATION LEVEL SERIALIZABLE;\nCREATE TABLE a (id int);\nCOMMIT;")
            .with("002_b.sql", "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ;\nINSERT INTO a VALUES (1);")
            .with("003_c.sql", "INSERT INTO a VALUES (2);\nCREATE INDEX CONCURRENTLY a_id ON a (id);\nVACUUM a;")
            .with("004_d.sql", "COPY a FROM stdin;\n3\n4\n\\.\nSET search_path = '';\nCREATE TABLE public.d (id int);")
            .with("004_d.verify.sql", "SELECT count(*) = 4 FROM a;")
            .with(
                    "005_e.sql",
                    "-- migrate:batch size=1 pause=1ms\nDELETE FROM a WHERE id IN"
                            + " (SELECT id FROM a WHERE id > 2 LIMIT :batch);");

    private static final String REMEDY = """

            What to do: Give the migrations a direct URL, past the pooler, in the setting \
            'mhras.migrations.postgresql.url'; or let the pooler keep a server session for each connection \
            (PgBouncer: pool_mode = session).""";

    private static String refusal(String consequence, String evidence) {
        return consequence
                + ": a connection pooler, such as PgBouncer, stands between the application and PostgreSQL, and gives each"
                + " transaction another server session (" + evidence
                + "). The migration lock and what scripts SET would be"
                + " in sessions that other clients use.\n";
    }

    private static String messageWithoutNumbers(MigrationException failure) {
        return String.valueOf(failure.getMessage()).replaceAll("\\d+", "<n>");
    }

    private static Migrator migrator(DataSource dataSource) {
        return migrator(dataSource, PostgresSettings.DEFAULT, FILES);
    }

    private static HikariDataSource pool(String url, int size) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(size);
        config.setConnectionTimeout(250);
        return new HikariDataSource(config);
    }

    private List<String> locks() {
        return column("SELECT pid::text FROM pg_locks WHERE locktype = 'advisory'"
                + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");
    }

    @Test
    void oneThatSwitchesSessionsIsRefusedBeforeAnythingIsDone() {
        List<String> before = Catalog.of(database.dataSource());
        try (TransactionPooler pooler = TransactionPooler.on(database.url(), 5)) {
            MigrationException failure = failure(migrator(new DriverManagerDataSource(pooler.url())));

            assertThat(failure).isInstanceOf(Refused.class);
            // The pooler decides which of the two is seen first.
            assertThat(messageWithoutNumbers(failure))
                    .isIn(
                            refusal("Nothing was done", "two connections met the one server process <n>") + REMEDY,
                            refusal("Nothing was done", "one connection met the server processes <n> and <n>")
                                    + REMEDY);
            assertThat(Catalog.of(database.dataSource())).isEqualTo(before);
            assertThat(locks()).isEmpty();
        }
    }

    @Test
    void oneThatLetsNoTransactionThroughIsRefusedOrNamed() {
        List<String> before = Catalog.of(database.dataSource());
        try (TransactionPooler pooler = TransactionPooler.refusingTransactions(database.url(), 5)) {
            Migrator migrator = migrator(new DriverManagerDataSource(pooler.url()));

            assertThat(migrator.status().summary()).isEqualTo(Summary.PENDING);
            assertThat(failure(migrator)).isInstanceOf(Refused.class);
            assertThat(Catalog.of(database.dataSource())).isEqualTo(before);
            assertThat(catchThrowableOfType(MigrationException.DatabaseUnavailable.class, migrator::health))
                    .hasMessage("""
                            A connection pooler, such as PgBouncer, stands between the application and PostgreSQL, and lets no \
                            transaction through: transaction blocks not allowed in statement pooling mode

                            What to do: Connect past the pooler, or let it keep a server session for each connection \
                            (PgBouncer: pool_mode = session).""");
        }
    }

    @Test
    void aPoolBeforeAPoolerIsNoHindranceToSeeingIt() {
        try (TransactionPooler pooler = TransactionPooler.on(database.url(), 5);
                HikariDataSource pool = pool(pooler.url(), 2)) {
            assertThat(failure(migrator(pool))).isInstanceOf(Refused.class);
            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
        }
    }

    @Test
    void oneThatIsSwitchedWhileTheSecondConnectionIsSoughtIsRefused() {
        try (TransactionPooler pooler = TransactionPooler.on(database.url(), 5);
                HikariDataSource pool = pool(pooler.url(), 1)) {
            Migrator migrator = migrator(pool);
            migrator.migrations();
            // The fifth one: after the history, the search for others, and the session's state.
            pooler.switchAt(5);

            assertThat(messageWithoutNumbers(failure(migrator)))
                    .isEqualTo(refusal("Nothing was done", "one connection met the server processes <n> and <n>")
                            + REMEDY);
            assertThat(locks()).isEmpty();
            assertThat(exists("migration_history")).isFalse();
        }
    }

    @Test
    void anUpToDateStartAndTheStatusNeedNoSession() {
        migrator(database.dataSource()).migrate(Target.HEAD);
        try (TransactionPooler pooler = TransactionPooler.on(database.url(), 5)) {
            Migrator migrator = migrator(new DriverManagerDataSource(pooler.url()));

            assertThat(migrator.migrate(Target.HEAD).isUpToDate()).isTrue();
            assertThat(migrator.status().summary()).isEqualTo(Summary.UP_TO_DATE);
            assertThat(migrator.history()).isNotEmpty();
            assertThat(migrator.activity()).isEmpty();
            migrator.validate(Target.HEAD);
        }
    }

    @Test
    void whatAnotherInstanceRunsIsSeenThroughOne() throws Exception {
        try (TransactionPooler pooler = TransactionPooler.on(database.url(), 5);
                MigrationSession session =
                        new PostgresDriver(database.dataSource(), PostgresSettings.DEFAULT).open(activity -> {})) {
            assertThat(session.entries()).isEmpty();
            assertThat(migrator(new DriverManagerDataSource(pooler.url())).activity())
                    .isPresent();
        }
    }

    @Test
    void aProxyThatLeavesSessionsAloneIsNoneAndCostsNoStatement() {
        try (WireTap tap = WireTap.on(database.url())) {
            assertThat(migrator(new DriverManagerDataSource(tap.url()))
                            .migrate(Target.HEAD)
                            .events())
                    .hasSize(5);

            assertThat(tap.statements())
                    .isNotEmpty()
                    .noneMatch(sql -> sql.startsWith("SHOW mhras") || sql.startsWith("SELECT pg_backend_pid()\n;"));
        }
    }

    @Test
    void throughOneThatKeepsSessionsEverythingRuns() throws Exception {
        List<MigrationActivity> seen = new CopyOnWriteArrayList<>();
        MigrationListener listener = new MigrationListener() {
            @Override
            public void onActivity(String databaseName, MigrationActivity activity) {
                seen.add(activity);
            }
        };
        try (LogCapture log = LogCapture.of(ConnectionPooler.class);
                TransactionPooler pooler = TransactionPooler.keepingSessions(database.url(), 5)) {
            Files files = FILES.with("006_f.sql", "CREATE TABLE f (id int);\nSELECT pg_sleep(2.5);");
            Migrator migrator = migrator(new DriverManagerDataSource(pooler.url()), PostgresSettings.DEFAULT, files);

            assertThat(migrator.with(listener).migrate(Target.HEAD).events()).hasSize(6);

            assertThat(log.lines())
                    .containsExactly(
                            "A connection pooler stands before PostgreSQL; it keeps sessions, as migrations need.");
            assertThat(seen)
                    .isNotEmpty()
                    .allSatisfy(activity -> assertThat(activity.sql()).isEqualTo("SELECT pg_sleep(?)"));
            assertThat(locks()).isEmpty();
            assertThat(column("SELECT id::text FROM a ORDER BY 1")).containsExactly("1", "2");
        }
    }

    @Test
    void throughOneThatKeepsSessionsAnErrorIsShownWhereItIs() {
        try (TransactionPooler pooler = TransactionPooler.keepingSessions(database.url(), 5)) {
            for (String script : List.of(
                    "CREATE TABLE g (id int);\n  INSERT INTO nowhere VALUES (1);",
                    "CREATE TABLE g (id int UNIQUE);\nINSERT INTO g VALUES (1);\nINSERT INTO g VALUES (1);",
                    "CREATE TABLE g (id int);\nCREATE TABEL h;",
                    "CREATE TABLE g (id int);\nVACUUM g;\nVACUUM nowhere;",
                    "SELECT E'\\xff';")) {
                Files files = new Files().with("001_g.sql", script);
                MigrationException direct = failure(migrator(files));
                database.run("DROP TABLE IF EXISTS g; DROP TABLE migration_history");

                MigrationException pooled =
                        failure(migrator(new DriverManagerDataSource(pooler.url()), PostgresSettings.DEFAULT, files));
                database.run("DROP TABLE IF EXISTS g; DROP TABLE migration_history");

                assertThat(pooled).hasSameClassAs(direct).hasMessage(direct.getMessage());
                assertThat(locks()).isEmpty();
            }
        }
    }

    @Test
    void aPoolOfOneMigratesAsLongAsItsSessionIsNotSwitched() {
        try (LogCapture log = LogCapture.of(ConnectionPooler.class);
                TransactionPooler pooler = TransactionPooler.on(database.url(), 5);
                HikariDataSource pool = pool(pooler.url(), 1)) {
            assertThat(migrator(pool).migrate(Target.HEAD).events()).hasSize(5);

            assertThat(log.lines())
                    .containsExactly(
                            "A connection pooler stands before PostgreSQL; for want of a second connection it was not seen whether"
                                    + " it keeps sessions, as migrations need.");
            assertThat(locks()).isEmpty();
        }
    }

    private static MigrationListener beforeTheSecondStep(Runnable action) {
        return new MigrationListener() {
            @Override
            public void onStep(String databaseName, MigrationStep step) {
                if (step.version().equals(MigrationVersion.of("002"))) {
                    action.run();
                }
            }
        };
    }

    @Test
    void aSwitchAmongTheMigrationsOfAPoolOfOneStopsThemAndFreesTheLock() {
        try (TransactionPooler pooler = TransactionPooler.on(database.url(), 5);
                HikariDataSource pool = pool(pooler.url(), 1)) {
            MigrationException failure = failure(migrator(pool).with(beforeTheSecondStep(() -> pooler.switchAt(1))));

            assertThat(failure).isInstanceOf(Refused.class);
            assertThat(messageWithoutNumbers(failure))
                    .isEqualTo(refusal(
                                    "The migrations stopped between two transactions, and what was committed stays",
                                    "server process <n> had the migration lock, and the next transaction was given to another"
                                            + " one")
                            + REMEDY);
            assertThat(locks()).isEmpty();
        }
        assertThat(column("SELECT event || ' ' || version FROM migration_history ORDER BY id"))
                .containsExactly("APPLIED 001");
        assertThat(column("SELECT id::text FROM a")).isEmpty();
        assertThat(migrator(FILES).migrate(Target.HEAD).events()).hasSize(4);
    }

    @Test
    void aScriptThatFailsJustBeforeASwitchIsStillToldOf() {
        Files files = FILES.with("002_b.sql", "INSERT INTO nowhere VALUES (1);");
        try (TransactionPooler pooler = TransactionPooler.on(database.url(), 5);
                HikariDataSource pool = pool(pooler.url(), 1)) {
            MigrationException failure = failure(migrator(pool, PostgresSettings.DEFAULT, files)
                    .with(beforeTheSecondStep(() -> pooler.switchAt(2))));

            assertThat(failure).isInstanceOf(ScriptFailed.class).hasMessageContaining("002_b.sql failed");
            assertThat(failure.getSuppressed())
                    .singleElement()
                    .asString()
                    .contains("The migrations stopped between two transactions");
            assertThat(locks()).isEmpty();
        }
        assertThat(column("SELECT event || ' ' || version FROM migration_history ORDER BY id"))
                .containsExactly("APPLIED 001");
    }

    @Test
    void aLockThatAnotherClientOfThePoolerHasGotIsNamedWithTheWayToFreeIt() throws Exception {
        try (TransactionPooler pooler = TransactionPooler.on(database.url(), 5);
                HikariDataSource pool = pool(pooler.url(), 1);
                Connection connection = new DriverManagerDataSource(pooler.url()).getConnection();
                Statement other = connection.createStatement()) {
            MigrationException failure =
                    failure(migrator(pool).with(beforeTheSecondStep(() -> execute(other, "BEGIN"))));

            assertThat(failure).hasMessageContaining("still has the migration lock, and ");
            String holder = locks().get(0);
            assertThat(failure)
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("(server process " + holder + " still has the migration lock, and ")
                    .hasMessageContaining("What to do: Free the lock: SELECT pg_terminate_backend(" + holder + ")."
                            + " Give the migrations a direct URL, past the pooler");
            assertThat(column("SELECT event || ' ' || version FROM migration_history ORDER BY id"))
                    .containsExactly("APPLIED 001");
        }
    }

    private static void execute(Statement statement, String sql) {
        try {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void twoPoolsOfOneThatAreLedIntoOneSessionDoNotShareTheLock() throws Exception {
        try (TransactionPooler pooler = TransactionPooler.on(database.url(), 1);
                HikariDataSource one = pool(pooler.url(), 1);
                HikariDataSource two = pool(pooler.url(), 1);
                MigrationSession session = new PostgresDriver(one, PostgresSettings.DEFAULT).open(activity -> {})) {
            assertThat(failure(migrator(two)).getMessage())
                    .isEqualTo(
                            refusal("Nothing was done", "this one holds the migration lock of another run") + REMEDY);

            assertThat(session.entries()).isEmpty();
            assertThat(locks()).hasSize(1);
        }
        assertThat(locks()).isEmpty();
    }

    /** Whenever the session is switched for the time of a transaction: what runs then says so, or does it no harm. */
    @Test
    void aSwitchAtAnyMomentLeavesNothingHalfDone() {
        List<String> done = null;
        int refused = 0;
        for (int transaction = 1; ; transaction++) {
            database.run("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
            try (TransactionPooler pooler = TransactionPooler.on(database.url(), 5)) {
                SingleConnectionDataSource single = new SingleConnectionDataSource(pooler.url(), true);
                pooler.switchAt(transaction);
                Refused failure = catchThrowableOfType(
                        Refused.class, () -> migrator(single).migrate(Target.HEAD));
                single.destroy();

                refused += failure == null ? 0 : 1;
                assertThat(locks())
                        .as("after a switch at transaction %s", transaction)
                        .isEmpty();
                migrator(FILES).migrate(Target.HEAD);
                List<String> state = Catalog.of(database.dataSource());
                state.addAll(column("SELECT id::text FROM a ORDER BY 1"));
                state.addAll(column("SELECT version FROM migration_history WHERE event = 'APPLIED' ORDER BY id"));
                done = done == null ? state : done;
                assertThat(state)
                        .as("after a switch at transaction %s", transaction)
                        .isEqualTo(done);
                if (pooler.isSwitchPending()) {
                    break;
                }
            }
        }
        assertThat(refused).isGreaterThan(10);
    }
}
