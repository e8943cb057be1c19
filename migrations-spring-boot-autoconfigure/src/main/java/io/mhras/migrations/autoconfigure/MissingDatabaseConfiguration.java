package io.mhras.migrations.autoconfigure;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.source.MigrationLoader;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.InitializingBean;
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
            refuseUnclaimed(DatabaseKind.POSTGRESQL, properties, migrators);
        }
    }

    /** Files where the database named after its kind would look, if the others that there are do not look there. */
    static void refuseUnclaimed(DatabaseKind kind, MigrationsProperties properties, Migrators migrators) {
        List<String> named = properties.databases().entrySet().stream()
                .filter(database -> database.getValue().kind(database.getKey()) == kind)
                .map(Map.Entry::getKey)
                .toList();
        if (named.isEmpty() || migrators.byName().containsKey(kind.toString())) {
            return;
        }
        List<String> claimed = named.stream()
                .flatMap(database -> properties.locations(database).stream())
                .toList();
        for (String location : properties.locations()) {
            MigrationLoader loader = new MigrationLoader(
                    List.of(location), kind, Map.of(), MissingDatabaseConfiguration.class.getClassLoader());
            if (!claimed.contains(location) && loader.hasFiles()) {
                throw new MigrationException.Refused(
                        "There are ." + kind.extension() + " migrations in " + location
                                + ", and no database to apply them to: " + String.join(", ", named)
                                + " below mhras.migrations.databases are for other files.",
                        "Set mhras.migrations.databases." + named.get(0) + ".locations, if they are for that one. If"
                                + " they are for the database of the service itself, set mhras.migrations.locations to "
                                + location + ".");
            }
        }
    }
}
