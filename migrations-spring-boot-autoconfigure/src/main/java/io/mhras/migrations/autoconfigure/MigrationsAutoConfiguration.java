package io.mhras.migrations.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import io.mhras.migrations.observation.LastResults;
import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.source.MigrationLoader;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DatabaseInitializationDependencyConfigurer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.ResourceLoader;

/** Auto-configuration of the migrations, and of the bean that runs them when the service starts. */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration"
        })
@ConditionalOnBooleanProperty(name = "mhras.migrations.enabled", matchIfMissing = true)
@EnableConfigurationProperties(MigrationsProperties.class)
@Import({MigratorConfigurations.class, NamedDatabases.class, DatabaseInitializationDependencyConfigurer.class})
public final class MigrationsAutoConfiguration {

    public static final String SQL_LOADER = "sqlMigrationLoader";
    public static final String JS_LOADER = "jsMigrationLoader";
    static final String RUNNER = "migrationRunner";

    @Bean(SQL_LOADER)
    MigrationLoader sqlMigrationLoader(MigrationsProperties properties, ResourceLoader resourceLoader) {
        return loader(DatabaseKind.POSTGRESQL, properties, resourceLoader);
    }

    @Bean(JS_LOADER)
    MigrationLoader jsMigrationLoader(MigrationsProperties properties, ResourceLoader resourceLoader) {
        return loader(DatabaseKind.MONGODB, properties, resourceLoader);
    }

    private static MigrationLoader loader(
            DatabaseKind kind, MigrationsProperties properties, ResourceLoader resourceLoader) {
        ClassLoader classLoader = Objects.requireNonNull(resourceLoader.getClassLoader());
        return new MigrationLoader(properties.locations(), kind, properties.placeholders(), classLoader);
    }

    @Bean
    Migrators migrators(
            ConfigurableListableBeanFactory beanFactory,
            MigrationsProperties properties,
            ObjectProvider<MigratorFactory> factories) {
        return Migrators.of(beanFactory, properties, factories.stream().toList());
    }

    @Bean(RUNNER)
    MigrationRunner migrationRunner(
            Migrators migrators, MigrationsProperties properties, ConfigurableApplicationContext context) {
        return new MigrationRunner(migrators.byName().values(), properties, context.getApplicationStartup(), context);
    }

    @Bean
    @ConditionalOnMissingBean
    LastResults lastMigrationResults() {
        return new LastResults();
    }

    @Bean
    @ConditionalOnProperty("mhras.migrations.drift")
    DriftWatch migrationDriftWatch(Migrators migrators, MigrationsProperties properties) {
        return new DriftWatch(migrators.byName().values(), properties.drift());
    }

    @Bean
    static LazyInitializationExcludeFilter migrationRunnerIsNeverLazy() {
        return LazyInitializationExcludeFilter.forBeanTypes(MigrationRunner.class, DriftWatch.class);
    }
}
