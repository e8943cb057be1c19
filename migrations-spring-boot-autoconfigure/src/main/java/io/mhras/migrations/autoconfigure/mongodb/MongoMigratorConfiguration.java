package io.mhras.migrations.autoconfigure.mongodb;

import com.mongodb.client.MongoClient;
import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.autoconfigure.MainDatabaseCondition;
import io.mhras.migrations.autoconfigure.MigrationsAutoConfiguration;
import io.mhras.migrations.autoconfigure.MigrationsProperties;
import io.mhras.migrations.autoconfigure.NamedDatabases;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.mongodb.MongoDriver;
import io.mhras.migrations.source.MigrationLoader;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The migrator of the service's MongoDB database, where there are {@code .js} migrations; and what makes further ones. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({MongoClient.class, MongoConnectionDetails.class, MongoDriver.class})
@Conditional({MongoMigrationsCondition.class, MongoDatabaseCondition.class})
class MongoMigratorConfiguration {

    @Bean
    MongoMigratorFactory mongoMigratorFactory(
            MigrationsProperties properties,
            @Qualifier(MigrationsAutoConfiguration.JS_LOADER) MigrationLoader loader,
            ObjectProvider<MongoClient> clients,
            ObjectProvider<MongoConnectionDetails> service,
            ConfigurableListableBeanFactory beanFactory,
            Environment environment) {
        return new MongoMigratorFactory(properties, loader, clients, service, beanFactory, environment);
    }

    @Bean(NamedDatabases.MONGO_BEAN)
    @Conditional(IsMain.class)
    @ConditionalOnMissingBean(name = NamedDatabases.MONGO_BEAN)
    Migrator mongoMigrator(MongoMigratorFactory factory) {
        return factory.main();
    }

    /** Matches if the service names no other MongoDB database, and there are files for this one. */
    static final class IsMain extends MainDatabaseCondition {
        IsMain() {
            super(DatabaseKind.MONGODB);
        }

        @Override
        protected boolean hasFiles(Environment environment, ClassLoader classLoader) {
            return MongoMigrationsCondition.hasMainFiles(environment, classLoader);
        }
    }
}
