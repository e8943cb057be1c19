package io.mhras.migrations.mongodb;

import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;

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
