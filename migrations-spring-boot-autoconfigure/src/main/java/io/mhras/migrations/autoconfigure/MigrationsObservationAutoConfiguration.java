package io.mhras.migrations.autoconfigure;

import io.mhras.migrations.observation.MigrationObservationConvention;
import io.mhras.migrations.observation.MigrationObservationListener;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the observations. */
@AutoConfiguration(
        after = MigrationsAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean({ObservationRegistry.class, Migrators.class})
public final class MigrationsObservationAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    MigrationObservationListener migrationObservationListener(
            ObservationRegistry registry, ObjectProvider<MigrationObservationConvention> convention) {
        return new MigrationObservationListener(registry, convention.getIfUnique());
    }
}
