package io.mhras.migrations.mongodb.server;

import com.mongodb.client.MongoClient;
import com.mongodb.connection.ServerDescription;
import java.util.Map;
import java.util.Optional;

/** The vendor of a server that speaks MongoDB's protocol but is not MongoDB; recognized by its address, as in the drivers. */
public final class ServerVendor {

    private static final Map<String, String> OTHERS = Map.of(
            ".docdb.amazonaws.com", "Amazon DocumentDB",
            ".docdb-elastic.amazonaws.com", "Amazon DocumentDB",
            ".cosmos.azure.com", "Azure Cosmos DB");

    private ServerVendor() {}

    /** The name of what is not MongoDB; empty for MongoDB. */
    public static Optional<String> other(MongoClient client) {
        return client.getClusterDescription().getServerDescriptions().stream()
                .map(ServerDescription::getAddress)
                .flatMap(address -> other(address.getHost()).stream())
                .findFirst();
    }

    public static Optional<String> other(String host) {
        return OTHERS.entrySet().stream()
                .filter(other -> host.endsWith(other.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
