package io.mhras.migrations.autoconfigure;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.autoconfigure.MigrationsProperties.Mongodb;
import io.mhras.migrations.mongodb.UriOptions;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
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
     * @param clients the service's
     * @param service how the service reaches its database, where that is known
     * @param serviceDatabase which database the service names apart from its URI
     */
    static MongoTarget choose(
            Mongodb properties,
            ObjectProvider<MongoClient> clients,
            @Nullable MongoConnectionDetails service,
            @Nullable String serviceDatabase) {
        if (properties.uri() != null) {
            ConnectionString uri = parse(properties.uri());
            String database = firstOf(properties.database(), uri.getDatabase());
            if (database == null) {
                throw new MigrationException.Refused(
                        "mhras.migrations.mongodb.uri does not say which database to migrate.",
                        "Write it after the hosts, as in mongodb://host:27017/orders, or set"
                                + " mhras.migrations.mongodb.database.");
            }
            return new MongoTarget(MongoClients.create(uri), database, true);
        }
        MongoClient client = clients.getIfUnique();
        if (client == null) {
            throw new MigrationException.Refused(
                    "There are several MongoClient beans, and none is the one to migrate.",
                    "Make one @Primary, or set mhras.migrations.mongodb.uri. For more than one database, define a"
                            + " Migrator bean for each; the one named mongoMigrator takes the place of the"
                            + " auto-configured one.");
        }
        String database = firstOf(
                properties.database(),
                serviceDatabase,
                service == null ? null : service.getConnectionString().getDatabase());
        if (database == null) {
            throw new MigrationException.Refused(
                    "Nothing says which MongoDB database to migrate.",
                    "Set spring.mongodb.database, or mhras.migrations.mongodb.database.");
        }
        return new MongoTarget(client, database, false);
    }

    private static ConnectionString parse(String uri) {
        UriOptions.refuseUnknown(uri);
        try {
            return new ConnectionString(uri);
        } catch (IllegalArgumentException e) {
            // The driver's text can have the URI in it, and that the password.
            throw new MigrationException.Refused(
                    "mhras.migrations.mongodb.uri is not a MongoDB connection string.",
                    "Write it as mongodb://user:password@host:27017/database; in user and password, write %40 for @,"
                            + " %3A for :, %2F for / and %25 for %.");
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
