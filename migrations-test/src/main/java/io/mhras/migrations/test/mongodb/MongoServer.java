package io.mhras.migrations.test.mongodb;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.test.server.TestSettings;
import io.mhras.migrations.testing.mongodb.MongoDouble;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** A MongoDB server on which databases are made: the one that is set, else a double of it in this process. */
public final class MongoServer {

    private static final Map<String, MongoServer> servers = new HashMap<>();

    private final String url;
    private final MongoClient client;

    private MongoServer(String url) {
        this.url = url;
        this.client = MongoClients.create(url);
    }

    /** The server of the tests. It lives as long as this process, or longer. */
    public static synchronized MongoServer of(ClassLoader classLoader) {
        String url = Objects.requireNonNullElse(TestSettings.read(classLoader).mongodbUrl(), "");
        return servers.computeIfAbsent(url, key -> new MongoServer(key.isEmpty() ? startDouble(classLoader) : key));
    }

    private static String startDouble(ClassLoader classLoader) {
        if (classLoader.getResource("io/mhras/migrations/testing/mongodb/MongoDouble.class") == null) {
            throw new Refused(
                    "There are migrations for MongoDB, and no server to run them on.",
                    "Add the test dependency io.mhras:migrations-mongodb-double, which stands in for one, or name a server"
                            + " with the setting 'mhras.test.mongodb-url'.");
        }
        return InProcess.start();
    }

    /** Loaded with the double only. */
    private static final class InProcess {
        @SuppressWarnings("resource") // It ends with the process.
        static String start() {
            return MongoDouble.replicaSet().url();
        }
    }

    /** A name for a new database. */
    public static String newName() {
        return "mhras_test_" + UUID.randomUUID().toString().substring(0, 8);
    }

    public MongoClient client() {
        return client;
    }

    /** The connection string of one of its databases. */
    public String uriOf(String database) {
        return url.replaceFirst("^(mongodb(?:\\+srv)?://[^/?]*)/?[^?]*", "$1/" + database);
    }
}
