package io.mhras.migrations.mongodb;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoClientException;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;

/** What a write that failed may have changed all the same. */
final class FailedWrite {

    /** Unauthorized, CommandNotFound, InvalidNamespace; and of the parser: errors of operators, stages and fields. */
    private static final Set<Integer> NOT_BEGUN = Set.of(13, 59, 73, 9, 40, 52, 56, 40324, 40413, 40414, 40415);

    /**
     * BadValue, TypeMismatch, InvalidLength, IllegalOperation, NamespaceNotFound, InvalidOptions, CommandNotSupportedOnView.
     *
     * <p>Where they are the answer to a whole batch it was not begun: in its middle only an interruption fails all of it, and
     * everything else is a write error of one item ({@code handleError} in the server's {@code write_ops_exec.cpp}).
     */
    private static final Set<Integer> NO_BATCH = Set.of(2, 14, 16, 20, 26, 72, 166);

    private FailedWrite() {}

    /** Whether it may have done a part of this call before it failed, or for all that it says. */
    static boolean mayBeDoneInPart(ShellCall call, MongoException e) {
        if (e instanceof MongoBulkWriteException bulk) {
            return changedSomething(bulk) || updatesManyOnce(call);
        }
        // The driver's own refusal, of an option for example, comes before anything is sent.
        boolean isSent = !e.getClass().equals(MongoClientException.class);
        boolean isBegun = isSent && !NOT_BEGUN.contains(e.getCode());
        if (e instanceof MongoWriteException) {
            return isBegun && updatesManyOnce(call);
        }
        boolean isBatchBegun = isBegun && !NO_BATCH.contains(e.getCode());
        return switch (call.operation()) {
            // The driver sends inserts, updates and deletes apart; the answer is that to the last ones.
            case "bulkWrite" ->
                call.isCommand()
                        ? isBatchBegun
                        : isSent && (isOfSeveral(call, "operations") || (isBatchBegun && updatesManyOnce(call)));
            case "insertMany" -> isBatchBegun && isOfSeveral(call, "documents");
            case "insert" -> isBatchBegun && isOfSeveral(call, "documents");
            case "delete" -> isBatchBegun && isOfSeveral(call, "deletes");
            case "update" -> isBatchBegun && (isOfSeveral(call, "updates") || updatesManyOnce(call));
            case "updateMany" -> isBatchBegun && updatesManyOnce(call);
            case "aggregate" -> isBegun && merges(call);
            case "applyOps", "mapReduce", "mapreduce" -> isBegun;
            default -> false;
        };
    }

    /** Whether this answer to a command says that a write failed: it comes with {@code ok: 1}. */
    static boolean isIn(BsonValue answer, ShellCall call) {
        return call.isCommand()
                && call.writes()
                && answer instanceof BsonDocument document
                && (!array(document, "writeErrors").isEmpty()
                        || count(document, "nErrors", "numErrors") > 0); // numErrors until 7.2
    }

    /** Whether the write of which this answer says that it failed did a part of what it was to do. */
    static boolean mayBeDoneInPart(ShellCall call, BsonDocument answer) {
        String changed = call.operation().equals("update") ? "nModified" : "n";
        return count(answer, changed, "nInserted", "nModified", "nDeleted", "nUpserted") > 0
                || !array(answer, "upserted").isEmpty()
                || updatesManyOnce(call);
    }

    /**
     * Whether it changes many documents in a way that must not be done twice. The server does not count what an update of
     * many had changed before it failed at one of them (SERVER-8537, SERVER-25716).
     */
    private static boolean updatesManyOnce(ShellCall call) {
        Stream<BsonDocument> updates = switch (call.operation()) {
            case "updateMany" -> Stream.of(call.arguments());
            case "bulkWrite" ->
                call.isCommand()
                        ? ofMany(call.command(), "ops", "filter", "updateMods")
                        : items(call.arguments(), "operations")
                                .map(item -> item.get("updateMany"))
                                .filter(BsonDocument.class::isInstance)
                                .map(BsonValue::asDocument);
            case "update" -> ofMany(call.command(), "updates", "q", "u");
            default -> Stream.empty();
        };
        return updates.anyMatch(update -> SettingUpdate.of(update) == null);
    }

    private static Stream<BsonDocument> ofMany(BsonDocument command, String items, String filter, String update) {
        return items(command, items)
                .filter(item -> !BsonBoolean.FALSE.equals(item.getOrDefault("multi", BsonBoolean.FALSE)))
                .map(item -> new BsonDocument("filter", item.getOrDefault(filter, new BsonDocument()))
                        .append("update", item.getOrDefault(update, new BsonDocument()))
                        .append("options", item));
    }

    private static boolean changedSomething(MongoBulkWriteException e) {
        return e.getWriteResult().getInsertedCount() > 0
                || e.getWriteResult().getModifiedCount() > 0
                || e.getWriteResult().getDeletedCount() > 0
                || !e.getWriteResult().getUpserts().isEmpty();
    }

    /** {@code $out} puts its result into place at the end, all at once; {@code $merge} does not. */
    private static boolean merges(ShellCall call) {
        return items(call.isCommand() ? call.command() : call.arguments(), "pipeline")
                .anyMatch(stage -> stage.containsKey("$merge"));
    }

    private static boolean isOfSeveral(ShellCall call, String items) {
        return array(call.isCommand() ? call.command() : call.arguments(), items)
                        .size()
                > 1;
    }

    private static Stream<BsonDocument> items(BsonDocument document, String field) {
        return array(document, field).stream()
                .filter(BsonDocument.class::isInstance)
                .map(BsonValue::asDocument);
    }

    private static BsonArray array(BsonDocument document, String field) {
        return document.get(field) instanceof BsonArray array ? array : new BsonArray();
    }

    private static long count(BsonDocument document, String... fields) {
        return List.of(fields).stream()
                .mapToLong(field ->
                        document.getNumber(field, new BsonInt32(0)).asNumber().longValue())
                .sum();
    }
}
