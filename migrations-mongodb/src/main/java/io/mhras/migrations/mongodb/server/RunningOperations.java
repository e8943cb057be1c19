package io.mhras.migrations.mongodb.server;

import com.mongodb.MongoException;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the server is still running for a process that may be gone: it does not stop when its client does. */
public final class RunningOperations {

    private static final Logger log = LoggerFactory.getLogger(RunningOperations.class);
    private static final Set<String> WRITES = Set.of("insert", "update", "remove", "command");
    private static final long PAUSE_MS = 500;

    private RunningOperations() {}

    /** Waits until what changes this collection now is done. What others start later does not matter. */
    public static void awaitEndOn(String namespace, MongoClient client) {
        Set<BsonValue> running = on(namespace, client);
        while (!running.isEmpty()) {
            log.info("Waiting until the server is done with what an earlier run asked of {}", namespace);
            try {
                Thread.sleep(PAUSE_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            running.retainAll(on(namespace, client));
        }
    }

    /** Seeing them needs no privilege, except on a mongos. */
    private static Iterable<BsonDocument> ofOurUser(MongoClient client) {
        return of(client, new Document("$currentOp", new Document("allUsers", false)));
    }

    /** The server's own too: an index is built in a thread that is no user's; and behind mongos on a shard. */
    static Iterable<BsonDocument> ofAll(MongoClient client, Bson filter) {
        return of(client, new Document("$currentOp", new Document("allUsers", true)), new Document("$match", filter));
    }

    private static Iterable<BsonDocument> of(MongoClient client, Document... pipeline) {
        return client.getDatabase("admin")
                .withReadPreference(ReadPreference.primary())
                // Whatever the client's own: the server takes no other here (document_source_current_op.h).
                .withReadConcern(ReadConcern.LOCAL)
                .aggregate(List.of(pipeline), BsonDocument.class);
    }

    private static Set<BsonValue> on(String namespace, MongoClient client) {
        Set<BsonValue> running = new HashSet<>();
        try {
            for (BsonDocument operation : ofOurUser(client)) {
                if (BsonBoolean.TRUE.equals(operation.get("active"))
                        && new BsonString(namespace).equals(operation.get("ns"))
                        && WRITES.contains(
                                operation.getString("op", new BsonString("")).getValue())) {
                    running.add(operation.get("opid"));
                }
            }
        } catch (MongoException e) {
            log.warn(
                    "Whether the server is still at work on {}, for the run that was cut off, cannot be seen: {}. It is"
                            + " taken as done with that.",
                    namespace,
                    MissingRight.SEE_OPERATIONS.why(e));
        }
        return running;
    }

    /** Asks the server to end what it does in this session; ending one's own needs no privilege, except on a mongos. */
    public static void endIn(ClientSession session, MongoClient client) {
        BsonValue id = session.getServerSession().getIdentifier().get("id");
        MongoDatabase admin = client.getDatabase("admin").withReadPreference(ReadPreference.primary());
        try {
            for (Document operation : admin.withReadConcern(ReadConcern.LOCAL)
                    .aggregate(List.of(
                            new Document("$currentOp", new Document("allUsers", false)),
                            new Document("$match", new Document("lsid.id", id).append("active", true))))) {
                admin.runCommand(new Document("killOp", 1).append("op", operation.get("opid")));
            }
        } catch (MongoException e) {
            log.warn("The server could not be asked to cancel: {}", MissingRight.SEE_OPERATIONS.why(e));
        }
    }
}
