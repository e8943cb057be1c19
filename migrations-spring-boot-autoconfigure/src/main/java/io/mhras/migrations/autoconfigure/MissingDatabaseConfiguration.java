package io.mhras.migrations.autoconfigure;

import io.mhras.migrations.source.MigrationLoader;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reports {@code .sql} migrations without a database to run them on. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(name = PostgresMigratorConfiguration.BEAN_NAME)
class MissingDatabaseConfiguration {

    @Bean
    MissingDatabaseCheck missingDatabaseCheck(
            MigrationsProperties properties,
            @Qualifier(MigrationsAutoConfiguration.SQL_LOADER) MigrationLoader loader,
            Migrators migrators) {
        return new MissingDatabaseCheck(properties, loader, migrators);
    }

    @Bean
    static LazyInitializationExcludeFilter missingDatabaseCheckIsNeverLazy() {
        return LazyInitializationExcludeFilter.forBeanTypes(MissingDatabaseCheck.class);
    }
}
