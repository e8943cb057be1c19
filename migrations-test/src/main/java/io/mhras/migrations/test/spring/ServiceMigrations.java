package io.mhras.migrations.test.spring;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.Target;
import io.mhras.migrations.autoconfigure.MigrationsProperties;
import io.mhras.migrations.mongodb.MongoSettings;
import io.mhras.migrations.postgresql.PostgresSettings;
import io.mhras.migrations.source.MigrationLoader;
import io.mhras.migrations.test.DatabaseRequest;
import io.mhras.migrations.test.Migrations;
import io.mhras.migrations.test.MongoTestDatabase;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.ClassUtils;

/**
 * The migrations of a service as it has configured them, and what the annotation says instead.
 *
 * @param configured null without Spring Boot
 */
record ServiceMigrations(
        Class<?> test,
        DatabaseRequest request,
        String application,
        ClassLoader classLoader,
        @Nullable Configured configured) {

    private static final String PROPERTIES = "io.mhras.migrations.autoconfigure.MigrationsProperties";

    static ServiceMigrations of(
            Class<?> test, DatabaseRequest request, ConfigurableEnvironment environment, ClassLoader classLoader) {
        return new ServiceMigrations(
                test,
                request,
                environment.getProperty("spring.application.name", PostgresSettings.DEFAULT.application()),
                classLoader,
                ClassUtils.isPresent(PROPERTIES, classLoader) ? Configured.in(environment) : null);
    }

    Migrations migrations() {
        return Migrations.of(test, locations(DatabaseKind.POSTGRESQL))
                .named(request.name())
                .with(settings())
                .upTo(target(DatabaseKind.POSTGRESQL))
                .with(placeholders());
    }

    private PostgresSettings settings() {
        PostgresSettings usual = PostgresSettings.DEFAULT;
        PostgresSettings settings =
                new PostgresSettings(usual.schema(), usual.table(), application, usual.limits(), usual.retry());
        if (configured != null) {
            MigrationsProperties.Postgresql own = configured.postgresql(request.name());
            settings = settings.in(own.schema(), own.table());
        }
        return request.schema().isEmpty() ? settings : settings.in(request.schema(), settings.table());
    }

    private List<String> locations(DatabaseKind kind) {
        return request.locations().isEmpty() && configured != null
                ? configured.properties().locations(nameOf(kind))
                : request.locationsOrUsual();
    }

    private Target target(DatabaseKind kind) {
        return configured == null ? Target.HEAD : configured.properties().target(nameOf(kind));
    }

    private String nameOf(DatabaseKind kind) {
        return request.name().isEmpty() ? kind.toString() : request.name();
    }

    private Map<String, String> placeholders() {
        Map<String, String> placeholders = new TreeMap<>();
        if (configured != null) {
            placeholders.putAll(configured.placeholders(request.name()));
        }
        placeholders.putAll(request.placeholders());
        return placeholders;
    }

    boolean hasMongoFiles() {
        return new MigrationLoader(locations(DatabaseKind.MONGODB), DatabaseKind.MONGODB, Map.of(), classLoader)
                .hasFiles();
    }

    boolean hasOwnMongoUri() {
        return configured != null && configured.properties().mongodb().uri() != null;
    }

    MongoTestDatabase mongoDatabase() {
        MongoSettings usual = MongoSettings.DEFAULT;
        return MongoTestDatabase.of(
                test,
                request.name(),
                locations(DatabaseKind.MONGODB),
                placeholders(),
                configured == null
                        ? usual
                        : usual.in(configured.mongodb(request.name()).collection()),
                target(DatabaseKind.MONGODB));
    }

    /** Loaded with Spring Boot and our auto-configuration only. */
    record Configured(MigrationsProperties properties) {

        static Configured in(ConfigurableEnvironment environment) {
            return new Configured(Binder.get(environment).bindOrCreate("mhras.migrations", MigrationsProperties.class));
        }

        MigrationsProperties.Postgresql postgresql(String name) {
            MigrationsProperties.Database named = properties.databases().get(name);
            return named == null ? properties.postgresql() : named.postgresql();
        }

        MigrationsProperties.Mongodb mongodb(String name) {
            MigrationsProperties.Database named = properties.databases().get(name);
            return named == null ? properties.mongodb() : named.mongodb();
        }

        Map<String, String> placeholders(String name) {
            Map<String, String> placeholders = new TreeMap<>(properties.placeholders());
            MigrationsProperties.Database named = properties.databases().get(name);
            if (named != null) {
                placeholders.putAll(named.placeholders());
            }
            return placeholders;
        }
    }
}
