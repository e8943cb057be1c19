package io.mhras.migrations.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mhras.migrations.Target;
import io.mhras.migrations.testing.Files;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The oldest and the newest server that we support, as they come in containers. */
class PostgresContainerTest {

    @ParameterizedTest
    @ValueSource(strings = {"postgres:13", "postgres:18"})
    void migratesAndRollsBack(String image) {
        assumeTrue(DockerClientFactory.instance().isDockerAvailable(), "Skipped: there is no Docker here");
        Files files = new Files()
                .with("001_a.sql", "CREATE TABLE a (id int);")
                .with("001_a.down.sql", "DROP TABLE a;")
                .with("001_a.verify.sql", "SELECT to_regclass('a') IS NOT NULL;");
        try (PostgreSQLContainer server = new PostgreSQLContainer(image)) {
            server.start();
            var dataSource =
                    new DriverManagerDataSource(server.getJdbcUrl(), server.getUsername(), server.getPassword());
            var migrator = PostgresTest.migrator(dataSource, PostgresSettings.DEFAULT, files);

            migrator.migrate(Target.HEAD);
            assertThat(migrator.migrate(Target.HEAD).isUpToDate()).isTrue();
            migrator.rollback(Target.BASE);

            assertThat(new JdbcTemplate(dataSource)
                            .queryForList("SELECT event FROM migration_history ORDER BY id", String.class))
                    .containsExactly("APPLIED", "ROLLED_BACK");
        }
    }
}
