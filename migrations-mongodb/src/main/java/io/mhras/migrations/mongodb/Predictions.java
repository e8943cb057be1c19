package io.mhras.migrations.mongodb;

import com.mongodb.MongoException;
import java.util.function.Predicate;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.ObjectId;

/**
 * Says what a server would answer to writes that are not sent, if it takes them. What they would find is counted in the
 * database.
 */
final class Predictions {

    private static final int LONGEST_COUNT_MILLIS = 5_000;

    private final ShellHost server;
    private final Predicate<ShellCall> isUntouched;

    /**
     * Predictions for a script.
     *
     * @param isUntouched whether a read finds now what it would find then
     */
    Predictions(ShellHost server, Predicate<ShellCall> isUntouched) {
        this.server = server;
        this.isUntouched = isUntouched;
    }

    Prediction of(ShellCall call) {
        BsonDocument arguments = call.arguments();
        if (call.isCommand()) {
            return CommandPrediction.of(call.command());
        }
        return switch (call.operation()) {
            case "insertOne" ->
                Prediction.of(
                        ShellResults.acknowledged()
                                .append(
                                        "insertedId",
                                        arguments.getDocument("document").get("_id")),
                        null);
            case "insertMany" -> inserted(arguments.getArray("documents"));
            case "updateOne", "updateMany", "replaceOne" ->
                Prediction.updated(matches(call), inserts(arguments), newId(arguments));
            case "deleteOne", "deleteMany" -> Prediction.deleted(matches(call));
            case "bulkWrite" -> BulkPrediction.of(arguments.getArray("operations"));
            case "findOneAndUpdate", "findOneAndReplace", "findOneAndDelete" -> found(call);
            // An aggregation that writes answers with nothing.
            default -> Prediction.of(new BsonDocument("batch", new BsonArray()).append("cursor", BsonNull.VALUE), null);
        };
    }

    private static Prediction inserted(BsonArray documents) {
        BsonDocument ids = new BsonDocument();
        for (BsonValue document : documents) {
            ids.append(
                    Integer.toString(ids.size()), document.asDocument().get("_id", new BsonObjectId(new ObjectId())));
        }
        return Prediction.of(
                ShellResults.acknowledged().append("insertedIds", ids), CommandPrediction.documents(documents.size()));
    }

    /** The document as it is; as it will be nobody knows. */
    private Prediction found(ShellCall call) {
        BsonDocument arguments = call.arguments();
        BsonDocument options = arguments.getDocument("options");
        BsonDocument query = only(options, "sort", "projection", "collation", "hint", "let");
        ShellCall find = read(call, "find", query.append("limit", new BsonInt32(1)));
        if (!isUntouched.test(find)) {
            return new Prediction(BsonNull.VALUE, null, true);
        }
        BsonArray batch = server.answer(find).asDocument().getArray("batch");
        BsonValue found = batch.isEmpty() ? BsonNull.VALUE : batch.get(0);
        boolean isInserted = batch.isEmpty() && inserts(arguments);
        boolean isChanged = wantsChanged(options) && (isInserted || !batch.isEmpty());
        return new Prediction(found, batch.isEmpty() && !isInserted ? "no document matches" : null, isChanged);
    }

    private static boolean wantsChanged(BsonDocument options) {
        return new BsonString("after").equals(options.get("returnDocument"))
                || BsonBoolean.TRUE.equals(options.get("returnNewDocument"))
                || BsonBoolean.FALSE.equals(options.get("returnOriginal"));
    }

    private Matches matches(ShellCall call) {
        boolean isOfOne = !call.operation().endsWith("Many");
        BsonDocument options = only(call.arguments().getDocument("options"), "collation", "hint")
                .append("maxTimeMS", new BsonInt32(LONGEST_COUNT_MILLIS));
        if (isOfOne) {
            options.append("limit", new BsonInt32(1));
        }
        ShellCall count = read(call, "countDocuments", options);
        if (!isUntouched.test(count)) {
            return Matches.unknown(isOfOne);
        }
        try {
            return new Matches(server.answer(count).asNumber().longValue(), true, isOfOne);
        } catch (MongoException e) {
            // It took too long, or it is a filter that only a query may have.
            return Matches.unknown(isOfOne);
        }
    }

    private static ShellCall read(ShellCall write, String operation, BsonDocument options) {
        BsonDocument asked =
                new BsonDocument("filter", write.arguments().getDocument("filter")).append("options", options);
        return new ShellCall(operation, write.namespace(), asked, write.line(), write.column());
    }

    private static BsonDocument only(BsonDocument options, String... names) {
        BsonDocument kept = new BsonDocument();
        for (String name : names) {
            if (options.containsKey(name)) {
                kept.append(name, options.get(name));
            }
        }
        return kept;
    }

    private static boolean inserts(BsonDocument arguments) {
        return BsonBoolean.TRUE.equals(arguments.getDocument("options").get("upsert"));
    }

    private static BsonValue newId(BsonDocument arguments) {
        BsonValue id = Witness.literalId(arguments.getDocument("filter"));
        return id == null ? new BsonObjectId(new ObjectId()) : id;
    }
}
