package io.mhras.migrations.mongodb;

import java.util.List;
import java.util.Locale;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;

/** What a server would answer to a command that is not sent. */
final class CommandPrediction {

    private CommandPrediction() {}

    static Prediction of(BsonDocument command) {
        BsonDocument answer = new BsonDocument("ok", new BsonInt32(1));
        return switch (command.getFirstKey()) {
            case "insert" -> {
                int count = command.getArray("documents", new BsonArray()).size();
                yield Prediction.of(answer.append("n", new BsonInt32(count)), documents(count));
            }
            case "update" ->
                Prediction.of(
                        GuessedAnswer.of(
                                answer.append("n", new BsonInt32(1)).append("nModified", new BsonInt32(1)),
                                List.of("n", "nModified")),
                        null);
            case "delete" -> Prediction.of(GuessedAnswer.of(answer.append("n", new BsonInt32(1)), List.of("n")), null);
            case "findAndModify", "findandmodify" ->
                Prediction.of(GuessedAnswer.of(answer.append("value", BsonNull.VALUE), List.of("value")), null);
            default -> Prediction.of(answer, null);
        };
    }

    /** In words. */
    static String documents(int count) {
        return count == 1 ? "1 document" : String.format(Locale.ROOT, "%,d documents", count);
    }
}
