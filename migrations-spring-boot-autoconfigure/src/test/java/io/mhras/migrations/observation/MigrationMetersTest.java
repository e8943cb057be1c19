package io.mhras.migrations.observation;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.Target;
import io.mhras.migrations.autoconfigure.MigrationsMetricsAutoConfiguration;
import io.mhras.migrations.autoconfigure.TestService;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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
}
