package io.mhras.migrations.mongodb.preview;

import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What a server would answer to a write that is not sent.
 *
 * @param answer for the script
 * @param note for who reads the dry run; null if there is nothing to say
 * @param isGuess whether nobody can know the answer as a whole
 */
record Prediction(BsonValue answer, @Nullable String note, boolean isGuess) {

    static Prediction of(BsonDocument answer) {
        return new Prediction(answer, null, false);
    }

    static Prediction of(BsonDocument answer, String note) {
        return new Prediction(answer, note, false);
    }
}
