package io.mhras.migrations.mongodb.shell;

import io.mhras.migrations.MigrationException.ScriptFailed;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.SourceLocation;
import io.mhras.migrations.mongodb.shell.Operation.Trait;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonUndefined;
import org.bson.BsonValue;

/** The answer of a statement that is done, but whose answer was lost. */
public final class UnknownResult {

    /** Ends a script that looks into it. No server answers so. */
    public static final BsonValue UNKNOWN = new BsonUndefined();

    private UnknownResult() {}

    /** The answer, where only one is possible. */
    public static BsonValue of(ShellCall call) {
        return switch (call.operation()) {
            case INSERT_ONE, INSERT_MANY -> ShellResults.inserted(call);
            case AGGREGATE ->
                call.isCommand()
                        ? nothingFound(call)
                        : new BsonDocument("batch", new BsonArray()).append("cursor", BsonNull.VALUE);
            default ->
                call.isCommand() && !call.has(Trait.ANSWERS_MORE) ? new BsonDocument("ok", new BsonInt32(1)) : UNKNOWN;
        };
    }

    private static BsonDocument nothingFound(ShellCall call) {
        BsonDocument cursor = new BsonDocument("firstBatch", new BsonArray())
                .append("id", new BsonInt64(0))
                .append("ns", new BsonString(call.namespace()));
        return new BsonDocument("cursor", cursor).append("ok", new BsonInt32(1));
    }

    /**
     * The script looks into it.
     *
     * @param statement as it is to be named
     */
    static ScriptFailed isUsed(MigrationScript script, String statement, int line, int column) {
        SourceLocation place = new SourceLocation(script.location(), line, column);
        return new ScriptFailed(
                script.name() + " stopped: here it uses what " + statement
                        + " answered, which is not known. An earlier"
                        + " run was cut off before the answer came.\n  at " + place + "\n"
                        + ScriptExcerpt.of(script, place).stripTrailing(),
                place,
                null,
                "The statement itself is done. Ask for what you need by a query of its own after it (findOne,"
                        + " countDocuments), or take this out; and start again: the script goes on here.",
                null);
    }
}
