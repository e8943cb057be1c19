package io.mhras.migrations.testing.mongodb;

import de.bwaldvogel.mongo.bson.Document;
import io.mhras.migrations.testing.mongodb.aggregation.Pipelines;
import io.mhras.migrations.testing.mongodb.protocol.Commands;
import io.mhras.migrations.testing.mongodb.protocol.Errors;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the server refuses before it looks at what a command is about. mongo-java-server passes over what it does not know;
 * the server's parser (its {@code .idl} files) does not.
 */
final class CommandRules {

    /** What a command takes beyond its name and what any command takes, for those whose parser is strict. */
    private static final Map<String, Set<String>> FIELDS = Map.ofEntries(
            fields("insert", "documents ordered bypassDocumentValidation stmtId stmtIds collectionUUID"),
            fields("update", "updates ordered bypassDocumentValidation let stmtId stmtIds collectionUUID"),
            fields("delete", "deletes ordered let stmtId stmtIds collectionUUID"),
            fields(
                    "findAndModify",
                    "query fields sort hint collation arrayFilters remove update upsert new bypassDocumentValidation let"
                            + " stmtId"),
            fields(
                    "find",
                    "filter projection sort hint skip limit batchSize singleBatch allowDiskUse min max returnKey"
                            + " showRecordId tailable oplogReplay noCursorTimeout awaitData allowPartialResults collation let"),
            fields(
                    "aggregate",
                    "pipeline explain allowDiskUse cursor hint collation bypassDocumentValidation let collectionUUID"),
            fields("count", "query limit skip hint collation fields"),
            fields("distinct", "key query collation hint"),
            fields("createIndexes", "indexes commitQuorum v ignoreUnknownIndexOptions"),
            fields("dropIndexes", "index"),
            fields(
                    "collMod",
                    "index validator validationLevel validationAction viewOn pipeline expireAfterSeconds timeseries"
                            + " changeStreamPreAndPostImages cappedSize cappedMax dryRun"),
            fields("listCollections", "filter cursor nameOnly authorizedCollections includePendingDrops"));

    private static final Map<String, Set<String>> ELEMENTS = Map.of(
            "updates", Set.of("q", "u", "c", "arrayFilters", "multi", "upsert", "upsertSupplied", "collation", "hint"),
            "deletes", Set.of("q", "limit", "hint", "collation"));

    private static final Set<String> WITHOUT_WRITE_CONCERN = Set.of(
            "buildinfo",
            "collstats",
            "connectionstatus",
            "count",
            "currentop",
            "dbstats",
            "distinct",
            "explain",
            "find",
            "getmore",
            "hello",
            "listcollections",
            "listdatabases",
            "listindexes",
            "ping",
            "serverstatus",
            "usersinfo",
            "validate");

    private static final Set<String> WRITING = Set.of("insert", "update", "delete", "findandmodify", "createindexes");

    private static final Set<String> WITH_READ_CONCERN = Set.of("find", "aggregate", "count", "distinct", "explain");

    private CommandRules() {}

    private static Map.Entry<String, Set<String>> fields(String command, String names) {
        return Map.entry(command, Set.of(names.split(" ")));
    }

    static void check(Call call) {
        checkFields(call);
        String name = call.name().toLowerCase(Locale.ROOT);
        if (call.query().get(call.name()) instanceof String collection) {
            if (WRITING.contains(name)) {
                CollectionNames.checkWritten(call.database(), collection);
            } else if (WITH_READ_CONCERN.contains(name)) {
                CollectionNames.check(call.database(), collection);
            }
        }
        boolean onlyReads = name.equals("aggregate") && !Pipelines.writes(call.query());
        if (call.query().containsKey("writeConcern") && (onlyReads || WITHOUT_WRITE_CONCERN.contains(name))) {
            throw Errors.invalidOptions("Command does not support writeConcern");
        }
        String level = Commands.text(Commands.document(call.query(), "readConcern"), "level");
        boolean isLocal = level.isEmpty() || level.equals("local");
        if (!isLocal && !call.query().containsKey("autocommit") && !WITH_READ_CONCERN.contains(name)) {
            throw Errors.readConcernNotSupported(call.name(), "", level);
        }
        if (name.equals("aggregate")) {
            checkAggregate(call, isLocal, level);
        }
    }

    private static void checkFields(Call call) {
        Set<String> known = FIELDS.get(call.name());
        if (known == null) {
            return;
        }
        for (String field : call.options().keySet()) {
            if (!known.contains(field)) {
                throw Errors.unknownField(call.name(), field);
            }
        }
        ELEMENTS.forEach((list, fields) -> {
            for (Document element : Commands.documents(call.query(), list)) {
                for (String field : element.keySet()) {
                    if (!fields.contains(field)) {
                        throw Errors.unknownField(call.name() + "." + list, field);
                    }
                }
            }
        });
    }

    /** document_source_current_op.h: first stage, of admin as a whole, of what is now and not of what is acknowledged. */
    private static void checkAggregate(Call call, boolean isLocal, String level) {
        if (!call.query().containsKey("cursor") && !call.query().containsKey("explain")) {
            throw Errors.failedToParse(
                    "The 'cursor' option is required, except for aggregate with the explain argument");
        }
        List<Document> pipeline = Commands.documents(call.query(), "pipeline");
        if (pipeline.isEmpty() || !pipeline.get(0).containsKey("$currentOp")) {
            return;
        }
        if (!call.database().equals("admin") || !call.collection().isEmpty()) {
            throw Errors.invalidNamespace("$currentOp must be run against the 'admin' database with {aggregate: 1}");
        }
        if (!isLocal) {
            throw Errors.invalidOptions("Aggregation stage $currentOp cannot run with a readConcern other than 'local',"
                    + " or in a multi-document transaction. Current readConcern: " + level);
        }
    }
}
