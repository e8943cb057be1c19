package io.mhras.migrations.mongodb.shell;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.bulk.BulkWriteResult;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** What the server reports of a refused write besides its message: which one of a list, and which rules of a validator. */
final class ErrorDetail {

    private static final int LONGEST = 500;
    private static final String RULES = "schemaRulesNotSatisfied";

    private ErrorDetail() {}

    /** In one line; empty if there is no more. */
    static String of(MongoException failure) {
        if (failure instanceof MongoBulkWriteException bulk
                && !bulk.getWriteErrors().isEmpty()) {
            String rules = rules(bulk.getWriteErrors().get(0).getDetails());
            return place(bulk) + (rules.isEmpty() ? "" : "; " + rules);
        }
        return failure instanceof MongoWriteException write
                ? rules(write.getError().getDetails())
                : "";
    }

    private static String place(MongoBulkWriteException failure) {
        BulkWriteResult result = failure.getWriteResult();
        List<String> done = new ArrayList<>();
        add(done, result.getInsertedCount(), "inserted");
        add(done, result.getUpserts().size(), "upserted");
        add(done, result.getModifiedCount(), "updated");
        add(done, result.getDeletedCount(), "deleted");
        return "number " + (failure.getWriteErrors().get(0).getIndex() + 1) + " of the list"
                + (done.isEmpty() ? "; of the others nothing was done" : "; of the others: " + String.join(", ", done));
    }

    private static void add(List<String> done, int count, String what) {
        if (count > 0) {
            done.add(count + " " + what);
        }
    }

    /** Of 5.0 on the server says why a validator refuses a document: https://www.mongodb.com/docs/manual/core/schema-validation/ */
    private static String rules(BsonDocument details) {
        BsonValue inner = details.get("details");
        BsonDocument found = inner instanceof BsonDocument document ? document : details;
        if (found.isEmpty()) {
            return "";
        }
        BsonDocument shown = found.get(RULES) instanceof BsonArray rules ? new BsonDocument(RULES, rules) : found;
        String json = shown.toJson();
        return json.length() <= LONGEST ? json : json.substring(0, LONGEST) + "...";
    }
}
