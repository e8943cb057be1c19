package io.mhras.migrations.mongodb;

import java.util.Set;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a script asks of the server.
 *
 * @param operation a command's name, for example {@code createIndexes}, or one of the shell's, for example {@code insertOne}
 * @param namespace database and collection, for example {@code compliance.audits}; the database alone where there is none
 * @param arguments type-exact; with the ids that the script's side made up. A command's are {@code {database, command}}
 * @param line of the script, from 1; 0 if not known
 * @param column from 1; 0 if not known
 */
record ShellCall(String operation, String namespace, BsonDocument arguments, int line, int column) {

    private static final Set<String> READS = Set.of(
            "find",
            "countDocuments",
            "estimatedDocumentCount",
            "count",
            "distinct",
            "explain",
            "validate",
            "listCollections",
            "listIndexes",
            "listDatabases",
            "collStats",
            "dataSize",
            "dbStats",
            "dbHash",
            "usersInfo",
            "rolesInfo");

    private static final Set<String> OF_SERVER_OR_CURSOR = Set.of(
            "getMore",
            "killCursors",
            "ping",
            "hello",
            "isMaster",
            "ismaster",
            "buildInfo",
            "buildinfo",
            "hostInfo",
            "serverStatus",
            "connectionStatus",
            "currentOp",
            "getParameter",
            "getCmdLineOpts",
            "replSetGetStatus",
            "whatsmyuri");

    /** Whether it is a command as {@code runCommand} takes it, and not one of the shell's operations. */
    boolean isCommand() {
        return arguments.containsKey("command");
    }

    /** The command, if it is one. */
    BsonDocument command() {
        return arguments.getDocument("command");
    }

    /** The same with another argument. */
    ShellCall with(String name, BsonValue value) {
        return new ShellCall(operation, namespace, arguments.clone().append(name, value), line, column);
    }

    /** Whether it may create a collection: a write to one that is missing does, unless it only looks for documents. */
    boolean mayCreate() {
        return switch (operation) {
            case "create", "createIndexes", "insert", "insertOne", "insertMany" -> true;
            case "updateOne", "updateMany", "replaceOne", "findOneAndUpdate", "findOneAndReplace" ->
                isUpsert(arguments.get("options"));
            case "findAndModify", "findandmodify" -> isUpsert(command());
            case "update" -> items(command(), "updates").anyMatch(ShellCall::isUpsert);
            case "bulkWrite" ->
                items(arguments, "operations")
                        .anyMatch(item -> item.containsKey("insertOne")
                                || item.values().stream().anyMatch(ShellCall::isUpsert));
            case "aggregate" -> writes();
            default -> false;
        };
    }

    private static boolean isUpsert(@Nullable BsonValue options) {
        return options instanceof BsonDocument document && BsonBoolean.TRUE.equals(document.get("upsert"));
    }

    private static Stream<BsonDocument> items(BsonDocument from, String field) {
        return from.getArray(field, new BsonArray()).stream()
                .filter(BsonValue::isDocument)
                .map(BsonValue::asDocument);
    }

    /** Whether it only asks the server about itself, or goes on with a cursor, whose query was asked when it was opened. */
    boolean isOfServerOrCursor() {
        return OF_SERVER_OR_CURSOR.contains(operation);
    }

    /** Whether it changes something. What is not known to only read does. */
    boolean writes() {
        return operation.equals("aggregate")
                ? writes(isCommand() ? command() : arguments)
                : !READS.contains(operation) && !isOfServerOrCursor();
    }

    private static boolean writes(BsonDocument aggregation) {
        if (!(aggregation.get("pipeline") instanceof BsonArray pipeline) || pipeline.isEmpty()) {
            return false;
        }
        BsonValue last = pipeline.get(pipeline.size() - 1);
        return last instanceof BsonDocument stage && (stage.containsKey("$out") || stage.containsKey("$merge"));
    }
}
