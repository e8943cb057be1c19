package io.mhras.migrations.mongodb.lease;

import com.mongodb.MongoException;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import io.mhras.migrations.mongodb.server.MongoErrors;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transaction of a process that is gone.
 *
 * <p>The server does not notice that, and keeps what the transaction has changed locked until its time is over. So the
 * session is in the lease's note, and the next holder of the lease ends it; ending a session of one's own user needs no
 * privilege.
 */
public final class AbandonedTransaction {

    private static final Logger log = LoggerFactory.getLogger(AbandonedTransaction.class);
    private static final String SESSION = "session";

    private AbandonedTransaction() {}

    /** Adds to a note what it takes to end this one. */
    public static BsonDocument note(BsonDocument note, ClientSession transaction) {
        return note.append(SESSION, transaction.getServerSession().getIdentifier());
    }

    /** Ends the one of this note, if there is one. */
    public static void end(BsonDocument note, MongoClient client) {
        if (note.get(SESSION) instanceof BsonDocument session) {
            try {
                client.getDatabase("admin")
                        .runCommand(new BsonDocument("killSessions", new BsonArray(List.of(session))));
            } catch (MongoException e) {
                log.warn(
                        "The transaction of a run that was cut off could not be ended: until its time is over, it may"
                                + " be in the way. {}",
                        MongoErrors.message(e));
            }
        }
    }
}
