package io.mhras.migrations.test.spring;

import com.zaxxer.hikari.HikariDataSource;
import io.mhras.migrations.autoconfigure.MigrationConnectionDetails;
import io.mhras.migrations.test.DatabaseRequest;
import io.mhras.migrations.test.Migrations;
import io.mhras.migrations.test.MongoTestDatabase;
import io.mhras.migrations.test.TestDatabase;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.ClassUtils;

/** Makes the database of one annotation, and the beans and settings that lead a service there. */
final class Preparation {

    static final String JDBC_DETAILS = "org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails";
    static final String CONNECTION_DETAILS = "migratedDatabaseConnectionDetails";

    private static final String OUR_DETAILS = "io.mhras.migrations.autoconfigure.MigrationConnectionDetails";
    private static final String MONGO_DRIVER = "com.mongodb.client.MongoClient";

    private final String name;
    private final ServiceMigrations service;
    private final DatabaseRequest request;
    private final DefaultListableBeanFactory beans;
    private final Map<String, Object> properties;
    private final ClassLoader classLoader;

    Preparation(
            Class<?> test,
            DatabaseRequest request,
            ConfigurableEnvironment environment,
            DefaultListableBeanFactory beans,
            Map<String, Object> properties) {
        this.name = request.name();
        this.request = request;
        this.beans = beans;
        this.properties = properties;
        this.classLoader =
                String.class.getClassLoader() == beans.getBeanClassLoader() || beans.getBeanClassLoader() == null
                        ? ClassLoader.getSystemClassLoader()
                        : beans.getBeanClassLoader();
        this.service = ServiceMigrations.of(test, request, environment, classLoader);
    }

    void prepare() {
        Migrations migrations = service.migrations();
        boolean isMongo = ClassUtils.isPresent(MONGO_DRIVER, classLoader) && service.hasMongoFiles();
        if (migrations.hasFiles() || !isMongo) {
            postgres(migrations);
        }
        if (isMongo) {
            mongo(service.mongoDatabase());
        }
        sameFilesForTheService();
    }

    private void postgres(Migrations migrations) {
        TestDatabase database = migrations.database();
        register(Migrations.class, migrations);
        register(TestDatabase.class, database);
        register(DatabaseOfContext.class, DatabaseOfContext.of(database));
        beans.registerDisposableBean(beanName(TestDatabase.class, name), database::close);
        database.afterReset(this::giveUpConnections);
        if (name.isEmpty()) {
            main(database);
        } else {
            set("mhras.migrations.databases." + name, database);
        }
        for (String prefix : request.properties()) {
            set(prefix, database);
            properties.put(prefix + ".jdbc-url", database.url());
        }
    }

    private void main(TestDatabase database) {
        set("spring.datasource", database);
        properties.put("spring.r2dbc.url", database.url().replaceFirst("^jdbc:", "r2dbc:"));
        properties.put("spring.r2dbc.username", textOf(database.username()));
        properties.put("spring.r2dbc.password", textOf(database.password()));
        // They use what the service uses.
        properties.put("mhras.migrations.postgresql.url", "");
        properties.put("mhras.migrations.postgresql.username", "");
        if (ClassUtils.isPresent(JDBC_DETAILS, classLoader)) {
            Details.register(beans, database);
        }
        if (ClassUtils.isPresent(OUR_DETAILS, classLoader)) {
            OurDetails.register(beans);
        }
    }

    private void set(String prefix, TestDatabase database) {
        properties.put(prefix + ".url", database.url());
        properties.put(prefix + ".username", textOf(database.username()));
        properties.put(prefix + ".password", textOf(database.password()));
    }

    private static String textOf(@Nullable String text) {
        return text == null ? "" : text;
    }

    private void mongo(MongoTestDatabase database) {
        register(MongoTestDatabase.class, database);
        beans.registerSingleton(
                beanName(DatabaseOfContext.class, name) + "Mongo", DatabaseOfContext.of(database::reset));
        beans.registerDisposableBean(beanName(MongoTestDatabase.class, name), database::close);
        String prefix = name.isEmpty() ? "spring.mongodb" : "mhras.migrations.databases." + name;
        properties.put(prefix + ".uri", database.uri());
        properties.put(prefix + ".database", database.database().getName());
        if (name.isEmpty() && service.hasOwnMongoUri()) {
            properties.put("mhras.migrations.mongodb.uri", database.uri());
        }
    }

    /** What the annotation says about files holds for the service, too: its start finds nothing to do. */
    private void sameFilesForTheService() {
        String prefix = name.isEmpty() ? "mhras.migrations" : "mhras.migrations.databases." + name;
        if (!request.locations().isEmpty()) {
            properties.put(prefix + ".locations", String.join(",", request.locations()));
        }
        request.placeholders().forEach((key, value) -> properties.put(prefix + ".placeholders." + key, value));
        if (!request.schema().isEmpty()) {
            properties.put(prefix + (name.isEmpty() ? ".postgresql.schema" : ".schema"), request.schema());
        }
    }

    private <T> void register(Class<T> type, T bean) {
        beans.registerSingleton(beanName(type, name), bean);
    }

    static String beanName(Class<?> type, String name) {
        return "migratedDatabase" + type.getSimpleName() + name;
    }

    /** A pool would hand out a connection that is cut off, if it was used, or opened, a moment ago. */
    private void giveUpConnections() {
        if (ClassUtils.isPresent("com.zaxxer.hikari.HikariDataSource", classLoader)) {
            Pools.giveUpConnections(beans);
        }
    }

    /** Loaded with Hikari only. */
    private static final class Pools {

        static void giveUpConnections(DefaultListableBeanFactory beans) {
            for (DataSource dataSource :
                    beans.getBeansOfType(DataSource.class, true, false).values()) {
                try {
                    if (dataSource.isWrapperFor(HikariDataSource.class)) {
                        HikariDataSource pool = dataSource.unwrap(HikariDataSource.class);
                        if (pool.getHikariPoolMXBean() != null) {
                            pool.getHikariPoolMXBean().softEvictConnections();
                        }
                    }
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    /** Loaded with Spring Boot's JDBC only. */
    private static final class Details {

        static void register(DefaultListableBeanFactory beans, TestDatabase database) {
            RootBeanDefinition definition =
                    new RootBeanDefinition(JdbcConnectionDetails.class, () -> new ConnectionDetails(database));
            definition.setPrimary(true);
            beans.registerBeanDefinition(CONNECTION_DETAILS, definition);
        }

        /** How the service reaches it. */
        private record ConnectionDetails(TestDatabase database) implements JdbcConnectionDetails {

            @Override
            public String getJdbcUrl() {
                return database.url();
            }

            @Override
            public @Nullable String getUsername() {
                return database.username();
            }

            @Override
            public @Nullable String getPassword() {
                return database.password();
            }
        }
    }

    /** Loaded with our own auto-configuration only. */
    private static final class OurDetails {

        static void register(DefaultListableBeanFactory beans) {
            RootBeanDefinition definition = new RootBeanDefinition(MigrationConnectionDetails.class, AsTheService::new);
            definition.setPrimary(true);
            beans.registerBeanDefinition("migratedDatabaseMigrationConnectionDetails", definition);
        }

        /** The migrations use what the service uses. */
        private static final class AsTheService implements MigrationConnectionDetails {

            @Override
            public @Nullable String getJdbcUrl() {
                return null;
            }

            @Override
            public @Nullable String getUsername() {
                return null;
            }

            @Override
            public @Nullable String getPassword() {
                return null;
            }
        }
    }
}
