package io.mhras.migrations.mongodb.run;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.SourceLocation;
import io.mhras.migrations.mongodb.history.HistoryCollections;
import io.mhras.migrations.mongodb.history.HistoryErrors;
import io.mhras.migrations.mongodb.server.MongoErrors;
import java.time.Duration;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt32;

/** Whether the server has transactions. */
public final class TransactionSupport {

    private static final String LIFETIME = "transactionLifetimeLimitSeconds";
    private static final Duration USUAL_LIFETIME = Duration.ofSeconds(60);

    private TransactionSupport() {}

    /** A replica set has them, and a cluster of shards; a server by itself does not. */
    static boolean isThere(HistoryCollections collections) {
        BsonDocument hello = collections
                .client()
                .getDatabase("admin")
                .runCommand(new BsonDocument("hello", new BsonInt32(1)), BsonDocument.class);
        return hello.containsKey("setName") || hello.containsKey("msg");
    }

    /** How long the server lets a transaction live; the default, where the user may not ask (getParameter). */
    static Duration lifetime(MongoClient client) {
        try {
            BsonDocument question =
                    new BsonDocument("getParameter", new BsonInt32(1)).append(LIFETIME, new BsonInt32(1));
            BsonDocument answer = client.getDatabase("admin").runCommand(question, BsonDocument.class);
            return Duration.ofSeconds(answer.getNumber(LIFETIME).longValue());
        } catch (MongoException e) {
            return USUAL_LIFETIME;
        }
    }

    /** @throws InvalidMigration if the script wants one where there is none */
    static void require(HistoryCollections collections, MigrationScript script) {
        mustBeThere(collections, script);
        try {
            makeHistory(collections);
        } catch (MongoException e) {
            throw HistoryErrors.of(collections, e);
        }
    }

    /** The same, and nothing is written. */
    public static void mustBeThere(HistoryCollections collections, MigrationScript script) {
        try {
            if (!isThere(collections)) {
                throw new InvalidMigration(
                        "'migrate:transaction file' needs a replica set, and this server of MongoDB is none.",
                        new SourceLocation(script.location(), line(script), 0),
                        "Make it a replica set, of one member if need be (mongod --replSet rs0, then rs.initiate())."
                                + " Or take the option out: then each statement is done by itself, and a script that"
                                + " failed goes on where it stopped.");
            }
        } catch (MongoException e) {
            throw HistoryErrors.of(collections, e);
        }
    }

    private static int line(MigrationScript script) {
        List<String> lines = script.text().lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains("migrate:transaction")) {
                return i + 1;
            }
        }
        return 0;
    }

    /** In a transaction a collection is better not created. */
    static void makeHistory(HistoryCollections collections) {
        String name = collections.events().getNamespace().getCollectionName();
        try {
            collections.database().createCollection(name);
        } catch (MongoCommandException e) {
            if (e.getErrorCode() != MongoErrors.NAMESPACE_EXISTS) {
                throw e;
            }
        }
    }
}
