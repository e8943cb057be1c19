package io.mhras.migrations.mongodb.preview;

import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What a server would answer to a write that is not sent.
 *
 * @param answer for the script
 * @param note for the reader of the dry run; null if there is none
 * @param isGuess whether the answer as a whole cannot be known
 */
record Prediction(BsonValue answer, @Nullable String note, boolean isGuess) {

    static Prediction of(BsonDocument answer) {
        return new Prediction(answer, null, false);
    }

    static Prediction of(BsonDocument answer, String note) {
        return new Prediction(answer, note, false);
    }
}
