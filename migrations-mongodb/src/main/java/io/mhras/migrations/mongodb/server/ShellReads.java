package io.mhras.migrations.mongodb.server;

import com.mongodb.MongoClientException;
import com.mongodb.MongoCommandException;
import com.mongodb.ServerAddress;
import com.mongodb.client.AggregateIterable;
import com.mongodb.client.ClientSession;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.EstimatedDocumentCountOptions;
import io.mhras.migrations.mongodb.shell.ShellCall;
import io.mhras.migrations.mongodb.shell.ShellResults;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Queries, whose documents go to the script a batch at a time. */
final class ShellReads implements AutoCloseable {

    private static final int MOST_IN_A_BATCH = 500;

    /** In the server's words for {@code count}. */
    private static final BsonDocument IN_TRANSACTION = new BsonDocument("ok", new BsonInt32(0))
            .append("code", new BsonInt32(MongoErrors.REFUSED_IN_TRANSACTION))
            .append("codeName", new BsonString("OperationNotSupportedInTransaction"))
            .append(
                    "errmsg",
                    new BsonString("Cannot run 'count' in a multi-document transaction; countDocuments() can."));

    private final ClientSession session;
    private final Map<Integer, MongoCursor<BsonDocument>> open = new HashMap<>();
    private int lastCursor;

    ShellReads(ClientSession session) {
        this.session = session;
    }

    BsonValue find(MongoCollection<BsonDocument> collection, ShellCall call) {
        BsonDocument arguments = call.arguments();
        FindIterable<BsonDocument> found = collection.find(session, arguments.getDocument("filter"));
        new ShellOptions(arguments.getDocument("options"))
                .document("projection", found::projection)
                .document("sort", found::sort)
                .number("limit", found::limit)
                .number("skip", found::skip)
                .number("batchSize", found::batchSize)
                .collation(found::collation)
                .hint(found::hint, found::hintString)
                .value("comment", found::comment)
                .maxTime(found::maxTime)
                .document("min", found::min)
                .document("max", found::max)
                .document("let", found::let)
                .flag("allowDiskUse", found::allowDiskUse)
                .flag("noCursorTimeout", found::noCursorTimeout)
                .flag("returnKey", found::returnKey)
                .flag("showRecordId", found::showRecordId)
                .flag("allowPartialResults", found::partial)
                .end(call.name());
        return batch(found.iterator(), null);
    }

    BsonValue aggregate(MongoDatabase database, @Nullable MongoCollection<BsonDocument> collection, ShellCall call) {
        List<BsonDocument> pipeline = ShellCall.documents(call.arguments().getArray("pipeline"));
        AggregateIterable<BsonDocument> result = collection == null
                ? database.aggregate(session, pipeline, BsonDocument.class)
                : collection.aggregate(session, pipeline);
        new ShellOptions(call.arguments().getDocument("options"))
                .flag("allowDiskUse", result::allowDiskUse)
                .number("batchSize", result::batchSize)
                .flag("bypassDocumentValidation", result::bypassDocumentValidation)
                .collation(result::collation)
                .hint(result::hint, result::hintString)
                .value("comment", result::comment)
                .maxTime(result::maxTime)
                .document("let", result::let)
                .end(call.name());
        if (call.writes()) {
            result.toCollection();
            return answer(new BsonArray(), null);
        }
        return batch(result.iterator(), null);
    }

    BsonValue more(ShellCall call) {
        int id = call.arguments().getInt32("cursor").getValue();
        MongoCursor<BsonDocument> cursor = open.remove(id);
        if (cursor == null) {
            throw new MongoClientException("the cursor is closed");
        }
        return batch(cursor, id);
    }

    BsonValue kill(ShellCall call) {
        MongoCursor<BsonDocument> cursor =
                open.remove(call.arguments().getInt32("cursor").getValue());
        if (cursor != null) {
            cursor.close();
        }
        return BsonNull.VALUE;
    }

    /** What came in one answer of the server at most: documents may be large. */
    private BsonValue batch(MongoCursor<BsonDocument> cursor, @Nullable Integer id) {
        BsonArray batch = new BsonArray();
        while (batch.size() < MOST_IN_A_BATCH && (batch.isEmpty() || cursor.available() > 0) && cursor.hasNext()) {
            batch.add(cursor.next());
        }
        if (cursor.getServerCursor() == null && cursor.available() == 0) {
            cursor.close();
            return answer(batch, null);
        }
        int key = id == null ? ++lastCursor : id;
        open.put(key, cursor);
        return answer(batch, key);
    }

    private static BsonDocument answer(BsonArray batch, @Nullable Integer id) {
        return new BsonDocument("batch", batch).append("cursor", id == null ? BsonNull.VALUE : new BsonInt32(id));
    }

    BsonValue countDocuments(MongoCollection<BsonDocument> collection, ShellCall call) {
        BsonDocument arguments = call.arguments();
        CountOptions options = new CountOptions();
        new ShellOptions(arguments.getDocument("options"))
                .number("limit", options::limit)
                .number("skip", options::skip)
                .collation(options::collation)
                .hint(options::hint, options::hintString)
                .value("comment", options::comment)
                .maxTime(options::maxTime)
                .end(call.name());
        return ShellResults.number(collection.countDocuments(session, arguments.getDocument("filter"), options));
    }

    /** The driver takes no session for it: in a transaction it would silently count outside of it. */
    BsonValue estimatedCount(MongoCollection<BsonDocument> collection, ShellCall call) {
        if (session.hasActiveTransaction()) {
            throw new MongoCommandException(IN_TRANSACTION, new ServerAddress());
        }
        EstimatedDocumentCountOptions options = new EstimatedDocumentCountOptions();
        new ShellOptions(call.arguments().getDocument("options"))
                .value("comment", options::comment)
                .maxTime(options::maxTime)
                .end(call.name());
        return ShellResults.number(collection.estimatedDocumentCount(options));
    }

    @Override
    public void close() {
        open.values().forEach(MongoCursor::close);
        open.clear();
    }
}
