package io.mhras.migrations.autoconfigure;

import com.mongodb.client.MongoClient;
import io.mhras.migrations.autoconfigure.MigrationsProperties.Mongodb;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.mongodb.MongoDriver;
import io.mhras.migrations.mongodb.MongoSettings;
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

/** The migrator of the service's MongoDB database, where there are {@code .js} migrations for it. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({MongoClient.class, MongoConnectionDetails.class, MongoDriver.class})
@Conditional({MongoMigrationsCondition.class, MongoDatabaseCondition.class})
@ConditionalOnMissingBean(name = MongoMigratorConfiguration.BEAN_NAME)
class MongoMigratorConfiguration {

    static final String BEAN_NAME = "mongoMigrator";

    @Bean
    MongoTarget migrationMongoTarget(
            MigrationsProperties properties,
            ObjectProvider<MongoClient> clients,
            ObjectProvider<MongoConnectionDetails> details,
            Environment environment) {
        return MongoTarget.choose(
                properties.mongodb(),
                clients,
                details.getIfUnique(),
                environment.getProperty("spring.mongodb.database"));
    }

    @Bean(BEAN_NAME)
    Migrator mongoMigrator(
            MigrationsProperties properties,
            MongoTarget target,
            @Qualifier(MigrationsAutoConfiguration.JS_LOADER) MigrationLoader loader,
            ConfigurableListableBeanFactory beanFactory,
            Environment environment) {
        MongoDriver driver =
                new MongoDriver(target.client(), target.database(), settings(properties.mongodb(), environment));
        return Collaborators.equip(new Migrator(driver, loader::load), properties, beanFactory);
    }

    private static MongoSettings settings(Mongodb properties, Environment environment) {
        return new MongoSettings(
                properties.collection(),
                environment.getProperty("spring.application.name", MongoSettings.DEFAULT.application()),
                properties.lease(),
                properties.otherInstanceTimeout(),
                new MongoSettings.Limits(
                        properties.script().timeout(),
                        properties.script().statements(),
                        properties.script().memory().toBytes()));
    }
}
