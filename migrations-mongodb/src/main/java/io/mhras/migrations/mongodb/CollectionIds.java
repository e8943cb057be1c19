package io.mhras.migrations.mongodb;

import static com.mongodb.client.model.Filters.in;

import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.client.MongoClient;
import java.util.Map;
import java.util.TreeMap;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * What a collection is beyond its name: one that was dropped and made anew, by whomever, is another.
 *
 * <p>The server gives each collection a UUID, which it keeps when it is renamed. A time series keeps it in the collection of
 * its buckets; a view has none, and is its name and what it shows.
 */
final class CollectionIds {

    private static final String SYSTEM = "system.";
    private static final String BUCKETS = SYSTEM + "buckets.";

    private final MongoClient client;

    CollectionIds(MongoClient client) {
        this.client = client;
    }

    /** Null if there is no such collection. */
    @Nullable BsonValue id(String namespace) {
        int dot = namespace.indexOf('.');
        String collection = namespace.substring(dot + 1);
        // What is no name is left to the server to refuse.
        return dot <= 0 || collection.isEmpty()
                ? null
                : list(namespace.substring(0, dot), in("name", collection, BUCKETS + collection))
                        .get(namespace);
    }

    /** Those of a database, by their full names. */
    Map<String, BsonValue> ofDatabase(String database) {
        return list(database, new BsonDocument());
    }

    private Map<String, BsonValue> list(String database, Bson filter) {
        Map<String, BsonDocument> entries = new TreeMap<>();
        client.getDatabase(database)
                .withReadPreference(ReadPreference.primary())
                .withReadConcern(ReadConcern.LOCAL)
                .listCollections(BsonDocument.class)
                .filter(filter)
                .forEach(entry -> entries.put(entry.getString("name").getValue(), entry));
        Map<String, BsonValue> ids = new TreeMap<>();
        entries.forEach((name, entry) -> {
            if (!name.startsWith(SYSTEM)) {
                String namespace = database + "." + name;
                ids.put(namespace, id(namespace, entry, entries.getOrDefault(BUCKETS + name, entry)));
            }
        });
        return ids;
    }

    private static BsonValue id(String namespace, BsonDocument entry, BsonDocument stored) {
        BsonValue uuid = stored.getDocument("info", new BsonDocument()).get("uuid");
        return uuid == null ? new BsonString(PackedBson.hash(view(namespace, entry))) : uuid;
    }

    private static BsonDocument view(String namespace, BsonDocument entry) {
        return new BsonDocument("name", new BsonString(namespace))
                .append("options", entry.getDocument("options", new BsonDocument()));
    }
}
