package io.mhras.migrations.autoconfigure.mongodb;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.autoconfigure.MigrationMode;
import io.mhras.migrations.autoconfigure.MigrationsProperties;
import io.mhras.migrations.autoconfigure.Migrators;
import io.mhras.migrations.autoconfigure.NamedDatabases;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** Reports {@code .js} migrations without a database to run them on. */
@Configuration(proxyBeanMethods = false)
@Conditional(MongoMigrationsCondition.class)
@ConditionalOnMissingBean(name = NamedDatabases.MONGO_BEAN)
class MissingMongoConfiguration {

    @Bean
    Check missingMongoCheck(MigrationsProperties properties, Migrators migrators) {
        return new Check(properties, migrators);
    }

    @Bean
    static LazyInitializationExcludeFilter missingMongoCheckIsNeverLazy() {
        return LazyInitializationExcludeFilter.forBeanTypes(Check.class);
    }

    /** Fails the start. */
    record Check(MigrationsProperties properties, Migrators migrators) implements InitializingBean {

        @Override
        public void afterPropertiesSet() {
            if (properties.mode() != MigrationMode.NONE && !migrators.has(DatabaseKind.MONGODB)) {
                throw new MigrationException.Refused(
                        "There are MongoDB migrations (.js) in " + String.join(", ", properties.locations())
                                + ", and no MongoDB to apply them to: no MongoClient bean, and no"
                                + " mhras.migrations.mongodb.uri.",
                        "Add io.mhras:migrations-spring-boot-starter-mongodb, which brings the driver and the engine"
                                + " that runs the scripts, and set spring.mongodb.uri. A service on the reactive driver"
                                + " needs it, too: migrations do not run on that. If they are not to run at all, set"
                                + " mhras.migrations.enabled=false.");
            }
            migrators.refuseUnclaimed(DatabaseKind.MONGODB, properties);
        }
    }
}
