package io.mhras.migrations.mongodb;

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
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/** Does what a script asks, on a server: writes are acknowledged by a majority, reads see the primary. For one thread. */
final class ShellCommands implements ShellHost, AutoCloseable {

    /** The commands that take a write concern; the driver adds none to a command. */
    private static final Set<String> WITH_WRITE_CONCERN = Set.of(
            "aggregate",
            "bulkWrite",
            "collMod",
            "convertToCapped",
            "create",
            "createIndexes",
            "createRole",
            "createUser",
            "delete",
            "drop",
            "dropAllRolesFromDatabase",
            "dropAllUsersFromDatabase",
            "dropDatabase",
            "dropIndexes",
            "dropRole",
            "dropUser",
            "findAndModify",
            "findandmodify",
            "grantPrivilegesToRole",
            "grantRolesToRole",
            "grantRolesToUser",
            "insert",
            "renameCollection",
            "revokePrivilegesFromRole",
            "revokeRolesFromRole",
            "revokeRolesFromUser",
            "update",
            "updateRole",
            "updateUser");

    private final MongoClient client;
    private final ClientSession session;
    private final ShellReads reads;

    /**
     * A script's commands in this session.
     *
     * @param session of the client; with an open transaction all that the script does is in it
     */
    ShellCommands(MongoClient client, ClientSession session) {
        this.client = client;
        this.session = session;
        reads = new ShellReads(session);
    }

    @Override
    public BsonValue answer(ShellCall call) {
        if (call.isCommand()) {
            return command(call);
        }
        BsonDocument arguments = call.arguments();
        return switch (call.operation()) {
            case "insertOne" -> writes(call).insertOne(arguments);
            case "insertMany" -> writes(call).insertMany(arguments);
            case "updateOne", "updateMany", "replaceOne" -> writes(call).update(call.operation(), arguments);
            case "deleteOne", "deleteMany" -> writes(call).delete(call.operation(), arguments);
            case "bulkWrite" -> writes(call).bulkWrite(arguments);
            case "findOneAndUpdate" -> findAndChange(call).update(arguments);
            case "findOneAndReplace" -> findAndChange(call).replace(arguments);
            case "findOneAndDelete" -> findAndChange(call).delete(arguments);
            case "find" -> reads.find(collection(call), arguments);
            case "aggregate" -> aggregate(call);
            case "getMore" -> reads.more(arguments);
            case "killCursors" -> reads.kill(arguments);
            case "countDocuments" -> reads.countDocuments(collection(call), arguments);
            case "estimatedDocumentCount" -> reads.estimatedCount(collection(call), arguments);
            default -> throw new MongoClientException("the shell has no operation '" + call.operation() + "'");
        };
    }

    private BsonDocument command(ShellCall call) {
        BsonDocument command = call.command();
        boolean acknowledges = call.writes() && WITH_WRITE_CONCERN.contains(call.operation());
        if (acknowledges && !session.hasActiveTransaction() && !command.containsKey("writeConcern")) {
            command = command.clone().append("writeConcern", WriteConcern.MAJORITY.asDocument());
        }
        String database = call.arguments().getString("database").getValue();
        BsonDocument answer =
                database(database).runCommand(session, command, ReadPreference.primary(), BsonDocument.class);
        // Done, but a primary that goes now takes it back. The driver looks for this in its own writes only.
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
        return reads.aggregate(database(databaseName(call)), ofDatabase ? null : collection(call), call);
    }

    private ShellWrites writes(ShellCall call) {
        return new ShellWrites(collection(call), session);
    }

    private ShellFindAndChange findAndChange(ShellCall call) {
        return new ShellFindAndChange(collection(call), session);
    }

    private static String databaseName(ShellCall call) {
        int dot = call.namespace().indexOf('.');
        return dot < 0 ? call.namespace() : call.namespace().substring(0, dot);
    }

    private MongoDatabase database(String name) {
        return client.getDatabase(name)
                .withWriteConcern(WriteConcern.MAJORITY)
                .withReadConcern(ReadConcern.LOCAL)
                .withReadPreference(ReadPreference.primary());
    }

    private MongoCollection<BsonDocument> collection(ShellCall call) {
        String name = call.namespace().substring(call.namespace().indexOf('.') + 1);
        return database(databaseName(call)).getCollection(name, BsonDocument.class);
    }

    @Override
    public void close() {
        reads.close();
    }
}
