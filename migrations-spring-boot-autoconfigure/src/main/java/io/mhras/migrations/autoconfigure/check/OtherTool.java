package io.mhras.migrations.autoconfigure.check;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.postgresql.PostgresDriver;
import io.mhras.migrations.postgresql.PostgresSettings;
import java.lang.annotation.Annotation;
import java.util.Collection;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.util.ClassUtils;

/**
 * Another tool that migrates when the service starts, as Spring Boot configures it.
 *
 * <p>It is known by its bean definitions alone: to make its bean would run it.
 */
public enum OtherTool {
    FLYWAY("Flyway", "org.flywaydb.core.Flyway", "flyway"),
    LIQUIBASE("Liquibase", "liquibase.integration.spring.SpringLiquibase", "liquibase");

    private final String title;
    private final String beanType;
    private final String key;

    OtherTool(String title, String beanType, String key) {
        this.title = title;
        this.beanType = beanType;
        this.key = key;
    }

    /**
     * Looks for each of them.
     *
     * @throws MigrationException.Refused if one of them is about to migrate one of these databases
     */
    public static void refuse(
            Collection<Migrator> migrators, ConfigurableListableBeanFactory beanFactory, Environment environment) {
        for (OtherTool tool : values()) {
            if (tool.isActive(beanFactory)) {
                tool.refuseSameDatabase(migrators, beanFactory, environment);
            }
        }
    }

    private boolean isActive(ConfigurableListableBeanFactory beanFactory) {
        ClassLoader classLoader = beanFactory.getBeanClassLoader();
        return ClassUtils.isPresent(beanType, classLoader)
                && beanFactory.getBeanNamesForType(ClassUtils.resolveClassName(beanType, classLoader), true, false)
                                .length
                        > 0;
    }

    private void refuseSameDatabase(
            Collection<Migrator> migrators, ConfigurableListableBeanFactory beanFactory, Environment environment) {
        DataSource dataSource = dataSource(beanFactory, environment);
        Optional<String> theirs = dataSource == null ? Optional.empty() : identity(dataSource);
        if (theirs.isEmpty()) {
            return;
        }
        for (Migrator migrator : migrators) {
            if (migrator.driver().identity().equals(theirs)) {
                throw new MigrationException.Refused(
                        title + " is active in this service, too, and on the same database as the migrations of "
                                + migrator.database() + ". Neither has run.",
                        "Take " + title + " out, or set spring." + key + ".enabled=false. If it has migrated this"
                                + " database before, let 'adopt' take over its history first. If both are to stay,"
                                + " each for files of its own, start one of them in another process.");
            }
        }
    }

    /** A database that cannot be reached, or is another product, is not one of ours. */
    private static Optional<String> identity(DataSource dataSource) {
        try {
            return new PostgresDriver(dataSource, PostgresSettings.DEFAULT).identity();
        } catch (MigrationException e) {
            return Optional.empty();
        }
    }

    /** As Spring Boot chooses it: the one that is marked for the tool, else its own URL, else the service's. */
    private @Nullable DataSource dataSource(ConfigurableListableBeanFactory beanFactory, Environment environment) {
        DataSource marked = marked(beanFactory);
        if (marked != null) {
            return marked;
        }
        String url = environment.getProperty("spring." + key + ".url");
        if (url == null) {
            return beanFactory.getBeanProvider(DataSource.class).getIfUnique();
        }
        return DataSourceBuilder.create()
                .type(SimpleDriverDataSource.class)
                .url(url)
                .username(own(environment, "user", "username"))
                .password(own(environment, "password", "password"))
                .build();
    }

    private @Nullable String own(Environment environment, String ownKey, String serviceKey) {
        return environment.getProperty(
                "spring." + key + "." + ownKey, environment.getProperty("spring.datasource." + serviceKey, ""));
    }

    private @Nullable DataSource marked(ConfigurableListableBeanFactory beanFactory) {
        String mark = "org.springframework.boot." + key + ".autoconfigure." + title + "DataSource";
        if (!ClassUtils.isPresent(mark, beanFactory.getBeanClassLoader())) {
            return null;
        }
        Class<? extends Annotation> annotation = ClassUtils.resolveClassName(mark, beanFactory.getBeanClassLoader())
                .asSubclass(Annotation.class);
        for (String name : beanFactory.getBeanNamesForAnnotation(annotation)) {
            if (beanFactory.isTypeMatch(name, DataSource.class)) {
                return beanFactory.getBean(name, DataSource.class);
            }
        }
        return null;
    }
}
