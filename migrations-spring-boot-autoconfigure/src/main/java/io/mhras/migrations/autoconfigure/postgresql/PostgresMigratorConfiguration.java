package io.mhras.migrations.autoconfigure.postgresql;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.autoconfigure.MainDatabaseCondition;
import io.mhras.migrations.autoconfigure.MigrationConnectionDetails;
import io.mhras.migrations.autoconfigure.MigrationDataSource;
import io.mhras.migrations.autoconfigure.MigrationsAutoConfiguration;
import io.mhras.migrations.autoconfigure.MigrationsProperties;
import io.mhras.migrations.autoconfigure.NamedDatabases;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.postgresql.PostgresDriver;
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

/** The migrator of the service's PostgreSQL database, and what makes those of further ones. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({DataSourceBuilder.class, org.postgresql.Driver.class, PostgresDriver.class})
@Conditional(PostgresDatabaseCondition.class)
class PostgresMigratorConfiguration {

    @Bean
    @ConditionalOnMissingBean(MigrationConnectionDetails.class)
    PropertiesMigrationConnectionDetails migrationConnectionDetails(MigrationsProperties properties) {
        return new PropertiesMigrationConnectionDetails(properties.postgresql());
    }

    @Bean
    PostgresMigratorFactory postgresMigratorFactory(
            MigrationsProperties properties,
            @MigrationDataSource ObjectProvider<DataSource> marked,
            ObjectProvider<DataSource> all,
            MigrationConnectionDetails own,
            ObjectProvider<JdbcConnectionDetails> service,
            @Qualifier(MigrationsAutoConfiguration.SQL_LOADER) MigrationLoader loader,
            ConfigurableListableBeanFactory beanFactory,
            Environment environment) {
        PostgresDataSource dataSource = new PostgresDataSource(marked, all, own, service.getIfUnique());
        return new PostgresMigratorFactory(properties, loader, dataSource, beanFactory, environment);
    }

    @Bean(NamedDatabases.POSTGRES_BEAN)
    @Conditional(IsMain.class)
    @ConditionalOnMissingBean(name = NamedDatabases.POSTGRES_BEAN)
    Migrator postgresMigrator(PostgresMigratorFactory factory) {
        return factory.main();
    }

    /** Matches if the service names no other PostgreSQL database. */
    static final class IsMain extends MainDatabaseCondition {
        IsMain() {
            super(DatabaseKind.POSTGRESQL);
        }
    }
}
