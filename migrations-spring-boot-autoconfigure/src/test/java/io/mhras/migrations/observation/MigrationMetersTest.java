package io.mhras.migrations.observation;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.MigrationListener;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.Target;
import io.mhras.migrations.autoconfigure.MigrationsMetricsAutoConfiguration;
import io.mhras.migrations.autoconfigure.MigrationsObservationAutoConfiguration;
import io.mhras.migrations.autoconfigure.TestService;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class MigrationMetersTest {

    @AutoClose
    private final TestDatabase database = TestServer.newDatabase();

    private final MeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void theyCountTheMigrations() {
        service().withPropertyValues("mhras.migrations.target=001").run(context -> {
            bind(context);

            assertThat(gauge("applied")).isEqualTo(1);
            assertThat(gauge("pending")).isEqualTo(2);
            assertThat(gauge("failed")).isZero();
            assertThat(gauge("conflicting")).isZero();
        });
    }

    @Test
    void theyFollowARun() {
        service().withPropertyValues("mhras.migrations.target=001").run(context -> {
            bind(context);
            assertThat(gauge("pending")).isEqualTo(2);

            context.getBean(Migrator.class).migrate(Target.HEAD);

            assertThat(gauge("pending")).isZero();
            assertThat(gauge("applied")).isEqualTo(3);
        });
    }

    @Test
    void theyReadTheLastKnownStatus() {
        service().run(context -> {
            bind(context);
            assertThat(gauge("applied")).isEqualTo(3);

            database.run("DELETE FROM migration_history WHERE version = 'R_consenting_patient'");
            assertThat(gauge("applied")).as("no query of its own").isEqualTo(3);

            context.getBean(Migrator.class).status();
            assertThat(gauge("applied")).as("what somebody else read").isEqualTo(2);
        });
    }

    @Test
    void whatCannotBeReadIsNoNumberUntilItCan() {
        service().run(context -> {
            bind(context);
            database.run("ALTER TABLE migration_history RENAME TO gone; CREATE TABLE migration_history (id int)");
            assertThat(gauge("applied")).isNaN();

            database.run("DROP TABLE migration_history; ALTER TABLE gone RENAME TO migration_history");
            context.getBean(Migrator.class).status();
            assertThat(gauge("applied")).isEqualTo(3);
        });
    }

    @Test
    void withoutARegistryThereAreNone() {
        TestService.on(database)
                .withConfiguration(AutoConfigurations.of(MigrationsMetricsAutoConfiguration.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(MigrationMeters.class));
    }

    private ApplicationContextRunner service() {
        return TestService.on(database)
                .withConfiguration(AutoConfigurations.of(MigrationsMetricsAutoConfiguration.class))
                .withBean(MeterRegistry.class, () -> registry);
    }

    private void bind(AssertableApplicationContext context) {
        context.getBean(MigrationMeters.class).bindTo(registry);
    }

    private double gauge(String name) {
        return registry.get("mhras.migrations." + name)
                .tag("database", "postgresql")
                .gauge()
                .value();
    }

    @Test
    void theTimersAreDescribedAndNoneSaysFailureWhereNothingFailed() {
        List<String> whileRunning = new ArrayList<>();
        ObservationRegistry observations = ObservationRegistry.create();
        observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(registry));
        service()
                .withConfiguration(AutoConfigurations.of(MigrationsObservationAutoConfiguration.class))
                .withBean(ObservationRegistry.class, () -> observations)
                .withInitializer(context -> registry.config().meterFilter(new MeterDescriptions()))
                .withBean(MigrationListener.class, () -> new MigrationListener() {
                    @Override
                    public void onStepDone(String name, MigrationStep step, HistoryEntry entry) {
                        registry.getMeters()
                                .forEach(meter -> whileRunning.add(meter.getId().toString()));
                    }
                })
                .run(context ->
                        assertThat(context.getBean(MeterDescriptions.class)).isNotNull());

        assertThat(whileRunning).anyMatch(id -> id.contains("mhras.migrations.active"));
        assertThat(whileRunning).noneMatch(id -> id.contains("failure"));
        assertThat(registry.getMeters())
                .extracting(meter -> meter.getId().getDescription())
                .doesNotContainNull()
                .contains("How long runs of the migrations took", "Runs of the migrations that are under way");
    }
}
