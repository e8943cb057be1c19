package io.mhras.migrations.mongodb.journal;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.ServerAddress;
import io.mhras.migrations.mongodb.history.StatementState;
import io.mhras.migrations.mongodb.shell.ReplayedError;
import io.mhras.migrations.mongodb.shell.ShellCall;
import io.mhras.migrations.mongodb.shell.ShellErrors;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one call of a script to the server.
 *
 * @param number counts a script's calls from 1
 * @param hash of all that was asked
 * @param operation see {@link ShellCall}
 * @param namespace see {@link ShellCall}
 * @param line see {@link ShellCall}
 * @param column see {@link ShellCall}
 * @param state its outcome
 * @param before what was seen before it was sent; see {@link BeforeImages}
 * @param answer {@code value} or {@code error}; null if it is not known
 */
public record JournalEntry(
        int number,
        String hash,
        String operation,
        String namespace,
        int line,
        int column,
        StatementState state,
        BsonDocument before,
        @Nullable BsonDocument answer) {

    private static final String REFUSED = "refused";

    /** In the journal. */
    static final String ANSWER = "answer";

    /** What is about to be asked. */
    public static JournalEntry of(int number, ShellCall call) {
        BsonDocument all = new BsonDocument("operation", new BsonString(call.name()))
                .append("namespace", new BsonString(call.namespace()))
                .append("arguments", call.arguments());
        return new JournalEntry(
                number,
                PackedBson.hash(all),
                call.name(),
                call.namespace(),
                call.line(),
                call.column(),
                StatementState.IN_DOUBT,
                new BsonDocument(),
                null);
    }

    JournalEntry with(BsonDocument newBefore) {
        return new JournalEntry(number, hash, operation, namespace, line, column, state, newBefore, answer);
    }

    JournalEntry with(StatementState newState) {
        return new JournalEntry(number, hash, operation, namespace, line, column, newState, before, answer);
    }

    JournalEntry answered(BsonValue value) {
        return done(new BsonDocument("value", value));
    }

    /** The script may have caught the error, and then goes on with it. */
    JournalEntry refused(MongoException e) {
        return done(new BsonDocument("error", ShellErrors.of(e)));
    }

    private JournalEntry done(BsonDocument newAnswer) {
        return new JournalEntry(
                number, hash, operation, namespace, line, column, StatementState.DONE, before, newAnswer);
    }

    /** The same where the answer is too long to keep. */
    JournalEntry withoutAnswer(StatementState newState) {
        return new JournalEntry(number, hash, operation, namespace, line, column, newState, before, null);
    }

    int answerBytes() {
        return answer == null ? 0 : PackedBson.pack(answer).length;
    }

    /** The same after the server refused it, and may have done a part. */
    JournalEntry refusedInPart() {
        return with(before.clone().append(REFUSED, BsonBoolean.TRUE)).with(StatementState.ASKS);
    }

    boolean isRefusedInPart() {
        return before.containsKey(REFUSED);
    }

    boolean isDone() {
        return state == StatementState.DONE;
    }

    boolean asksTheSameAs(JournalEntry other) {
        return hash.equals(other.hash);
    }

    /**
     * The answer that the script got; null if it is unknown.
     *
     * @throws MongoException if it was an error
     */
    @Nullable BsonValue replay() {
        if (answer == null) {
            return null;
        }
        if (answer.containsKey("error")) {
            throw error(answer.getDocument("error"));
        }
        return answer.get("value");
    }

    /** Older journals have what a server answers to a command. */
    private static MongoException error(BsonDocument error) {
        return error.containsKey("errmsg")
                ? new MongoCommandException(error, new ServerAddress())
                : new ReplayedError(error);
    }

    /** As stored in the journal of a run, or as the intent in the lease before it is sent. */
    BsonDocument document(long run, String script) {
        BsonDocument document = new BsonDocument("run", new BsonInt64(run))
                .append("n", new BsonInt32(number))
                .append("script", new BsonString(script))
                .append("operation", new BsonString(operation))
                .append("namespace", new BsonString(namespace))
                .append("line", new BsonInt32(line))
                .append("column", new BsonInt32(column))
                .append("hash", new BsonString(hash))
                .append("state", new BsonString(state.name()))
                .append("before", before);
        return answer == null ? document : document.append(ANSWER, new BsonBinary(PackedBson.pack(answer)));
    }

    public static JournalEntry of(BsonDocument document) {
        return new JournalEntry(
                document.getNumber("n").intValue(),
                document.getString("hash").getValue(),
                document.getString("operation").getValue(),
                document.getString("namespace").getValue(),
                document.getNumber("line").intValue(),
                document.getNumber("column").intValue(),
                StatementState.valueOf(document.getString("state").getValue()),
                document.getDocument("before"),
                document.containsKey(ANSWER)
                        ? PackedBson.unpack(document.getBinary(ANSWER).getData())
                        : null);
    }
}
