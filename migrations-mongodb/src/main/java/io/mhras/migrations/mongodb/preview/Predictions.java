package io.mhras.migrations.mongodb.preview;

import io.mhras.migrations.mongodb.shell.GuessedAnswer;
import io.mhras.migrations.mongodb.shell.Operation;
import io.mhras.migrations.mongodb.shell.OwnCollections;
import io.mhras.migrations.mongodb.shell.ShellCall;
import io.mhras.migrations.mongodb.shell.ShellHost;
import io.mhras.migrations.mongodb.shell.ShellResults;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonString;

/**
 * Predicts what a server would answer to writes that are not sent, if it accepts them. What an update or a delete would
 * find is not counted: it is taken to be one document, and that is a guess.
 */
final class Predictions {

    private static final BsonInt32 ONE = new BsonInt32(1);

    private final ShellHost server;
    private final OwnCollections own;
    private final Predicate<ShellCall> isUntouched;

    /**
     * Predictions for a script.
     *
     * @param isUntouched whether a read finds now what it would find then
     */
    Predictions(ShellHost server, OwnCollections own, Predicate<ShellCall> isUntouched) {
        this.server = server;
        this.own = own;
        this.isUntouched = isUntouched;
    }

    Prediction of(ShellCall call) {
        BsonDocument done = call.isCommand() ? new BsonDocument("ok", ONE) : ShellResults.acknowledged();
        return switch (call.operation()) {
            case INSERT_ONE -> Prediction.of(ShellResults.inserted(call));
            case INSERT_MANY ->
                Prediction.of(
                        ShellResults.inserted(call), documents(call.documents().size()));
            case UPDATE_ONE, UPDATE_MANY, REPLACE_ONE ->
                Prediction.of(GuessedAnswer.of(
                        done.append("insertedId", BsonNull.VALUE)
                                .append("matchedCount", ONE)
                                .append("modifiedCount", ONE)
                                .append("upsertedCount", new BsonInt32(0)),
                        List.of("insertedId", "matchedCount", "modifiedCount", "upsertedCount")));
            case DELETE_ONE, DELETE_MANY -> counted(done, "deletedCount");
            case FIND_ONE_AND_UPDATE, FIND_ONE_AND_REPLACE, FIND_ONE_AND_DELETE -> found(call);
            case BULK_WRITE ->
                call.isCommand()
                        ? Prediction.of(done)
                        : BulkPrediction.of(call.arguments().getArray("operations"));
            case INSERT -> {
                int count =
                        call.command().getArray("documents", new BsonArray()).size();
                yield Prediction.of(done.append("n", new BsonInt32(count)), documents(count));
            }
            case UPDATE -> counted(done, "n", "nModified");
            case DELETE -> counted(done, "n");
            case FIND_AND_MODIFY ->
                Prediction.of(GuessedAnswer.of(done.append("value", BsonNull.VALUE), List.of("value")));
            // One that writes answers with nothing.
            case AGGREGATE ->
                Prediction.of(
                        call.isCommand()
                                ? done
                                : new BsonDocument("batch", new BsonArray()).append("cursor", BsonNull.VALUE));
            case DROP_DATABASE ->
                own.areWhereIsAsked(call)
                        ? Prediction.of(done, "all of it but " + String.join(", ", own.names()))
                        : Prediction.of(done);
            default -> Prediction.of(done);
        };
    }

    private static Prediction counted(BsonDocument answer, String... fields) {
        List.of(fields).forEach(field -> answer.append(field, ONE));
        return Prediction.of(GuessedAnswer.of(answer, List.of(fields)));
    }

    /** In words. */
    private static String documents(int count) {
        return count == 1 ? "1 document" : String.format(Locale.ROOT, "%,d documents", count);
    }

    /** The document as it is; how it will be is unknown. */
    private Prediction found(ShellCall call) {
        BsonDocument options = call.arguments().getDocument("options");
        BsonDocument query = only(options, "sort", "projection", "collation", "hint", "let");
        BsonDocument asked = new BsonDocument("filter", call.arguments().getDocument("filter"))
                .append("options", query.append("limit", ONE));
        ShellCall find = new ShellCall(Operation.FIND.word(), call.namespace(), asked, call.line(), call.column());
        if (!isUntouched.test(find)) {
            return new Prediction(BsonNull.VALUE, null, true);
        }
        BsonArray batch = server.answer(find).asDocument().getArray("batch");
        boolean isInserted = batch.isEmpty() && BsonBoolean.TRUE.equals(options.get("upsert"));
        boolean isChanged = wantsChanged(options) && (isInserted || !batch.isEmpty());
        return new Prediction(
                batch.isEmpty() ? BsonNull.VALUE : batch.get(0),
                batch.isEmpty() && !isInserted ? "no document matches" : null,
                isChanged);
    }

    private static boolean wantsChanged(BsonDocument options) {
        return new BsonString("after").equals(options.get("returnDocument"))
                || BsonBoolean.TRUE.equals(options.get("returnNewDocument"))
                || BsonBoolean.FALSE.equals(options.get("returnOriginal"));
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
}
