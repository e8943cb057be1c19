package io.mhras.migrations.observation;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.autoconfigure.MigrationsObservationAutoConfiguration;
import io.mhras.migrations.autoconfigure.TestService;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class MigrationObservationTest {

    @AutoClose
    private final TestDatabase database = TestServer.newDatabase();

    private final TestObservationRegistry registry = TestObservationRegistry.create();

    @Test
    void aRunAndEachOfItsMigrationsAreObserved() {
        service().run(context -> assertThat(context).hasNotFailed());

        TestObservationRegistryAssert.assertThat(registry)
                .hasNumberOfObservationsWithNameEqualTo("mhras.migrations", 1)
                .hasNumberOfObservationsWithNameEqualTo("mhras.migrations.step", 3)
                .doesNotHaveAnyRemainingCurrentObservation()
                .hasObservationWithNameEqualTo("mhras.migrations")
                .that()
                .hasBeenStopped()
                .hasContextualNameEqualTo("migrate postgresql")
                .hasLowCardinalityKeyValue("database", "postgresql")
                .hasLowCardinalityKeyValue("operation", "migrate")
                .hasLowCardinalityKeyValue("outcome", "success");
        TestObservationRegistryAssert.assertThat(registry)
                .hasAnObservation(step -> step.hasNameEqualTo("mhras.migrations.step")
                        .hasParentObservation()
                        .hasContextualNameEqualTo("applied postgresql 002")
                        .hasLowCardinalityKeyValue("operation", "applied")
                        .hasLowCardinalityKeyValue("outcome", "success")
                        .hasHighCardinalityKeyValue("version", "002"));
    }

    @Test
    void aRunWithNothingToDoIsUpToDate() {
        service().run(context -> assertThat(context).hasNotFailed());
        registry.clear();
        service().run(context -> assertThat(context).hasNotFailed());

        TestObservationRegistryAssert.assertThat(registry)
                .hasSingleObservationThat()
                .hasLowCardinalityKeyValue("outcome", "up_to_date");
    }

    @Test
    void aFailureEndsTheMigrationAndTheRun() {
        service()
                .withPropertyValues("mhras.migrations.locations=classpath:db/broken")
                .run(context -> assertThat(context).hasFailed());

        TestObservationRegistryAssert.assertThat(registry)
                .doesNotHaveAnyRemainingCurrentObservation()
                .hasAnObservation(run -> run.hasNameEqualTo("mhras.migrations")
                        .hasError()
                        .hasLowCardinalityKeyValue("outcome", "failure"))
                .hasAnObservation(step -> step.hasNameEqualTo("mhras.migrations.step")
                        .hasError()
                        .hasLowCardinalityKeyValue("outcome", "failure")
                        .hasHighCardinalityKeyValue("version", "002"));
    }

    @Test
    void anOwnConventionTakesThePlaceOfTheDefault() {
        service()
                .withBean(MigrationObservationConvention.class, OwnConvention::new)
                .run(context -> assertThat(context).hasNotFailed());

        TestObservationRegistryAssert.assertThat(registry)
                .hasObservationWithNameEqualTo("mhras.migrations")
                .that()
                .hasLowCardinalityKeyValue("team", "clinic");
    }

    @Test
    void withoutARegistryNothingIsObserved() {
        TestService.on(database)
                .withConfiguration(AutoConfigurations.of(MigrationsObservationAutoConfiguration.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(MigrationObservationListener.class));
    }

    private ApplicationContextRunner service() {
        return TestService.on(database)
                .withConfiguration(AutoConfigurations.of(MigrationsObservationAutoConfiguration.class))
                .withBean(ObservationRegistry.class, () -> registry);
    }

    private static final class OwnConvention extends DefaultMigrationObservationConvention {

        @Override
        public KeyValues getLowCardinalityKeyValues(MigrationObservationContext context) {
            return super.getLowCardinalityKeyValues(context).and("team", "clinic");
        }
    }
}
