package io.mhras.migrations.autoconfigure.mongodb;

import com.mongodb.ConnectionString;
import com.mongodb.MongoConfigurationException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.autoconfigure.MigrationsProperties.Mongodb;
import io.mhras.migrations.mongodb.MongoDriver;
import io.mhras.migrations.mongodb.UriOptions;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;

/**
 * The MongoDB database that is migrated: by a URI of its own, else by the service's client.
 *
 * @param client how it is reached
 * @param database its name
 * @param isOwn whether only the migrations use the client
 */
record MongoTarget(MongoClient client, String database, boolean isOwn) implements AutoCloseable {

    /**
     * Chooses.
     *
     * @param key of the settings
     * @param client the service's; null if there are several
     * @param service how the service reaches its database, where that is known
     * @param serviceDatabase which database the service names apart from its URI
     */
    static MongoTarget choose(
            String key,
            Mongodb properties,
            @Nullable MongoClient client,
            @Nullable MongoConnectionDetails service,
            @Nullable String serviceDatabase) {
        if (properties.uri() != null) {
            ConnectionString uri = parse(key, properties.uri());
            String database = firstOf(properties.database(), uri.getDatabase());
            if (database == null) {
                throw new MigrationException.Refused(
                        key + ".uri does not say which database to migrate.",
                        "Write it after the hosts, as in mongodb://host:27017/orders, or set " + key + ".database.");
            }
            return new MongoTarget(MongoClients.create(uri), database, true);
        }
        if (client == null) {
            throw new MigrationException.Refused(
                    "There are several MongoClient beans, and none is the one to migrate.",
                    "Make one @Primary, or set " + key + ".uri. For more than one database, name each below"
                            + " mhras.migrations.databases, or define a Migrator bean for each.");
        }
        String database = firstOf(
                properties.database(),
                serviceDatabase,
                service == null ? null : service.getConnectionString().getDatabase());
        if (database == null) {
            throw new MigrationException.Refused(
                    "Nothing says which MongoDB database to migrate.",
                    "Set spring.mongodb.database, or " + key + ".database.");
        }
        return new MongoTarget(client, database, false);
    }

    private static ConnectionString parse(String key, String uri) {
        UriOptions.refuseUnknown(uri);
        try {
            return new ConnectionString(uri);
        } catch (MongoConfigurationException e) {
            throw MongoDriver.unavailable(e);
        } catch (IllegalArgumentException e) {
            // The driver's text can have the URI in it, and that the password.
            throw new MigrationException.Refused(
                    key + ".uri is not a MongoDB connection string.",
                    "Write it as mongodb://user:password@host:27017/database; in user and password, write %40 for @,"
                            + " %3A for :, %2F for / and %25 for %. With mongodb+srv:// write one host and no port.");
        }
    }

    private static @Nullable String firstOf(@Nullable String... names) {
        for (String name : names) {
            if (name != null && !name.isBlank()) {
                return name;
            }
        }
        return null;
    }

    @Override
    public void close() {
        if (isOwn) {
            client.close();
        }
    }
}
