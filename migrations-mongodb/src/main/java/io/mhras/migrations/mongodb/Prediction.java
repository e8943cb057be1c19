package io.mhras.migrations.mongodb;

import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
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

    static Prediction of(BsonDocument answer, @Nullable String note) {
        return new Prediction(answer, note, false);
    }

    /** Of an update. */
    static Prediction updated(Matches matches, boolean inserts, BsonValue newId) {
        boolean isInserted = inserts && matches.isNone();
        int upserted = isInserted ? 1 : 0;
        BsonDocument answer = ShellResults.acknowledged()
                .append("insertedId", isInserted ? newId : BsonNull.VALUE)
                .append("matchedCount", matches.number())
                .append("modifiedCount", matches.number())
                .append("upsertedCount", new BsonInt32(upserted));
        return of(GuessedAnswer.of(answer, guesses(matches, inserts)), note(matches, isInserted));
    }

    // What an update changes is what it finds, unless it is so already.
    private static List<String> guesses(Matches matches, boolean inserts) {
        if (matches.isKnown()) {
            return matches.isNone() ? List.of() : List.of("modifiedCount");
        }
        return inserts
                ? List.of("insertedId", "matchedCount", "modifiedCount", "upsertedCount")
                : List.of("matchedCount", "modifiedCount");
    }

    private static @Nullable String note(Matches matches, boolean isInserted) {
        return isInserted ? "no document matches: it inserts one" : matches.describe();
    }

    /** Of a deletion. */
    static Prediction deleted(Matches matches) {
        BsonDocument answer = ShellResults.acknowledged().append("deletedCount", matches.number());
        return of(
                GuessedAnswer.of(answer, matches.isKnown() ? List.of() : List.of("deletedCount")), matches.describe());
    }
}
