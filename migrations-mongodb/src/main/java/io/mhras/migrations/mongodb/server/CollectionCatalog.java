package io.mhras.migrations.mongodb.server;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.MongoNamespace;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** The collections of a server, by their full names. Whatever the client prefers: a secondary may not know yet what was done. */
public final class CollectionCatalog {

    private final MongoClient client;

    public CollectionCatalog(MongoClient client) {
        this.client = client;
    }

    /** The collection's entry; null if there is none. */
    public @Nullable BsonDocument entry(String namespace) {
        MongoNamespace name = new MongoNamespace(namespace);
        return database(name)
                .listCollections(BsonDocument.class)
                .filter(eq("name", name.getCollectionName()))
                .first();
    }

    public boolean has(String namespace) {
        return entry(namespace) != null;
    }

    public MongoCollection<BsonDocument> collection(String namespace) {
        MongoNamespace name = new MongoNamespace(namespace);
        return database(name).getCollection(name.getCollectionName(), BsonDocument.class);
    }

    private MongoDatabase database(MongoNamespace name) {
        return client.getDatabase(name.getDatabaseName())
                .withReadPreference(ReadPreference.primary())
                .withReadConcern(ReadConcern.LOCAL)
                .withWriteConcern(WriteConcern.MAJORITY);
    }
}
