package io.mhras.migrations.mongodb.history;

import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import io.mhras.migrations.mongodb.shell.OwnCollections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;

/**
 * The collections that belong to a history. Reads see what a majority of a replica set has: nothing of it is rolled back
 * when another member takes over.
 *
 * @param client leads to the server
 * @param database where they are
 * @param events append-only, {@code _id} counting up
 * @param lock has one document, the lease
 * @param journal what the statements of unfinished scripts did
 */
public record HistoryCollections(
        MongoClient client,
        MongoDatabase database,
        MongoCollection<BsonDocument> events,
        MongoCollection<BsonDocument> lock,
        MongoCollection<BsonDocument> journal) {

    /** Where there is no majority, as with only a primary and an arbiter, a server waits forever. */
    private static final long LONGEST_WAIT_SECONDS = 60;

    public static HistoryCollections of(MongoClient client, String databaseName, String name) {
        MongoDatabase database = client.getDatabase(databaseName)
                .withReadPreference(ReadPreference.primary())
                .withReadConcern(ReadConcern.MAJORITY)
                .withWriteConcern(WriteConcern.MAJORITY.withWTimeout(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS));
        return new HistoryCollections(
                client,
                database,
                database.getCollection(name, BsonDocument.class),
                database.getCollection(name + "_lock", BsonDocument.class),
                database.getCollection(name + "_steps", BsonDocument.class));
    }

    /** The history's full name. */
    public String name() {
        return events.getNamespace().getFullName();
    }

    /** What scripts do not see. */
    public OwnCollections own() {
        return new OwnCollections(
                database.getName(),
                all().stream()
                        .map(each -> each.getNamespace().getCollectionName())
                        .toList());
    }

    /** All of them, the lock last. */
    public List<MongoCollection<BsonDocument>> all() {
        return List.of(journal, events, lock);
    }
}
