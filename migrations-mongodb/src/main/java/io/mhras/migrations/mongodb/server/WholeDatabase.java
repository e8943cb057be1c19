package io.mhras.migrations.mongodb.server;

import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.MongoDatabase;
import io.mhras.migrations.mongodb.shell.Operation;
import io.mhras.migrations.mongodb.shell.OwnCollections;
import io.mhras.migrations.mongodb.shell.ShellCall;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNumber;
import org.bson.BsonString;

/** The database of the history as scripts see it: what the migrations keep for themselves is not there. */
record WholeDatabase(MongoDatabase database, OwnCollections own) {

    /** The command that asks for what there is without them; or the same one. */
    BsonDocument asked(ShellCall call) {
        BsonDocument command = call.command();
        if (!call.is(Operation.LIST_COLLECTIONS)) {
            return command;
        }
        BsonArray names =
                new BsonArray(own.names().stream().map(BsonString::new).toList());
        BsonDocument others = new BsonDocument("name", new BsonDocument("$nin", names));
        BsonDocument given = command.get("filter") instanceof BsonDocument filter ? filter : new BsonDocument();
        // By an exact name the server finds a collection without looking at all of them.
        if (given.get("name") instanceof BsonString name && !names.contains(name)) {
            return command;
        }
        BsonDocument both = given.isEmpty() ? others : new BsonDocument("$and", new BsonArray(List.of(given, others)));
        return command.clone().append("filter", both);
    }

    /** The server's answer without them. */
    BsonDocument answered(ShellCall call, BsonDocument answer) {
        if (call.is(Operation.DB_STATS)) {
            for (String name : database.listCollectionNames().filter(in("name", own.names()))) {
                subtract(answer, "collections", 1);
                subtract(answer, "indexes", 1);
                subtract(answer, "objects", database.getCollection(name).estimatedDocumentCount());
            }
        } else if (call.is(Operation.DB_HASH)) {
            answer.getDocument("collections", new BsonDocument()).keySet().removeAll(own.names());
        }
        return answer;
    }

    private static void subtract(BsonDocument answer, String field, long part) {
        if (answer.get(field) instanceof BsonNumber all) {
            long rest = Math.max(0, all.longValue() - part);
            answer.put(
                    field,
                    all.isInt64()
                            ? new BsonInt64(rest)
                            : all.isDouble() ? new BsonDouble(rest) : new BsonInt32((int) rest));
        }
    }

    /** Drops all else. */
    BsonDocument drop() {
        List<String> others = database.listCollectionNames().into(new ArrayList<>());
        others.removeAll(own.names());
        others.removeIf(name -> name.startsWith("system."));
        others.forEach(name -> database.getCollection(name).drop());
        return new BsonDocument("dropped", new BsonString(database.getName())).append("ok", new BsonInt32(1));
    }
}
