package io.mhras.migrations.autoconfigure.postgresql;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.MigrationDriver;
import io.mhras.migrations.autoconfigure.MigrationsProperties;
import io.mhras.migrations.autoconfigure.MigrationsProperties.Database;
import io.mhras.migrations.autoconfigure.MigrationsProperties.Postgresql;
import io.mhras.migrations.autoconfigure.MigratorFactory;
import io.mhras.migrations.autoconfigure.NamedDatabases;
import io.mhras.migrations.postgresql.PostgresDriver;
import io.mhras.migrations.postgresql.PostgresSettings;
import io.mhras.migrations.source.MigrationLoader;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;

/** Makes the migrators of PostgreSQL databases. */
final class PostgresMigratorFactory extends MigratorFactory {

    private final PostgresDataSource dataSource;
    private final Environment environment;

    /**
     * A factory.
     *
     * @param dataSource of the database named after its kind
     */
    PostgresMigratorFactory(
            MigrationsProperties properties,
            MigrationLoader loader,
            PostgresDataSource dataSource,
            ConfigurableListableBeanFactory beanFactory,
            Environment environment) {
        super(DatabaseKind.POSTGRESQL, properties, loader, beanFactory);
        this.dataSource = dataSource;
        this.environment = environment;
    }

    @Override
    protected String mainBean() {
        return NamedDatabases.POSTGRES_BEAN;
    }

    @Override
    protected MigrationDriver mainDriver() {
        return watched(new PostgresDriver(dataSource.choose(), settings(properties.postgresql())));
    }

    @Override
    protected MigrationDriver driver(String name, Database settings) {
        PostgresDataSource own = dataSource.with(new PropertiesMigrationConnectionDetails(settings.postgresql()));
        DataSource chosen = settings.dataSource() == null
                ? own.chooseForOne()
                : own.from(bean(settings.dataSource(), DataSource.class, name + ".data-source"));
        return watched(new PostgresDriver(name, chosen, settings(settings.postgresql())));
    }

    private PostgresDriver watched(PostgresDriver driver) {
        return StructureWatch.on(driver, properties.drift(), beanFactory.getBeanClassLoader());
    }

    private PostgresSettings settings(Postgresql settings) {
        return new PostgresSettings(
                settings.schema(),
                settings.table(),
                environment.getProperty("spring.application.name", PostgresSettings.DEFAULT.application()),
                new PostgresSettings.Limits(
                        settings.lockTimeout(), settings.statementTimeout(), settings.otherInstanceTimeout()),
                new PostgresSettings.Retry(
                        settings.retry().limit(),
                        settings.retry().firstPause(),
                        settings.retry().longestPause()));
    }
}
