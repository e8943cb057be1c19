package io.mhras.migrations.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.HistoryEntry.Kind;
import io.mhras.migrations.MigrationStatus.Summary;
import io.mhras.migrations.Target;
import io.mhras.migrations.adopt.AdoptionSource;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.testing.Files;
import io.mhras.migrations.testing.WireTap;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A start with nothing to do, however the database came to be. */
class BaselineStartTest extends PostgresTest {

    private static final Files ALL = new Files()
            .with("001_a.sql", "CREATE TABLE a (id int);")
            .with("002_b.sql", "CREATE TABLE b (id int);")
            .with("003_c.sql", "CREATE TABLE c (id int);");
    private static final Files WITH_BASELINE =
            ALL.with("B002__all.sql", "CREATE TABLE a (id int); CREATE TABLE b (id int);");
    private static final Files SQUASHED = WITH_BASELINE.without("001_a.sql").without("002_b.sql");

    private void assertOneQuery(Files files) {
        try (WireTap tap = WireTap.on(database.url())) {
            Migrator migrator = migrator(new DriverManagerDataSource(tap.url()), PostgresSettings.DEFAULT, files);
            migrator.migrations();

            assertThat(migrator.migrate(Target.HEAD).isUpToDate()).isTrue();

            assertThat(tap.statements().stream().filter(sql -> sql.contains("migration_history")))
                    .hasSize(1);
            assertThat(tap.statements().stream().filter(sql -> sql.startsWith("SELECT") || sql.startsWith("WITH")))
                    .hasSize(1);
        }
    }

    @Test
    void madeFreshThroughABaseline() {
        migrator(WITH_BASELINE).migrate(Target.HEAD);
        assertOneQuery(WITH_BASELINE);
        assertOneQuery(SQUASHED);
    }

    @Test
    void oldWithAllFiles() {
        migrator(ALL).migrate(Target.HEAD);
        assertOneQuery(WITH_BASELINE);
    }

    @Test
    void oldWithFilesGone() {
        migrator(ALL).migrate(Target.HEAD);
        migrator(SQUASHED).migrate(Target.HEAD);
        assertOneQuery(SQUASHED);
    }

    @Test
    void adoptedWithAllFilesAndWithFilesGone() {
        flyway();
        Migrator all = migrator(WITH_BASELINE);
        all.adopt(all.planAdopt(AdoptionSource.ANY));
        assertThat(all.status().summary()).isEqualTo(Summary.UP_TO_DATE);
        assertOneQuery(WITH_BASELINE);

        database.run("DROP TABLE migration_history");
        Migrator squashed = migrator(SQUASHED);
        squashed.adopt(squashed.planAdopt(AdoptionSource.ANY));
        assertThat(squashed.history())
                .extracting(entry -> entry.event() + " " + entry.version())
                .containsExactly("ADOPTED 003", "ADOPTED 002");
        assertThat(squashed.history().get(1).recorded().kind()).isEqualTo(Kind.BASELINE);
        assertThat(squashed.status().summary()).isEqualTo(Summary.UP_TO_DATE);
        assertOneQuery(SQUASHED);
        assertOneQuery(WITH_BASELINE);
    }

    private void flyway() {
        database.run("""
                CREATE TABLE a (id int);
                CREATE TABLE b (id int);
                CREATE TABLE c (id int);
                CREATE TABLE flyway_schema_history (
                    installed_rank int, version text, description text, type text, script text, checksum int,
                    installed_by text, installed_on timestamp, execution_time int, success boolean);
                INSERT INTO flyway_schema_history VALUES
                    (1, '1', 'a', 'SQL', 'V1__a.sql', NULL, 'me', now(), 1, true),
                    (2, '2', 'b', 'SQL', 'V2__b.sql', NULL, 'me', now(), 1, true),
                    (3, '3', 'c', 'SQL', 'V3__c.sql', NULL, 'me', now(), 1, true);
                """);
    }

    @Test
    void whatExtensionsBringIsNothing() {
        database.run("CREATE EXTENSION pg_trgm");
        migrator(SQUASHED).migrate(Target.HEAD);
        assertThat(migrator(SQUASHED).history()).hasSize(2);
    }
}
