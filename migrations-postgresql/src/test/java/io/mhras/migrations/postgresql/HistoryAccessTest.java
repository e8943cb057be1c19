package io.mhras.migrations.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.DatabaseUnavailable;
import io.mhras.migrations.MigrationException.HistoryUnusable;
import io.mhras.migrations.MigrationSession;
import io.mhras.migrations.MigrationStatus;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.engine.MigratorSettings;
import io.mhras.migrations.engine.MigratorSettings.OutOfOrder;
import io.mhras.migrations.testing.Files;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.WireTap;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What a user without rights, without a server or with someone else's table is told. */
class HistoryAccessTest extends PostgresTest {

    private static final Files FILES = new Files().with("001_a.sql", "CREATE TABLE a (id int);");

    private final String user = "limited_" + database.name();

    @AfterEach
    void dropUser() {
        database.run("DO $$ BEGIN IF to_regrole('" + user + "') IS NOT NULL THEN EXECUTE 'DROP OWNED BY " + user
                + "'; EXECUTE 'DROP ROLE " + user + "'; END IF; END $$");
    }

    private Migrator asLimitedUser(PostgresSettings settings, String grants) {
        database.run(
                "CREATE ROLE " + user + " LOGIN PASSWORD 'hush'; REVOKE ALL ON SCHEMA public FROM PUBLIC; " + grants);
        return migrator(TestServer.as(database, user, "hush"), settings, FILES);
    }

    private static PostgresSettings in(String schema, String table) {
        return PostgresSettings.DEFAULT.in(schema, table);
    }

    @Test
    void aWrongPassword() {
        // Trust is what the embedded server starts with, so an unknown user stands for a wrong password, too.
        MigrationException failure = failure(
                migrator(TestServer.as(database, "nobody_at_all", "topsecret"), PostgresSettings.DEFAULT, FILES));

        assertThat(failure)
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageStartingWith("There is no connection to PostgreSQL: ")
                .hasMessageContaining("nobody_at_all")
                .hasMessageContaining("What to do: Check the user name and the password.");
        assertThat(failure.getMessage()).doesNotContain("topsecret");
    }

    @Test
    void aDatabaseThatIsDown() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        DriverManagerDataSource nobody =
                new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:" + port + "/x?user=me&password=topsecret");

        MigrationException failure = failure(migrator(nobody, PostgresSettings.DEFAULT, FILES));

        assertThat(failure)
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageContaining("Connection to 127.0.0.1:" + port + " refused.")
                .hasMessageContaining(
                        "Check that the server runs, and that host, port and database of the URL are right.");
        assertThat(failure.getMessage()).doesNotContain("topsecret");
    }

    @Test
    void aDatabaseThatDoesNotExist() {
        DriverManagerDataSource unknown =
                new DriverManagerDataSource(database.url().replace(database.name(), "no_such_database"));

        assertThat(failure(migrator(unknown, PostgresSettings.DEFAULT, FILES)))
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageContaining("database \"no_such_database\" does not exist")
                .hasMessageContaining("Create the database, or correct its name in the URL.");
    }

    @Test
    void noRightToMakeTheSchema() {
        assertThat(failure(asLimitedUser(in("app", "migration_history"), "")))
                .isInstanceOf(HistoryUnusable.class)
                .hasMessageContaining(
                        "There is no history \"app\".\"migration_history\" yet, and the database user may not"
                                + " make it: permission denied for database " + database.name())
                .hasMessageContaining("GRANT CREATE ON DATABASE <database> TO <user>;");
    }

    @Test
    void noRightToMakeTheTable() {
        assertThat(failure(asLimitedUser(PostgresSettings.DEFAULT, "GRANT USAGE ON SCHEMA public TO " + user)))
                .isInstanceOf(HistoryUnusable.class)
                .hasMessageContaining("permission denied for schema public")
                .hasMessageContaining("GRANT CREATE ON SCHEMA \"public\" TO <user>;")
                .hasMessageContaining("'mhras.migrations.postgresql.username'");
    }

    @Test
    void noRightToReadTheHistory() {
        migrator(FILES).migrate(Target.HEAD);

        assertThat(failure(asLimitedUser(PostgresSettings.DEFAULT, "GRANT USAGE ON SCHEMA public TO " + user)))
                .isInstanceOf(HistoryUnusable.class)
                .hasMessageContaining("permission denied for table migration_history")
                .hasMessageContaining("GRANT SELECT, INSERT ON \"migration_history\" TO <user>;");
    }

    @Test
    void noRightToWriteTheHistory() {
        migrator(FILES).migrate(Target.HEAD);
        Files more = FILES.with("002_b.sql", "SELECT 1;");
        asLimitedUser(
                PostgresSettings.DEFAULT,
                "GRANT USAGE ON SCHEMA public TO " + user + "; GRANT SELECT ON migration_history TO " + user);

        assertThat(failure(migrator(TestServer.as(database, user, "hush"), PostgresSettings.DEFAULT, more)))
                .isInstanceOf(HistoryUnusable.class)
                .hasMessageContaining("may not use the history \"public\".\"migration_history\": permission denied")
                .hasMessageContaining("GRANT SELECT, INSERT ON");
    }

    @Test
    void noSchemaInTheSearchPath() {
        DriverManagerDataSource dataSource = new DriverManagerDataSource(database.url() + "&currentSchema=nowhere");

        assertThat(failure(migrator(dataSource, PostgresSettings.DEFAULT, FILES)))
                .isInstanceOf(HistoryUnusable.class)
                .hasMessageContaining(
                        "There is no schema for the history: the search_path of the connection, 'nowhere'")
                .hasMessageContaining("'mhras.migrations.postgresql.schema'; it is made when missing");
    }

    @Test
    void aTableOfAnotherShape() {
        database.run("CREATE TABLE migration_history (id int, filename text)");

        assertThat(failure(migrator(FILES)))
                .isInstanceOf(HistoryUnusable.class)
                .hasMessageContaining("\"migration_history\" is there, but it is not a migration history of ours:")
                .hasMessageContaining("'mhras.migrations.postgresql.table'");
        assertThat(exists("a")).isFalse();
    }

    @Test
    void whereAnotherSchemaInSightHasAHistorySomebodyMustSayWhichOneIsMeant() {
        migrator(FILES).migrate(Target.HEAD);
        database.run("CREATE SCHEMA app");
        DriverManagerDataSource app = new DriverManagerDataSource(database.url() + "&currentSchema=app,public");

        assertThat(failure(migrator(app, PostgresSettings.DEFAULT, FILES)))
                .isInstanceOf(HistoryUnusable.class)
                .hasMessageContaining("The schema 'app' comes first in the connection's search_path and has no history;"
                        + " but 'public' has one.")
                .hasMessageContaining(
                        "set 'mhras.migrations.postgresql.schema' to 'public' to go on there, or to 'app'");
        assertThat(exists("app.a")).isFalse();

        migrator(app, in("public", "migration_history"), FILES).migrate(Target.HEAD);
        assertThat(column("SELECT event FROM public.migration_history")).containsExactly("APPLIED");
        migrator(app, in("app", "migration_history"), FILES).migrate(Target.HEAD);
        assertThat(exists("app.a") && exists("app.migration_history")).isTrue();
    }

    @Test
    void aMigrationThatMakesTheUsersOwnSchemaDoesNotRunEverythingAgain() {
        database.run("CREATE ROLE " + user + " LOGIN; GRANT CREATE ON DATABASE " + database.name() + " TO " + user
                + "; GRANT ALL ON SCHEMA public TO " + user);
        Files files = new Files().with("001_schema.sql", "CREATE SCHEMA IF NOT EXISTS " + user + ";");
        Migrator migrator = migrator(TestServer.as(database, user, ""), PostgresSettings.DEFAULT, files);
        migrator.migrate(Target.HEAD);

        assertThat(failure(migrator)).isInstanceOf(HistoryUnusable.class).hasMessageContaining("but 'public' has one.");
        assertThat(exists(user + ".migration_history")).isFalse();
    }

    @Test
    void whereTheSchemaMayNotEvenBeSeenNoLockIsLeftBehind() {
        database.run("CREATE SCHEMA app; REVOKE ALL ON SCHEMA app FROM PUBLIC; CREATE ROLE " + user + " LOGIN");
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(database.url().replaceFirst("user=\\w+", "user=" + user));
            pool.setMaximumPoolSize(1);
            Migrator limited = migrator(pool, in("app", "migration_history"), FILES)
                    .with(new MigratorSettings(OutOfOrder.FAIL, true));

            assertThat(Assertions.catchThrowable(limited::clean))
                    .isInstanceOf(HistoryUnusable.class)
                    .hasMessageContaining("permission denied for schema app");

            assertThat(column("SELECT pid::text FROM pg_locks WHERE locktype = 'advisory' AND database ="
                            + " (SELECT oid FROM pg_database WHERE datname = current_database())"))
                    .isEmpty();
            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
        }
    }

    @Test
    void whatOnlyReadsNeitherWritesNorWaitsForTheLock() {
        migrator(FILES).migrate(Target.HEAD);
        PostgresDriver holder = new PostgresDriver(database.dataSource(), PostgresSettings.DEFAULT);
        Migrator reader = migrator(
                new DriverManagerDataSource(
                        database.url() + "&options=-c%20default_transaction_read_only=on%20-c%20lock_timeout=1s"),
                PostgresSettings.DEFAULT,
                FILES);
        try (MigrationSession session = holder.open(activity -> {})) {
            assertThat(session.newest()).isPresent();

            assertThat(reader.status().summary()).isEqualTo(MigrationStatus.Summary.UP_TO_DATE);
            assertThat(reader.history()).isNotEmpty();
            assertThat(reader.plan(Target.HEAD).isEmpty()).isTrue();
            assertThat(reader.activity()).isPresent();
            assertThat(reader.planClean()).isNotEmpty();
            reader.validate(Target.HEAD);
        }
    }

    @Test
    void whoMayReadAllButNotWriteForRowLevelSecurityIsToldSo() {
        migrator(FILES).migrate(Target.HEAD);
        Files more = FILES.with("002_b.sql", "SELECT 1;");
        database.run("ALTER TABLE migration_history ENABLE ROW LEVEL SECURITY");
        asLimitedUser(
                PostgresSettings.DEFAULT,
                "GRANT USAGE ON SCHEMA public TO " + user + "; GRANT SELECT, INSERT ON migration_history TO " + user
                        + "; CREATE POLICY reading ON migration_history FOR SELECT TO " + user + " USING (true)");

        assertThat(failure(migrator(TestServer.as(database, user, "hush"), PostgresSettings.DEFAULT, more)))
                .isInstanceOf(HistoryUnusable.class)
                .hasMessageContaining("Row-level security keeps the database user from writing the history")
                .hasMessageContaining("CREATE POLICY migrations ON \"public\".\"migration_history\"");
    }

    @Test
    void anInfiniteTimeIsNamedByItsRow() {
        migrator(FILES).migrate(Target.HEAD);
        database.run("UPDATE migration_history SET applied_at = 'infinity'");

        assertThat(failure(migrator(FILES.with("002_b.sql", "SELECT 1;"))))
                .isInstanceOf(HistoryUnusable.class)
                .hasMessageContaining("the column 'applied_at' of the row with id 1 holds nothing that can be read.");

        database.run("ALTER TABLE migration_history ALTER script DROP NOT NULL;"
                + " UPDATE migration_history SET applied_at = now(), script = NULL");
        assertThat(failure(migrator(FILES)))
                .isInstanceOf(HistoryUnusable.class)
                .hasMessageContaining("the column 'script' of the row with id 1 is NULL.")
                .hasMessageContaining("UPDATE \"migration_history\" SET script = ... WHERE id = 1;");
    }

    @Test
    void theCheckOfAFirstStartIsOneQueryMoreAndThereafterNone() {
        try (WireTap tap = WireTap.on(database.url())) {
            Migrator migrator = migrator(new DriverManagerDataSource(tap.url()), PostgresSettings.DEFAULT, FILES);
            migrator.plan(Target.HEAD);
            assertThat(tap.statements().stream().filter(sql -> sql.contains("row_security_active")))
                    .hasSize(1);
            migrator(FILES).migrate(Target.HEAD);
            tap.reset();
            migrator.migrate(Target.HEAD);
            assertThat(tap.statements()).noneMatch(sql -> sql.contains("row_security_active"));
        }
    }

    @Test
    void whatOnlyANewerReleaseKnowsIsAheadAndRunsNothing() {
        migrator(FILES).migrate(Target.HEAD);
        database.run("""
                ALTER TABLE migration_history ADD COLUMN where_to text;
                UPDATE migration_history SET event = 'TELEPORTED', where_to = 'Mars', fingerprint = 'unknown'
                """);

        MigrationStatus status = migrator(FILES).status();

        assertThat(status.summary()).isEqualTo(MigrationStatus.Summary.AHEAD);
        assertThat(migrator(FILES).migrate(Target.HEAD).isUpToDate()).isTrue();
    }

    @Test
    void aUrlThatNobodyUnderstandsIsShownWithoutItsPassword() {
        MigrationException failure = failure(migrator(
                new DriverManagerDataSource("jdbc:postgres://me:topsecret@127.0.0.1/x?user=me&password=topsecret"),
                PostgresSettings.DEFAULT,
                FILES));

        assertThat(failure)
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageContaining(
                        "No suitable driver found for jdbc:postgres://***@127.0.0.1/x?user=me&password=***");
        assertThat(failure.getMessage()).doesNotContain("topsecret");
    }

    @Test
    void anotherProductThanPostgresIsNamed() {
        MigrationException failure = failure(migrator(OtherProduct.dataSource(), PostgresSettings.DEFAULT, FILES));

        assertThat(failure)
                .hasMessageContaining("The data source is OtherProduct, and the migrations are for PostgreSQL.")
                .hasMessageContaining("spring.test.database.replace=none");
    }
}
