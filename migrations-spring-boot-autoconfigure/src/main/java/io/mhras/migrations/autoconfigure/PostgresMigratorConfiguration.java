package io.mhras.migrations.autoconfigure;

import io.mhras.migrations.autoconfigure.MigrationsProperties.Postgresql;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.postgresql.PostgresDriver;
import io.mhras.migrations.postgresql.PostgresSettings;
import io.mhras.migrations.source.MigrationLoader;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The migrator of the service's PostgreSQL database. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({DataSourceBuilder.class, org.postgresql.Driver.class, PostgresDriver.class})
@Conditional(PostgresDatabaseCondition.class)
@ConditionalOnMissingBean(name = PostgresMigratorConfiguration.BEAN_NAME)
class PostgresMigratorConfiguration {

    static final String BEAN_NAME = "postgresMigrator";

    @Bean
    @ConditionalOnMissingBean(MigrationConnectionDetails.class)
    PropertiesMigrationConnectionDetails migrationConnectionDetails(MigrationsProperties properties) {
        return new PropertiesMigrationConnectionDetails(properties.postgresql());
    }

    @Bean(BEAN_NAME)
    Migrator postgresMigrator(
            MigrationsProperties properties,
            @MigrationDataSource ObjectProvider<DataSource> marked,
            ObjectProvider<DataSource> all,
            MigrationConnectionDetails own,
            ObjectProvider<JdbcConnectionDetails> service,
            @Qualifier(MigrationsAutoConfiguration.SQL_LOADER) MigrationLoader loader,
            ConfigurableListableBeanFactory beanFactory,
            Environment environment) {
        DataSource dataSource = new PostgresDataSource(marked, all, own, service.getIfUnique()).choose();
        PostgresDriver driver = new PostgresDriver(dataSource, settings(properties.postgresql(), environment));
        return Collaborators.equip(new Migrator(driver, loader::load), properties, beanFactory);
    }

    private static PostgresSettings settings(Postgresql properties, Environment environment) {
        return new PostgresSettings(
                properties.schema(),
                properties.table(),
                environment.getProperty("spring.application.name", PostgresSettings.DEFAULT.application()),
                new PostgresSettings.Limits(
                        properties.lockTimeout(), properties.statementTimeout(), properties.otherInstanceTimeout()),
                new PostgresSettings.Retry(
                        properties.retry().limit(),
                        properties.retry().firstPause(),
                        properties.retry().longestPause()));
    }
}
