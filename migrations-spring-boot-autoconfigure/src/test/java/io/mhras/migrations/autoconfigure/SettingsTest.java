package io.mhras.migrations.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.engine.MigratorSettings.OutOfOrder;
import io.mhras.migrations.engine.UndeclaredPlaceholders;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.unit.DataSize;

class SettingsTest {

    @AutoClose
    private final TestDatabase database = TestServer.newDatabase();

    @Test
    void defaultsAreAsDocumented() {
        assertThat(bind(Map.of()))
                .isEqualTo(new MigrationsProperties(
                        true,
                        MigrationMode.APPLY,
                        Duration.ofMinutes(10),
                        Duration.ZERO,
                        MigrationsProperties.OnShutdown.FINISH,
                        List.of("classpath:db/migration"),
                        "head",
                        OutOfOrder.FAIL,
                        Map.of(),
                        UndeclaredPlaceholders.WARN,
                        false,
                        null,
                        MigrationsProperties.Verify.NONE,
                        Duration.ofSeconds(30),
                        MigrationsProperties.Drift.NONE,
                        new MigrationsProperties.Postgresql(
                                null,
                                null,
                                null,
                                null,
                                "migration_history",
                                Duration.ofSeconds(2),
                                Duration.ZERO,
                                Duration.ZERO,
                                new MigrationsProperties.Retry(
                                        Duration.ofMinutes(10), Duration.ofMillis(500), Duration.ofMinutes(1)),
                                null),
                        new MigrationsProperties.Mongodb(
                                null,
                                null,
                                "migration_history",
                                Duration.ofSeconds(30),
                                Duration.ZERO,
                                new MigrationsProperties.Script(Duration.ofMinutes(5), 0, DataSize.ofMegabytes(512)),
                                null),
                        Map.of()));
    }

    @Test
    void lockTimeoutAndRetriesAreAsSet() throws SQLException {
        TestService.on(database)
                .withPropertyValues("mhras.migrations.target=001")
                .run(context -> assertThat(context).hasNotFailed());
        try (Connection application = database.dataSource().getConnection()) {
            application.setAutoCommit(false);
            application.createStatement().execute("LOCK TABLE patient");
            TestService.on(database)
                    .withPropertyValues(
                            "mhras.migrations.postgresql.lock-timeout=60ms",
                            "mhras.migrations.postgresql.retry.limit=90ms",
                            "mhras.migrations.postgresql.retry.first-pause=90ms",
                            "mhras.migrations.postgresql.retry.longest-pause=90ms")
                    .run(context -> assertThat(context)
                            .getFailure()
                            .rootCause()
                            .hasMessageContaining("canceling statement due to lock timeout"));
        }
        assertThat(TestService.applied(database)).containsExactly("001");
    }

    @Test
    void secretsAreNotPrinted() {
        MigrationsProperties properties = bind(Map.of(
                "mhras.migrations.postgresql.url", "jdbc:postgresql://db/app?password=s3cret",
                "mhras.migrations.postgresql.password", "s3cret"));

        assertThat(properties.toString()).doesNotContain("s3cret").contains("table=migration_history");
    }

    @Test
    void theTargetIsWhereItStops() {
        TestService.on(database)
                .withPropertyValues("mhras.migrations.target=001")
                .run(context -> assertThat(TestService.applied(database)).containsExactly("001"));
    }

    @Test
    void aTargetThatIsNoneFailsTheStart() {
        TestService.on(database)
                .withPropertyValues("mhras.migrations.target=newest")
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("'newest'"));
    }

    @Test
    void placeholdersAreReplaced() {
        TestService.on(database)
                .withPropertyValues(
                        "mhras.migrations.locations=classpath:db/migration,classpath:db/more",
                        "mhras.migrations.placeholders.clinic=North")
                .run(context -> {
                    JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
                    jdbc.update("INSERT INTO patient (id, name) VALUES (1, 'Ada')");
                    jdbc.update("INSERT INTO visit (patient) VALUES (1)");
                    assertThat(jdbc.queryForObject("SELECT clinic FROM visit", String.class))
                            .isEqualTo("North");
                });
    }

    @Test
    void whatIsOutOfOrderIsRefusedOrApplied() {
        TestService.on(database)
                .withPropertyValues("mhras.migrations.locations=classpath:db/more", "spring.application.name=x")
                .run(context -> assertThat(context).hasFailed());
        database.run("CREATE TABLE patient (id bigint PRIMARY KEY)");
        TestService.on(database)
                .withPropertyValues("mhras.migrations.locations=classpath:db/more")
                .run(context -> assertThat(context).hasNotFailed());
        database.run("DROP TABLE patient CASCADE");

        TestService.on(database)
                .withPropertyValues("mhras.migrations.locations=classpath:db/migration,classpath:db/more")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContainingAll("001_create_patient.sql", "out-of-order"));
        TestService.on(database)
                .withPropertyValues(
                        "mhras.migrations.locations=classpath:db/migration,classpath:db/more",
                        "mhras.migrations.out-of-order=apply")
                .run(context -> assertThat(TestService.applied(database)).startsWith("003", "001", "002"));
    }

    @Test
    void cleanIsForTheSettingToAllow() {
        TestService.on(database)
                .run(context -> assertThat(
                                context.getBean(Migrator.class).settings().cleanEnabled())
                        .isFalse());
        TestService.on(database)
                .withPropertyValues("mhras.migrations.clean-enabled=true")
                .run(context ->
                        assertThat(context.getBean(Migrator.class).clean()).isNotEmpty());
        assertThat(TestService.hasTable(database, "patient")).isFalse();
    }

    @Test
    void schemaAndTableAreWhereTheHistoryIs() {
        TestService.on(database)
                .withPropertyValues(
                        "mhras.migrations.postgresql.schema=clinic", "mhras.migrations.postgresql.table=changes")
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(TestService.hasTable(database, "clinic.changes")).isTrue();
        assertThat(TestService.hasTable(database, "clinic.patient")).isTrue();
    }

    private static MigrationsProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("mhras.migrations", MigrationsProperties.class);
    }
}
