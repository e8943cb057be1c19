package io.mhras.migrations.mongodb.history;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import io.mhras.migrations.HistoryEntry.Execution;
import io.mhras.migrations.mongodb.MongoSettings;
import io.mhras.migrations.mongodb.server.MongoErrors;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process that holds a lease and does what the history records.
 *
 * @param process its number on its machine
 * @param user the database user
 * @param application see {@link MongoSettings}
 * @param host the machine
 */
public record MigratingProcess(long process, String user, String application, String host) {

    private static final Logger log = LoggerFactory.getLogger(MigratingProcess.class);
    private static final String UNKNOWN = "unknown";

    /** This process. */
    public static MigratingProcess here(HistoryCollections collections, String application) {
        return new MigratingProcess(
                ProcessHandle.current().pid(), user(collections), application, Execution.thisHost());
    }

    private static String user(HistoryCollections collections) {
        try {
            MongoDatabase admin = collections.client().getDatabase("admin");
            BsonDocument command = new BsonDocument("connectionStatus", new BsonInt32(1));
            BsonDocument status = admin.runCommand(command, BsonDocument.class);
            return status.getDocument("authInfo").getArray("authenticatedUsers").stream()
                    .map(user -> user.asDocument().getString("user").getValue())
                    .findFirst()
                    .orElse("anonymous");
        } catch (MongoCommandException e) {
            // Not in the Stable API, and not on every server that speaks MongoDB's protocol.
            log.info("The history will have '{}' for the database user: {}", UNKNOWN, MongoErrors.message(e));
            return UNKNOWN;
        } catch (MongoException e) {
            throw HistoryErrors.of(collections, e);
        }
    }

    public BsonDocument document() {
        return new BsonDocument("process", new BsonString(Long.toString(process)))
                .append("user", new BsonString(user))
                .append("application", new BsonString(application))
                .append("host", new BsonString(host));
    }
}
