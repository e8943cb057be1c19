package io.mhras.migrations.autoconfigure;

import io.mhras.migrations.observation.LastResults;
import io.mhras.migrations.observation.LastKnownStatus;
import io.mhras.migrations.observation.MeterDescriptions;
import io.mhras.migrations.observation.MigrationMeters;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the gauges. */
@AutoConfiguration(
        after = MigrationsAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({MeterRegistry.class, Migrators.class})
public final class MigrationsMetricsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    LastKnownStatus lastKnownMigrationStatus() {
        return new LastKnownStatus();
    }

    @Bean
    @ConditionalOnMissingBean
    MigrationMeters migrationMeters(Migrators migrators, LastKnownStatus status, LastResults results) {
        return new MigrationMeters(migrators.byName(), status, results);
    }

    @Bean
    static MeterDescriptions migrationMeterDescriptions() {
        return new MeterDescriptions();
    }
}
