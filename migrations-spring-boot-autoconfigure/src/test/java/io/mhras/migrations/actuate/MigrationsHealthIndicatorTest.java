package io.mhras.migrations.actuate;

import java.time.Duration;
import io.mhras.migrations.observation.LastResults;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.autoconfigure.MigrationsHealthAutoConfiguration;
import io.mhras.migrations.autoconfigure.TestService;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class MigrationsHealthIndicatorTest {

    @AutoClose
    private final TestDatabase database = TestServer.newDatabase();

    @Test
    void aDatabaseAtTheHeadIsUp() {
        service().run(context -> {
            assertThat(health(context).getStatus()).isEqualTo(Status.UP);
            assertThat(details(context))
                    .containsEntry("state", "UP_TO_DATE")
                    .containsEntry("current", List.of("002"))
                    .containsEntry("pending", 0);
        });
    }

    @Test
    void whatIsPendingIsCountedAndUp() {
        service().withPropertyValues("mhras.migrations.target=001").run(context -> {
            assertThat(health(context).getStatus()).isEqualTo(Status.UP);
            assertThat(details(context)).containsEntry("state", "PENDING").containsEntry("pending", 2);
        });
    }

    @Test
    void whatIsPendingIsDownInModeValidate() {
        service().run(context -> assertThat(context).hasNotFailed());
        service().withPropertyValues("mhras.migrations.mode=validate").run(context -> {
            assertThat(health(context).getStatus()).isEqualTo(Status.UP);
            database.run("DELETE FROM migration_history WHERE version = 'R_consenting_patient'");
            assertThat(health(context).getStatus()).isEqualTo(Status.DOWN);
        });
    }

    @Test
    void aConflictIsDown() {
        service().run(context -> {
            database.run(
                    "UPDATE migration_history SET checksum = 'other', up_script = 'SELECT 1' WHERE version = '001'");
            assertThat(health(context).getStatus()).isEqualTo(Status.DOWN);
            assertThat(details(context)).containsEntry("state", "CONFLICT");
        });
    }

    @Test
    void aFailedMigrationIsDown() {
        service()
                .withPropertyValues("mhras.migrations.locations=classpath:db/broken")
                .run(context -> assertThat(context).hasFailed());
        service()
                .withPropertyValues("mhras.migrations.locations=classpath:db/broken", "mhras.migrations.mode=none")
                .run(context -> {
                    assertThat(health(context).getStatus()).isEqualTo(Status.DOWN);
                    assertThat(details(context)).containsEntry("state", "FAILED");
                });
    }

    @Test
    void aDatabaseThatCannotBeReadIsDown() {
        service().run(context -> {
            database.run("ALTER TABLE migration_history RENAME TO gone; CREATE TABLE migration_history (id int)");
            assertThat(health(context).getStatus()).isEqualTo(Status.DOWN);
            assertThat(details(context))
                    .hasEntrySatisfying(
                            "error", text -> assertThat(text).asString().contains("not a migration history"));
        });
    }

    @Test
    void aHistoryInAnotherSchemaThanTheFirstIsDownAndTheEndpointSaysTheSame() {
        service().run(context -> {
            database.run("CREATE SCHEMA AUTHORIZATION postgres");
            assertThat(health(context).getStatus()).isEqualTo(Status.DOWN);
            assertThat(details(context))
                    .hasEntrySatisfying(
                            "error",
                            text -> assertThat(text).asString().contains("has no history; but 'public' has one."));
            assertThat(new MigrationsEndpoint(
                            Map.of("postgresql", context.getBean(Migrator.class)),
                            new LastResults(),
                            Duration.ZERO)
                            .migrations()
                            .databases()
                            .get("postgresql"))
                    .satisfies(seen -> assertThat(seen.error()).contains("has no history; but 'public' has one."));
        });
    }

    @Test
    void aRowDeletedFromTheMiddleIsDown() {
        service().run(context -> {
            database.run("DELETE FROM migration_history WHERE version = '001'");
            assertThat(health(context).getStatus()).isEqualTo(Status.DOWN);
            assertThat(details(context))
                    .containsEntry("state", "CONFLICT")
                    .hasEntrySatisfying(
                            "error", text -> assertThat(text).asString().contains("001 is applied is missing"));
        });
    }

    @Test
    void itCanBeSwitchedOff() {
        service()
                .withPropertyValues("management.health.migrations.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(MigrationsHealthIndicator.class));
    }

    @Test
    void itIsNotThereWithoutMigrations() {
        service()
                .withPropertyValues("mhras.migrations.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(MigrationsHealthIndicator.class));
    }

    private ApplicationContextRunner service() {
        return TestService.on(database)
                .withConfiguration(AutoConfigurations.of(MigrationsHealthAutoConfiguration.class));
    }

    private static Health health(AssertableApplicationContext context) {
        return context.getBean("migrationsHealthIndicator", MigrationsHealthIndicator.class)
                .health();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> details(AssertableApplicationContext context) {
        return (Map<String, Object>) requireNonNull(health(context).getDetails().get("postgresql"));
    }
}
