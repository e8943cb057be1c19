package io.mhras.migrations.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.MigrationListener;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.testing.Files;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.WireTap;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class UpToDateStartTest extends PostgresTest {

    private static Files files(int count) {
        Files files = new Files();
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            names.add("%04d_m.sql".formatted(i));
        }
        return files.withAll(names, name -> "SELECT '" + name + "';");
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 5_000})
    void isOneStatementInOneRoundTripWhateverTheNumberOfMigrations(int count) {
        Files files = files(count);
        migrator(files).stamp(Target.HEAD);
        try (WireTap tap = WireTap.on(database.url());
                HikariDataSource pool = pool(tap.url())) {
            Migrator migrator = migrator(pool, PostgresSettings.DEFAULT, files);
            migrator.migrations();
            new JdbcTemplate(pool).queryForObject("SELECT 1", Integer.class);
            tap.reset();

            assertThat(migrator.migrate(Target.HEAD).isUpToDate()).isTrue();

            assertThat(tap.statements()).singleElement().asString().contains("ORDER BY id DESC LIMIT 1");
            assertThat(tap.roundTrips()).isEqualTo(1);
        }
    }

    private static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(1);
        return new HikariDataSource(config);
    }

    @Test
    void aSmallMigrationIsOneRoundTripWithItsHistoryRowAndCommit() {
        Files one = new Files().with("001_a.sql", "CREATE TABLE a (id int); CREATE INDEX ON a (id);");
        migrator(one).migrate(Target.HEAD);
        Files two = one.with("002_b.sql", "CREATE TABLE b (id int); CREATE INDEX ON b (id);")
                .with("003_c.sql", "CREATE TABLE c (id int);");
        try (WireTap tap = WireTap.on(database.url())) {
            List<Integer> roundTrips = new ArrayList<>();
            Migrator migrator = migrator(new DriverManagerDataSource(tap.url()), PostgresSettings.DEFAULT, two)
                    .with(new MigrationListener() {
                        @Override
                        public void onStep(String name, MigrationStep step) {
                            tap.resetRoundTrips();
                        }

                        @Override
                        public void onStepDone(String name, MigrationStep step, HistoryEntry entry) {
                            roundTrips.add(tap.roundTrips());
                        }
                    });
            migrator.migrate(Target.HEAD);
            assertThat(roundTrips).containsExactly(1, 1);

            assertThat(tap.statements().stream().filter(sql -> sql.contains("CREATE ")))
                    .hasSize(2)
                    .allSatisfy(sql -> assertThat(sql).contains("BEGIN", "INSERT INTO", "COMMIT"));
        }
    }

    @Test
    void aUserWithoutAnyRightToCreateCanDoIt() {
        Files files = files(3);
        migrator(files).migrate(Target.HEAD);
        String user = "reader_" + database.name();
        database.run("CREATE ROLE " + user + " LOGIN PASSWORD 'secret'; REVOKE ALL ON SCHEMA public FROM PUBLIC;"
                + " GRANT USAGE ON SCHEMA public TO " + user + "; GRANT SELECT ON migration_history TO " + user);
        try {
            Migrator migrator = migrator(TestServer.as(database, user, "secret"), PostgresSettings.DEFAULT, files);

            assertThat(migrator.migrate(Target.HEAD).isUpToDate()).isTrue();
        } finally {
            database.run("DROP OWNED BY " + user + "; DROP ROLE " + user);
        }
    }
}
