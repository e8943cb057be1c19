package io.mhras.migrations.testing;

import com.mongodb.ConnectionString;
import org.jspecify.annotations.Nullable;
import org.testcontainers.mongodb.MongoDBContainer;

/** Where a test run finds MongoDB: the connection strings of servers that live as long as this process, or longer. */
final class MongoServers {

    private static @Nullable String replicaSet;
    private static @Nullable String standalone;

    private MongoServers() {}

    /** The given one, or the one of the given image; null if there is neither. */
    static synchronized @Nullable String replicaSet() {
        String url = System.getProperty("test.mongodb.url", "");
        String image = System.getProperty("test.mongodb.image", "");
        if (replicaSet == null && !(url + image).isEmpty()) {
            replicaSet = withOptions(url.isEmpty() ? replicaSet(image) : url);
        }
        return replicaSet;
    }

    @SuppressWarnings("resource") // Testcontainers stops it when this process ends.
    private static String replicaSet(String image) {
        MongoDBContainer server = new MongoDBContainer(image).withReplicaSet();
        server.start();
        return server.getConnectionString();
    }

    /** A server by itself, of this image. */
    @SuppressWarnings("resource")
    static synchronized String standalone(String image) {
        if (standalone == null) {
            MongoDBContainer server = new MongoDBContainer(image);
            server.start();
            standalone = withOptions(server.getConnectionString());
        }
        return standalone;
    }

    /** What both this driver and mongosh understand: {@code mongodb://<hosts>/?<options>}, whatever of it was given. */
    static String withOptions(String url) {
        ConnectionString given = new ConnectionString(url);
        String options = url.contains("?") ? url.substring(url.indexOf('?') + 1) : "";
        if (given.getHosts().size() == 1 && given.getRequiredReplicaSetName() == null) {
            // The name by which a member in a container knows itself leads nowhere from outside of it.
            options = and(options, "directConnection=true");
        }
        if (given.getCredential() != null && !options.contains("authSource=")) {
            options = and(options, "authSource=" + given.getCredential().getSource());
        }
        String servers = url.replaceFirst("^(mongodb(?:\\+srv)?://[^/?]*).*", "$1");
        return servers + "/?" + (options.isEmpty() ? "retryWrites=true" : options);
    }

    private static String and(String options, String option) {
        return options.contains(option) ? options : options.isEmpty() ? option : options + "&" + option;
    }
}
