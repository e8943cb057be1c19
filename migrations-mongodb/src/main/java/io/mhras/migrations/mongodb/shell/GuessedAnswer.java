package io.mhras.migrations.mongodb.shell;

import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;

/** Marks in an answer of the dry run what is unknown until the statement is done. */
public final class GuessedAnswer {

    // As ShellText writes a type: no field of a real document can have that name.
    private static final String TAG = "\u0000";

    private GuessedAnswer() {}

    /** The answer, in which these fields are guesses. */
    public static BsonDocument of(BsonDocument answer, List<String> guesses) {
        BsonArray names = new BsonArray(guesses.stream().map(BsonString::new).toList());
        BsonDocument marked = new BsonDocument("answer", answer).append("names", names);
        return guesses.isEmpty()
                ? answer
                : new BsonDocument(TAG, new BsonArray(List.of(new BsonString("guessed"), marked)));
    }
}
