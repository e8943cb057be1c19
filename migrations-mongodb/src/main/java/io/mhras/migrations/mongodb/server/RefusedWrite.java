package io.mhras.migrations.mongodb.server;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoClientException;
import com.mongodb.MongoException;
import com.mongodb.bulk.BulkWriteResult;
import io.mhras.migrations.mongodb.shell.Operation;
import io.mhras.migrations.mongodb.shell.ShellCall;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;

/** Whether a write that the server refused may be done in part: then it is in doubt, as after a crash. */
public final class RefusedWrite {

    /**
     * Unauthorized, CommandNotFound, InvalidNamespace, NamespaceNotFound, InvalidOptions, CommandNotSupportedOnView; and of
     * the parser: errors of operators, stages and fields. They come before anything is done.
     */
    private static final Set<Integer> NOT_BEGUN =
            Set.of(13, 59, 73, 26, 72, 166, 9, 40, 52, 56, 40324, 40413, 40414, 40415);

    private RefusedWrite() {}

    /** Whether it may be, after this error. */
    public static boolean mayBeDoneInPart(ShellCall call, MongoException e) {
        // The driver's own refusal, of an option for example, comes before anything is sent.
        boolean isSent = !e.getClass().equals(MongoClientException.class);
        if (!isSent || !call.isDoneInParts()) {
            return false;
        }
        return e instanceof MongoBulkWriteException bulk
                ? changedSomething(bulk.getWriteResult()) || operations(call).anyMatch(RefusedWrite::updatesMany)
                // The driver sends inserts, updates and deletes of a list apart, and this answers the last of them.
                : operations(call).count() > 1 || !NOT_BEGUN.contains(e.getCode());
    }

    private static boolean changedSomething(BulkWriteResult result) {
        return result.getInsertedCount() > 0
                || result.getModifiedCount() > 0
                || result.getDeletedCount() > 0
                || !result.getUpserts().isEmpty();
    }

    /** The server does not count what an update of many had changed before it failed at one of them (SERVER-8537). */
    private static boolean updatesMany(BsonValue operation) {
        return operation.asDocument().containsKey(Operation.UPDATE_MANY.word());
    }

    /** Of a {@code bulkWrite}. */
    private static Stream<BsonValue> operations(ShellCall call) {
        return call.arguments().getArray("operations", new BsonArray()).stream();
    }

    /** Whether this answer to a command says that a write failed: it comes with {@code ok: 1}. */
    public static boolean isIn(BsonValue answer, ShellCall call) {
        return call.isCommand()
                && call.writes()
                && answer instanceof BsonDocument document
                && (!document.getArray("writeErrors", new BsonArray()).isEmpty()
                        || count(document, "nErrors") > 0
                        || count(document, "numErrors") > 0); // numErrors until 7.2
    }

    /** Whether it may be, after such an answer. */
    public static boolean mayBeDoneInPart(ShellCall call, BsonDocument answer) {
        boolean isCounted = call.is(Operation.INSERT) || call.is(Operation.DELETE);
        return !isCounted || count(answer, "n") > 0;
    }

    private static long count(BsonDocument answer, String field) {
        return answer.getNumber(field, new BsonInt32(0)).longValue();
    }
}
