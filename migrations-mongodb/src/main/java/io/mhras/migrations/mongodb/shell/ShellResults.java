package io.mhras.migrations.mongodb.shell;

import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.bulk.BulkWriteUpsert;
import java.util.List;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonValue;

/** The results of writes, in mongosh's form. */
public final class ShellResults {

    private ShellResults() {}

    public static BsonDocument acknowledged() {
        return new BsonDocument("acknowledged", BsonBoolean.TRUE);
    }

    /** Of an insert that has added all its documents. */
    public static BsonDocument inserted(ShellCall call) {
        List<BsonDocument> documents = call.documents();
        if (call.is(Operation.INSERT_ONE)) {
            return acknowledged().append("insertedId", documents.get(0).get("_id", BsonNull.VALUE));
        }
        BsonDocument ids = new BsonDocument();
        documents.forEach(document -> ids.append(Integer.toString(ids.size()), document.get("_id", BsonNull.VALUE)));
        return acknowledged().append("insertedIds", ids);
    }

    public static BsonDocument update(BulkWriteResult result) {
        BsonValue id = result.getUpserts().isEmpty()
                ? BsonNull.VALUE
                : result.getUpserts().get(0).getId();
        return acknowledged()
                .append("insertedId", id)
                .append("matchedCount", number(result.getMatchedCount()))
                .append("modifiedCount", number(result.getModifiedCount()))
                .append("upsertedCount", number(result.getUpserts().size()));
    }

    public static BsonDocument bulk(BulkWriteResult result, BsonDocument insertedIds) {
        BsonDocument upserted = new BsonDocument();
        for (BulkWriteUpsert upsert : result.getUpserts()) {
            upserted.append(Integer.toString(upsert.getIndex()), upsert.getId());
        }
        return acknowledged()
                .append("insertedCount", number(result.getInsertedCount()))
                .append("insertedIds", insertedIds)
                .append("matchedCount", number(result.getMatchedCount()))
                .append("modifiedCount", number(result.getModifiedCount()))
                .append("deletedCount", number(result.getDeletedCount()))
                .append("upsertedCount", number(upserted.size()))
                .append("upsertedIds", upserted);
    }

    public static BsonValue number(long value) {
        return value == (int) value ? new BsonInt32((int) value) : new BsonInt64(value);
    }
}
