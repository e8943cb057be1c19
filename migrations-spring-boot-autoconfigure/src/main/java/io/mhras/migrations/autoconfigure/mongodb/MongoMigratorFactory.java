package io.mhras.migrations.autoconfigure.mongodb;

import com.mongodb.client.MongoClient;
import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.MigrationDriver;
import io.mhras.migrations.autoconfigure.MigrationsProperties;
import io.mhras.migrations.autoconfigure.MigrationsProperties.Database;
import io.mhras.migrations.autoconfigure.MigrationsProperties.Mongodb;
import io.mhras.migrations.autoconfigure.MigratorFactory;
import io.mhras.migrations.autoconfigure.NamedDatabases;
import io.mhras.migrations.mongodb.MongoDriver;
import io.mhras.migrations.mongodb.MongoSettings;
import io.mhras.migrations.source.MigrationLoader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.core.env.Environment;

/** Makes the migrators of MongoDB databases, and closes the clients that it had to make for them. */
final class MongoMigratorFactory extends MigratorFactory implements DisposableBean {

    private final ObjectProvider<MongoClient> clients;
    private final ObjectProvider<MongoConnectionDetails> service;
    private final Environment environment;
    private final boolean hasFiles;
    private final List<MongoTarget> targets = new ArrayList<>();

    /**
     * A factory.
     *
     * @param clients the service's
     * @param service how the service reaches its database, where that is known
     */
    MongoMigratorFactory(
            MigrationsProperties properties,
            MigrationLoader loader,
            ObjectProvider<MongoClient> clients,
            ObjectProvider<MongoConnectionDetails> service,
            ConfigurableListableBeanFactory beanFactory,
            Environment environment) {
        super(DatabaseKind.MONGODB, properties, loader, beanFactory);
        this.clients = clients;
        this.service = service;
        this.environment = environment;
        this.hasFiles = loader.hasFiles();
    }

    @Override
    protected String mainBean() {
        return NamedDatabases.MONGO_BEAN;
    }

    @Override
    protected boolean hasMain() {
        return hasFiles && super.hasMain();
    }

    @Override
    protected MigrationDriver mainDriver() {
        return driver("mongodb", "mongodb", properties.mongodb(), clients.getIfUnique());
    }

    @Override
    protected MigrationDriver driver(String name, Database settings) {
        MongoClient client = settings.client() == null
                ? clients.getIfUnique()
                : bean(settings.client(), MongoClient.class, name + ".client");
        return driver(name, "databases." + name, settings.mongodb(), client);
    }

    private MigrationDriver driver(String name, String key, Mongodb settings, @Nullable MongoClient client) {
        MongoTarget target = MongoTarget.choose(
                "mhras.migrations." + key,
                settings,
                client,
                service.getIfUnique(),
                environment.getProperty("spring.mongodb.database"));
        targets.add(target);
        return new MongoDriver(name, target.client(), target.database(), settings(settings));
    }

    private MongoSettings settings(Mongodb settings) {
        return new MongoSettings(
                settings.collection(),
                environment.getProperty("spring.application.name", MongoSettings.DEFAULT.application()),
                settings.lease(),
                settings.otherInstanceTimeout(),
                new MongoSettings.Limits(
                        settings.script().timeout(),
                        settings.script().statements(),
                        settings.script().memory().toBytes()));
    }

    @Override
    public void destroy() {
        targets.forEach(MongoTarget::close);
    }
}
