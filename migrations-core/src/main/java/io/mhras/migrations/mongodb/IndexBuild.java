package io.mhras.migrations.mongodb;

import com.mongodb.MongoException;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.client.MongoClient;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the server is with an index.
 *
 * @param phase in the server's words
 * @param percent of that phase; null if it does not say
 */
record IndexBuild(String phase, @Nullable Double percent) {

    private static final Logger log = LoggerFactory.getLogger(IndexBuild.class);
    private static final String MESSAGE = "Index Build: ";

    /** The one at work on a collection; null if there is none, or the user may not see it. */
    static @Nullable IndexBuild find(MongoClient client, String namespace) {
        // The build runs in a thread that is no user's; and behind mongos on a shard, so these are not mongos's own.
        Document all = new Document("$currentOp", new Document("allUsers", true));
        Document onCollection = new Document("$match", new Document("ns", namespace));
        try {
            for (BsonDocument operation : client.getDatabase("admin")
                    .withReadPreference(ReadPreference.primary())
                    // Whatever the client's own: the server takes no other here (document_source_current_op.h).
                    .withReadConcern(ReadConcern.LOCAL)
                    .aggregate(List.of(all, onCollection), BsonDocument.class)) {
                IndexBuild build = of(operation, namespace);
                if (build != null) {
                    return build;
                }
            }
        } catch (MongoException e) {
            log.debug("How far an index is cannot be seen", e);
        }
        return null;
    }

    /** The operation as an index build on this collection; null if it is none. */
    static @Nullable IndexBuild of(BsonDocument operation, String namespace) {
        String message = operation.getString("msg", new BsonString("")).getValue();
        if (!message.startsWith(MESSAGE)
                || !operation.getString("ns", new BsonString("")).getValue().equals(namespace)) {
            return null;
        }
        BsonDocument progress = operation.getDocument("progress", new BsonDocument());
        double total = progress.getNumber("total", new BsonInt32(0)).doubleValue();
        double done = progress.getNumber("done", new BsonInt32(0)).doubleValue();
        // "Index Build: scanning collection Index Build: scanning collection: 940/1000 94%"
        String phase = message.substring(MESSAGE.length()).replaceFirst("( Index Build: |: \\d).*", "");
        return new IndexBuild("index build: " + phase, total > 0 ? Math.min(100, 100 * done / total) : null);
    }
}
