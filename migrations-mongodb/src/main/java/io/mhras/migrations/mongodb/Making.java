package io.mhras.migrations.mongodb;

import java.util.List;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A collection that a call may make.
 *
 * @param to its full name
 * @param from the full name of the one whose documents and place it takes; null if it takes nobody's
 */
record Making(@Nullable String from, String to) {

    /** What this call may make: a write to a collection that is missing makes it, unless it only looks for documents. */
    static List<Making> of(ShellCall call) {
        return switch (call.operation()) {
            case "create", "createIndexes", "insert", "insertOne", "insertMany" -> here(call);
            case "updateOne", "updateMany", "replaceOne", "findOneAndUpdate", "findOneAndReplace" ->
                isUpsert(call.arguments().get("options")) ? here(call) : List.of();
            case "findAndModify", "findandmodify" -> isUpsert(call.command()) ? here(call) : List.of();
            case "update" -> documents(call.command(), "updates").anyMatch(Making::isUpsert) ? here(call) : List.of();
            case "bulkWrite" ->
                documents(call.arguments(), "operations").anyMatch(Making::addsDocuments) ? here(call) : List.of();
            case "convertToCapped" -> List.of(new Making(call.namespace(), call.namespace()));
            case "renameCollection" ->
                List.of(new Making(text(call.command(), call.operation()), text(call.command(), "to")));
            case "aggregate" -> result(call);
            default -> List.of();
        };
    }

    private static List<Making> here(ShellCall call) {
        return List.of(new Making(null, call.namespace()));
    }

    private static boolean addsDocuments(BsonDocument operation) {
        return operation.containsKey("insertOne") || operation.values().stream().anyMatch(Making::isUpsert);
    }

    private static boolean isUpsert(@Nullable BsonValue options) {
        return options instanceof BsonDocument document && BsonBoolean.TRUE.equals(document.get("upsert"));
    }

    /** {@code $out} puts another collection in the place of one that is there. */
    private static List<Making> result(ShellCall call) {
        BsonDocument last = documents(call.isCommand() ? call.command() : call.arguments(), "pipeline")
                .reduce(new BsonDocument(), (before, stage) -> stage);
        String database = call.namespace().replaceFirst("\\..*", "");
        if (last.containsKey("$out")) {
            String target = target(database, last.get("$out", BsonNull.VALUE));
            return List.of(new Making(target, target));
        }
        BsonValue merge = last.get("$merge");
        BsonValue into = merge instanceof BsonDocument options ? options.get("into") : merge;
        return into == null ? List.of() : List.of(new Making(null, target(database, into)));
    }

    private static String target(String database, BsonValue target) {
        return target instanceof BsonDocument named
                ? named.getString("db", new BsonString(database)).getValue() + "." + text(named, "coll")
                : database + "." + text(new BsonDocument("coll", target), "coll");
    }

    private static String text(BsonDocument document, String field) {
        return document.get(field) instanceof BsonString text ? text.getValue() : "";
    }

    private static Stream<BsonDocument> documents(BsonDocument from, String field) {
        return from.get(field) instanceof BsonArray array
                ? array.stream().filter(BsonValue::isDocument).map(BsonValue::asDocument)
                : Stream.of();
    }
}
