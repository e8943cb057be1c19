package io.mhras.migrations.mongodb.server;

import com.mongodb.MongoClientException;
import com.mongodb.MongoWriteConcernException;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.ServerAddress;
import com.mongodb.WriteConcern;
import com.mongodb.WriteConcernResult;
import com.mongodb.bulk.WriteConcernError;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import io.mhras.migrations.mongodb.shell.Operation;
import io.mhras.migrations.mongodb.shell.Operation.Trait;
import io.mhras.migrations.mongodb.shell.OwnCollections;
import io.mhras.migrations.mongodb.shell.ShellCall;
import io.mhras.migrations.mongodb.shell.ShellHost;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/** Does what a script asks, on a server: writes are acknowledged by a majority, reads see the primary. For one thread. */
public final class ShellCommands implements ShellHost, AutoCloseable {

    private final MongoClient client;
    private final ClientSession session;
    private final OwnCollections own;
    private final ShellReads reads;
    private final Duration limit;

    /**
     * A script's commands in this session.
     *
     * @param session of the client; with an open transaction all that the script does is in it
     * @param own what the script does not see
     */
    public ShellCommands(MongoClient client, ClientSession session, OwnCollections own) {
        this(client, session, own, Duration.ZERO);
    }

    /**
     * The same.
     *
     * @param limit how long an operation may take; zero for no limit
     */
    public ShellCommands(MongoClient client, ClientSession session, OwnCollections own, Duration limit) {
        this.limit = limit;
        this.client = client;
        this.session = session;
        this.own = own;
        reads = new ShellReads(session);
    }

    @Override
    public BsonValue answer(ShellCall call) {
        if (call.isCommand()) {
            return own.areWhereIsAsked(call) ? inDatabaseOfHistory(call) : command(call, call.command());
        }
        return switch (call.operation()) {
            case INSERT_ONE -> writes(call).insertOne(call);
            case INSERT_MANY -> writes(call).insertMany(call);
            case UPDATE_ONE, UPDATE_MANY, REPLACE_ONE -> writes(call).update(call);
            case DELETE_ONE, DELETE_MANY -> writes(call).delete(call);
            case BULK_WRITE -> writes(call).bulkWrite(call);
            case FIND_ONE_AND_UPDATE -> findAndChange(call).update(call);
            case FIND_ONE_AND_REPLACE -> findAndChange(call).replace(call);
            case FIND_ONE_AND_DELETE -> findAndChange(call).delete(call);
            case FIND -> reads.find(collection(call), call);
            case AGGREGATE -> aggregate(call);
            case GET_MORE -> reads.more(call);
            case KILL_CURSORS -> reads.kill(call);
            case COUNT_DOCUMENTS -> reads.countDocuments(collection(call), call);
            case ESTIMATED_DOCUMENT_COUNT -> reads.estimatedCount(collection(call), call);
            default -> throw new MongoClientException("the shell has no operation '" + call.name() + "'");
        };
    }

    private BsonDocument inDatabaseOfHistory(ShellCall call) {
        WholeDatabase whole = new WholeDatabase(database(own.database()), own);
        return call.is(Operation.DROP_DATABASE) ? whole.drop() : whole.answered(call, command(call, whole.asked(call)));
    }

    private BsonDocument command(ShellCall call, BsonDocument given) {
        BsonDocument command = given;
        boolean acknowledges = call.writes() && call.has(Trait.WRITE_CONCERN);
        if (acknowledges && !session.hasActiveTransaction() && !command.containsKey("writeConcern")) {
            command = command.clone().append("writeConcern", WriteConcern.MAJORITY.asDocument());
        }
        String database = call.arguments().getString("database").getValue();
        BsonDocument answer =
                database(database).runCommand(session, command, ReadPreference.primary(), BsonDocument.class);
        // Done, but rolled back if the primary fails now. The driver looks for this in its own writes only.
        if (call.writes() && answer.get("writeConcernError") instanceof BsonDocument error) {
            throw new MongoWriteConcernException(
                    new WriteConcernError(
                            error.getNumber("code").intValue(),
                            error.getString("codeName", new BsonString("")).getValue(),
                            error.getString("errmsg", new BsonString("")).getValue(),
                            error.getDocument("errInfo", new BsonDocument())),
                    WriteConcernResult.unacknowledged(),
                    new ServerAddress(),
                    Set.of());
        }
        // What belongs to the replica set's protocol; mongosh does not show it either.
        answer.remove("$clusterTime");
        answer.remove("operationTime");
        return answer;
    }

    private BsonValue aggregate(ShellCall call) {
        boolean ofDatabase = call.namespace().indexOf('.') < 0;
        return reads.aggregate(database(call.database()), ofDatabase ? null : collection(call), call);
    }

    private ShellWrites writes(ShellCall call) {
        return new ShellWrites(collection(call), session);
    }

    private ShellFindAndChange findAndChange(ShellCall call) {
        return new ShellFindAndChange(collection(call), session);
    }

    private MongoDatabase database(String name) {
        MongoDatabase database = client.getDatabase(name)
                .withWriteConcern(WriteConcern.MAJORITY)
                .withReadConcern(ReadConcern.LOCAL)
                .withReadPreference(ReadPreference.primary());
        return limit.isZero() ? database : database.withTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private MongoCollection<BsonDocument> collection(ShellCall call) {
        String name = call.namespace().substring(call.namespace().indexOf('.') + 1);
        return database(call.database()).getCollection(name, BsonDocument.class);
    }

    @Override
    public void close() {
        reads.close();
    }
}
