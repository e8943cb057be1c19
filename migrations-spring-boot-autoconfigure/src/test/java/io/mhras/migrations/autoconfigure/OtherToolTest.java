package io.mhras.migrations.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import javax.sql.DataSource;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.boot.liquibase.autoconfigure.LiquibaseAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Flyway or Liquibase in the same service. */
class OtherToolTest {

    @AutoClose
    private final TestDatabase database = TestServer.newDatabase();

    @AutoClose
    private final TestDatabase other = TestServer.newDatabase();

    private ApplicationContextRunner withFlyway() {
        return TestService.on(database)
                .withConfiguration(AutoConfigurations.of(FlywayAutoConfiguration.class))
                .withPropertyValues("spring.flyway.enabled=true", "spring.flyway.locations=classpath:db/flyway");
    }

    private ApplicationContextRunner withLiquibase() {
        return TestService.on(database)
                .withConfiguration(AutoConfigurations.of(LiquibaseAutoConfiguration.class))
                .withPropertyValues("spring.liquibase.enabled=true");
    }

    private void assertNothingRan() {
        assertThat(TestService.hasTable(database, "migration_history")).isFalse();
        assertThat(TestService.hasTable(database, "patient")).isFalse();
        assertThat(TestService.hasTable(database, "flyway_schema_history")).isFalse();
        assertThat(TestService.hasTable(database, "databasechangelog")).isFalse();
    }

    @Test
    void flywayOnTheSameDatabaseIsRefusedBeforeEitherRuns() {
        withFlyway()
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(MigrationException.Refused.class)
                        .hasMessageContainingAll(
                                "Flyway is active in this service, too, and on the same database as the migrations of"
                                        + " postgresql. Neither has run.",
                                "spring.flyway.enabled=false",
                                "'adopt'"));
        assertNothingRan();
    }

    @Test
    void soItIsWhenEachHasAnUrlOfItsOwn() {
        withFlyway()
                .withPropertyValues(
                        "mhras.migrations.postgresql.url=" + database.url(),
                        "spring.flyway.url=" + TestService.url(database) + "?ApplicationName=flyway",
                        "spring.flyway.user=" + TestService.user(database))
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("Flyway is active"));
        assertNothingRan();
    }

    @Test
    void liquibaseOnTheSameDatabaseIsRefusedBeforeEitherRuns() {
        withLiquibase()
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(MigrationException.Refused.class)
                        .hasMessageContainingAll(
                                "Liquibase is active in this service, too", "spring.liquibase.enabled=false"));
        assertNothingRan();
    }

    @Test
    void onAnotherDatabaseItMayRun() {
        withFlyway()
                .withUserConfiguration(Marked.class)
                .withBean(Others.class, () -> new Others(other))
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(TestService.applied(database)).hasSize(3);
        assertThat(TestService.hasTable(other, "flyway_schema_history")).isTrue();
        assertThat(TestService.hasTable(database, "flyway_schema_history")).isFalse();
    }

    @Test
    void oneThatIsNotEnabledIsNotInTheWay() {
        withFlyway()
                .withPropertyValues("spring.flyway.enabled=false")
                .run(context -> assertThat(context).hasNotFailed());
        withLiquibase()
                .withPropertyValues("spring.liquibase.enabled=false")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void norIsOneWhereNothingOfOursRuns() {
        withFlyway()
                .withPropertyValues("mhras.migrations.mode=none")
                .run(context -> assertThat(context).hasNotFailed());
    }

    record Others(TestDatabase database) {}

    @Configuration(proxyBeanMethods = false)
    static class Marked {

        @Bean(defaultCandidate = false)
        @FlywayDataSource
        DataSource flywaySource(Others others) {
            return others.database().dataSource();
        }
    }
}
