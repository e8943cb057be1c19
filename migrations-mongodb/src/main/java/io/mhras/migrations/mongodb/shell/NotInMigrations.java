package io.mhras.migrations.mongodb.shell;

import static java.util.Map.entry;

import java.util.HashMap;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonString;

/**
 * What mongosh has, or the shells before it, and a migration has not, with what to write instead. A script's text is searched
 * for it before it runs; what mongosh itself has refuses at run time too, where it is got at in a way that the text does not
 * show.
 */
final class NotInMigrations {

    static final String NO_MODULES =
            "A migration is one file. load('lib/other.js') runs another script of its folder first.";
    static final String STOPPING = "To stop with an error, throw one; to stop without one, put the rest into an if.";

    private static final String ONE_CONNECTION =
            "The application already is connected. db.getSiblingDB('other') reaches another database.";
    private static final String ONLY_THE_DATABASE = "A migration sees the database only.";
    private static final String NO_STREAM = "A migration reads what is there, and ends. Use find() or aggregate().";
    private static final String BY_HAND = "Run it in mongosh, by hand: it belongs to the running of the server.";

    /** mongosh's own. */
    static final Map<String, String> FUNCTIONS = byName(
            entry(ONE_CONNECTION, "connect Mongo"),
            entry(STOPPING, "quit exit"),
            entry("A migration runs with no one at the keyboard.", "passwordPrompt edit help cls"),
            entry(
                    ONLY_THE_DATABASE + " Write what it needs from a file into it, or into a script for load().",
                    "ls cat cd pwd mkdir listFiles removeFile copyFile writeFile"),
            entry(ONLY_THE_DATABASE, "hostname getHostName run runProgram runMongoProgram startParallelShell"),
            entry("Use printjson(value), or EJSON.stringify(value).", "tojson tojsononeline printjsononeline"));

    /** Others', which scripts ask for with {@code typeof} first: so they are not there at run time. */
    static final Map<String, String> FOREIGN_FUNCTIONS = byName(
            entry(NO_MODULES, "require"),
            entry("Use sleep(milliseconds).", "setTimeout setImmediate"),
            entry("Use a loop with sleep(milliseconds).", "setInterval"),
            entry(ONLY_THE_DATABASE, "fetch"));

    /** The same. */
    static final Map<String, String> OBJECTS = byName(
            entry(ONLY_THE_DATABASE + " Put what differs between environments into a placeholder.", "process"),
            entry("Use BinData(0, 'base64') or HexData(0, 'hex').", "Buffer"),
            entry(
                    "A file is run from its top to its end, as by mongosh. Write into it what 'up' does, and what 'down' does"
                            + " into a file beside it that ends in .down.js.",
                    "module exports"),
            entry(BY_HAND + " To look at the replica set, use db.adminCommand({ replSetGetStatus: 1 }).", "rs"),
            entry(
                    "Use the command: db.adminCommand({ shardCollection: 'shop.orders', key: { _id: 'hashed' } });"
                            + " or run it in mongosh, by hand.",
                    "sh"),
            entry(BY_HAND, "sp"),
            entry("Say it to the cursor: find().batchSize(500), for example.", "DBQuery DBCollection DBCommandCursor"));

    private static final Map<String, String> OF_DATABASE = byName(
            entry("The application already is connected. Grant its user what the migration needs.", "auth"),
            entry("The application stays connected.", "logout"),
            entry(NO_STREAM, "watch"),
            entry("Use aggregate() with $out or $merge.", "cloneDatabase copyDatabase cloneCollection"),
            entry("A write that fails throws an error.", "getLastError getLastErrorObj"),
            entry(
                    BY_HAND,
                    "shutdownServer fsyncLock fsyncUnlock killOp setProfilingLevel setLogLevel enableFreeMonitoring"
                            + " disableFreeMonitoring rotateCertificates printShardingStatus printReplicationInfo"
                            + " printSecondaryReplicationInfo getReplicationInfo"));

    private static final Map<String, String> OF_COLLECTION = byName(
            entry(NO_STREAM, "watch"),
            entry("Use aggregate().", "mapReduce"),
            entry("Use insertOne(), or replaceOne({ _id: 1 }, document, { upsert: true }).", "save"),
            entry("Use aggregate() with $out.", "copyTo"),
            entry(
                    "Use the command: db.runCommand({ createSearchIndexes: 'orders', indexes: [...] }).",
                    "createSearchIndex createSearchIndexes"),
            entry("Use the command: db.runCommand({ updateSearchIndex: 'orders', ... }).", "updateSearchIndex"),
            entry("Use the command: db.runCommand({ dropSearchIndex: 'orders', name: ... }).", "dropSearchIndex"),
            entry("Use aggregate([{ $listSearchIndexes: {} }]).", "getSearchIndexes"),
            entry(BY_HAND, "analyzeShardKey configureQueryAnalyzer getShardDistribution getPlanCache"));

    private static final Map<String, String> OF_CONNECTION = byName(
            entry(
                    "Write // migrate:transaction file at the top of the file: then all of it is one transaction.",
                    "startSession"),
            entry(NO_STREAM, "watch"));

    /** Older shells'; a collection may have such a name by now. */
    private static final Map<String, String> OLD = byName(
            entry("Use aggregate() with $group.", "group"),
            entry("Write it in the script itself.", "eval"),
            entry(BY_HAND, "repairDatabase"));

    /** Methods of what hangs on {@code db}. */
    static final Map<String, String> METHODS = new HashMap<>(OLD);

    static {
        METHODS.putAll(OF_DATABASE);
        METHODS.putAll(OF_COLLECTION);
        METHODS.putAll(OF_CONNECTION);
    }

    /** For the script's side, as JSON. */
    static final String AT_RUN_TIME = new BsonDocument("functions", document(FUNCTIONS))
            .append("database", document(OF_DATABASE))
            .append("collection", document(OF_COLLECTION))
            .append("connection", document(OF_CONNECTION))
            .toJson();

    private NotInMigrations() {}

    @SafeVarargs
    private static Map<String, String> byName(Map.Entry<String, String>... namesByRemedy) {
        Map<String, String> remedies = new HashMap<>();
        for (Map.Entry<String, String> each : namesByRemedy) {
            for (String name : each.getValue().split(" ", -1)) {
                remedies.put(name, each.getKey());
            }
        }
        return Map.copyOf(remedies);
    }

    private static BsonDocument document(Map<String, String> remedies) {
        BsonDocument document = new BsonDocument();
        remedies.forEach((name, remedy) -> document.append(name, new BsonString(remedy)));
        return document;
    }
}
