package io.mhras.migrations.testing.mongodb;

import de.bwaldvogel.mongo.bson.Document;
import io.mhras.migrations.testing.mongodb.protocol.Commands;
import io.mhras.migrations.testing.mongodb.protocol.Errors;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What users may not do, by the names of MongoDB's privilege actions; all users are one. */
final class Privileges {

    private final Set<String> denied = ConcurrentHashMap.newKeySet();

    void deny(List<String> actions) {
        denied.addAll(actions);
    }

    /** To see and to end one's own operations takes no privilege on a mongod. */
    void check(Call call) {
        if (denied.contains(action(call))) {
            throw Errors.unauthorized(call.database(), call.query());
        }
    }

    private static String action(Call call) {
        return switch (call.name().toLowerCase(Locale.ROOT)) {
            case "aggregate" -> actionOf(Commands.documents(call.query(), "pipeline"));
            case "create" -> "createCollection";
            case "createindexes" -> "createIndex";
            case "drop" -> "dropCollection";
            case "dropindexes" -> "dropIndex";
            case "delete" -> "remove";
            case "findandmodify" -> "update";
            default -> call.name();
        };
    }

    private static String actionOf(List<Document> pipeline) {
        Document first = pipeline.isEmpty() ? new Document() : pipeline.get(0);
        if (first.containsKey("$currentOp")) {
            return Commands.isTrue(Commands.document(first, "$currentOp"), "allUsers") ? "inprog" : "none";
        }
        return first.containsKey("$indexStats") ? "indexStats" : "find";
    }
}
