package io.mhras.migrations.autoconfigure.postgresql;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.autoconfigure.MigrationMode;
import io.mhras.migrations.autoconfigure.MigrationsAutoConfiguration;
import io.mhras.migrations.autoconfigure.MigrationsProperties;
import io.mhras.migrations.autoconfigure.Migrators;
import io.mhras.migrations.autoconfigure.NamedDatabases;
import io.mhras.migrations.source.MigrationLoader;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reports {@code .sql} migrations without a database to run them on. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(name = NamedDatabases.POSTGRES_BEAN)
class MissingDatabaseConfiguration {

    @Bean
    Check missingDatabaseCheck(
            MigrationsProperties properties,
            @Qualifier(MigrationsAutoConfiguration.SQL_LOADER) MigrationLoader loader,
            Migrators migrators) {
        return new Check(properties, loader, migrators);
    }

    @Bean
    static LazyInitializationExcludeFilter missingDatabaseCheckIsNeverLazy() {
        return LazyInitializationExcludeFilter.forBeanTypes(Check.class);
    }

    /** Fails the start. */
    record Check(MigrationsProperties properties, MigrationLoader loader, Migrators migrators)
            implements InitializingBean {

        @Override
        public void afterPropertiesSet() {
            if (properties.mode() != MigrationMode.NONE
                    && loader.hasFiles()
                    && !migrators.has(DatabaseKind.POSTGRESQL)) {
                throw new MigrationException.Refused(
                        "There are SQL migrations in " + String.join(", ", properties.locations())
                                + ", and no PostgreSQL database to apply them to: no DataSource bean, and no"
                                + " mhras.migrations.postgresql.url.",
                        "Add io.mhras:migrations-spring-boot-starter, which brings"
                                + " org.springframework.boot:spring-boot-starter-jdbc and org.postgresql:postgresql, and set"
                                + " spring.datasource.url. A service that uses R2DBC sets"
                                + " mhras.migrations.postgresql.url instead. If the migrations are not to run at all, set"
                                + " mhras.migrations.enabled=false.");
            }
            migrators.refuseUnclaimed(DatabaseKind.POSTGRESQL, properties);
        }
    }
}
