package io.mhras.migrations.mongodb.preview;

import io.mhras.migrations.mongodb.shell.GuessedAnswer;
import io.mhras.migrations.mongodb.shell.Operation;
import io.mhras.migrations.mongodb.shell.ShellResults;
import java.util.List;
import java.util.Locale;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;

/** What a server would answer to a {@code bulkWrite} that is not sent. */
final class BulkPrediction {

    private BulkPrediction() {}

    /** Each operation may find what the one before it changes: nothing is counted. */
    static Prediction of(BsonArray operations) {
        BsonDocument ids = new BsonDocument();
        int updates = 0;
        int deletes = 0;
        for (int i = 0; i < operations.size(); i++) {
            BsonDocument operation = operations.get(i).asDocument();
            String name = operation.getFirstKey();
            switch (Operation.of(name)) {
                case INSERT_ONE -> {
                    BsonDocument document = operation.getDocument(name).getDocument("document");
                    ids.append(Integer.toString(i), document.get("_id", BsonNull.VALUE));
                }
                case DELETE_ONE, DELETE_MANY -> deletes++;
                default -> updates++;
            }
        }
        BsonDocument answer = ShellResults.acknowledged()
                .append("insertedCount", new BsonInt32(ids.size()))
                .append("insertedIds", ids)
                .append("matchedCount", new BsonInt32(updates))
                .append("modifiedCount", new BsonInt32(updates))
                .append("deletedCount", new BsonInt32(deletes))
                .append("upsertedCount", new BsonInt32(0))
                .append("upsertedIds", new BsonDocument());
        List<String> guesses = updates + deletes == 0
                ? List.of()
                : List.of("matchedCount", "modifiedCount", "deletedCount", "upsertedCount", "upsertedIds");
        return Prediction.of(
                GuessedAnswer.of(answer, guesses), String.format(Locale.ROOT, "%,d operations", operations.size()));
    }
}
