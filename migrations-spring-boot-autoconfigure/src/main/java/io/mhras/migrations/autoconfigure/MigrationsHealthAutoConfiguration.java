package io.mhras.migrations.autoconfigure;

import io.mhras.migrations.DriftResult;
import io.mhras.migrations.observation.LastResults;
import io.mhras.migrations.MigrationStatus.Summary;
import io.mhras.migrations.actuate.MigrationsHealthIndicator;
import io.mhras.migrations.engine.Migrator;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the {@link MigrationsHealthIndicator}. */
@AutoConfiguration(after = MigrationsAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnEnabledHealthIndicator.class)
@ConditionalOnEnabledHealthIndicator("migrations")
@ConditionalOnBean({Migrator.class, Migrators.class})
public final class MigrationsHealthAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "migrationsHealthIndicator")
    MigrationsHealthIndicator migrationsHealthIndicator(
            Migrators migrators, MigrationsProperties properties, LastResults results) {
        Set<Summary> downWhen = EnumSet.of(Summary.CONFLICT, Summary.FAILED);
        if (properties.mode() == MigrationMode.VALIDATE) {
            downWhen.add(Summary.PENDING);
        }
        Set<DriftResult.State> downWhenDrift = properties.drift() == MigrationsProperties.Drift.FAIL
                ? EnumSet.of(DriftResult.State.DRIFTED)
                : Set.of();
        return new MigrationsHealthIndicator(migrators.byName(), downWhen, results, downWhenDrift);
    }
}
