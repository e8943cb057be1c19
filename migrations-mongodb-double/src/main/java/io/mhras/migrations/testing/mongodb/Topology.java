package io.mhras.migrations.testing.mongodb;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.util.List;

/** What the server says it belongs to. */
enum Topology {
    STANDALONE,
    REPLICA_SET;

    private static final String SET_NAME = "rs0";

    String urlOptions() {
        return this == REPLICA_SET ? "?replicaSet=" + SET_NAME : "";
    }

    /** What {@code hello} says beyond what each server says. */
    Document hello(String address) {
        return switch (this) {
            case STANDALONE -> new Document();
            case REPLICA_SET ->
                new Document("setName", SET_NAME)
                        .append("setVersion", 1)
                        .append("secondary", false)
                        .append("hosts", List.of(address))
                        .append("primary", address)
                        .append("me", address)
                        .append("electionId", new ObjectId(new byte[12]));
        };
    }
}
