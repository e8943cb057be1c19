package io.mhras.migrations.mongodb;

import com.mongodb.client.MongoClient;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** What the statements of a dry run would have changed, if they had been sent; and which reads would have seen it. */
final class UnwrittenChanges {

    /**
     * What changes something first.
     *
     * @param namespace see {@link ShellCall}
     * @param place in words, with a verb
     */
    record Change(String namespace, String place) {}

    /** These change no document. */
    private static final Set<String> OF_STRUCTURE =
            Set.of("create", "createIndexes", "dropIndexes", "collMod", "reIndex", "compact");

    private static final Set<String> READS_OF_STRUCTURE = Set.of("listCollections", "listIndexes");

    /** Of the server; or of a cursor, whose query was asked when it was opened. */
    private static final Set<String> READS_OF_OTHER_THINGS = Set.of(
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

    private final Witness witness;
    private final Map<String, Change> documents = new HashMap<>();
    private final Map<String, Change> structures = new HashMap<>();
    private @Nullable Change unknown;

    UnwrittenChanges(MongoClient client) {
        witness = new Witness(client);
    }

    /** A write that is not sent. */
    void add(ShellCall write, String place) {
        boolean isOfStructure = OF_STRUCTURE.contains(write.operation())
                && !(write.isCommand() && write.command().containsKey("viewOn"));
        for (String namespace : changed(write)) {
            Change change = new Change(namespace, place);
            boolean isFirst = !isOfStructure && documents.putIfAbsent(namespace, change) == null;
            if (isOfStructure || write.isCommand() || (isFirst && isMissing(namespace))) {
                structures.putIfAbsent(namespace, change);
            }
        }
    }

    /** Other statements than those that are known may be sent too, from this place on. */
    void addUnknown(Change first) {
        if (unknown == null) {
            unknown = first;
        }
    }

    /** Whether a collection is neither there nor made by what was not sent. */
    boolean isMissing(String namespace) {
        return namespace.indexOf('.') > 0
                && !structures.containsKey(namespace)
                && witness.collection(namespace) == null;
    }

    /** Whether a collection is there with other options than those with which it is to be created: refused, then. */
    boolean isThereOtherwise(ShellCall create) {
        String namespace = create.namespace();
        if (structures.containsKey(namespace) || documents.containsKey(namespace)) {
            return false;
        }
        BsonDocument collection = witness.collection(namespace);
        BsonDocument wanted = create.command().clone();
        List.of("create", "writeConcern", "comment").forEach(wanted::remove);
        // From MongoDB 7.0 on the same options are no error (SERVER-60064).
        return collection != null && !wanted.equals(collection.getDocument("options", new BsonDocument()));
    }

    /** What this read would have seen changed; null if it sees now what it would see then. */
    @Nullable Change seenBy(ShellCall read) {
        if (READS_OF_OTHER_THINGS.contains(read.operation())) {
            return null;
        }
        if (unknown != null) {
            return unknown;
        }
        boolean isOfStructure = READS_OF_STRUCTURE.contains(read.operation());
        boolean isOfDocuments = !read.isCommand() || read.operation().equals("distinct");
        for (String namespace : read(read)) {
            Change change = isOfStructure ? null : in(documents, namespace);
            if (change == null && !isOfDocuments) {
                change = in(structures, namespace);
            }
            if (change != null) {
                return change;
            }
        }
        return null;
    }

    /** In a collection, or in a whole database. */
    private static @Nullable Change in(Map<String, Change> changes, String namespace) {
        int dot = namespace.indexOf('.');
        if (dot > 0) {
            Change change = changes.get(namespace);
            return change == null ? changes.get(namespace.substring(0, dot)) : change;
        }
        return changes.values().stream()
                .filter(change -> namespace.isEmpty()
                        || change.namespace().equals(namespace)
                        || change.namespace().startsWith(namespace + "."))
                .findFirst()
                .orElse(null);
    }

    private static Set<String> changed(ShellCall write) {
        if (write.operation().equals("renameCollection")) {
            BsonDocument command = write.command();
            return Set.of(Witness.changed(write), command.getString("to").getValue());
        }
        if (write.operation().equals("aggregate")) {
            BsonDocument aggregation = write.isCommand() ? write.command() : write.arguments();
            BsonArray pipeline = aggregation.getArray("pipeline");
            return Set.of(target(pipeline.get(pipeline.size() - 1).asDocument(), database(write.namespace())));
        }
        return Set.of(write.namespace());
    }

    /** Of {@code $out} and {@code $merge}: a name, or {@code {db, coll}}. */
    private static String target(BsonDocument stage, String database) {
        BsonValue target = stage.get(stage.getFirstKey());
        if (target instanceof BsonDocument merge && merge.containsKey("into")) {
            target = merge.get("into");
        }
        if (target instanceof BsonDocument named) {
            return named.getString("db", new BsonString(database)).getValue() + "."
                    + named.getString("coll").getValue();
        }
        return database + "." + String.valueOf(target instanceof BsonString name ? name.getValue() : target);
    }

    private static Set<String> read(ShellCall read) {
        String database = database(read.namespace());
        if (read.operation().equals("listDatabases")) {
            return Set.of("");
        }
        Set<String> namespaces = new LinkedHashSet<>();
        BsonDocument asked = read.isCommand() ? read.command() : read.arguments();
        boolean isOfOne = read.operation().equals("listCollections")
                && asked.get("filter") instanceof BsonDocument filter
                && filter.get("name") instanceof BsonString name
                && namespaces.add(database + "." + name.getValue());
        if (!isOfOne) {
            namespaces.add(read.namespace());
        }
        if (asked.get("pipeline") instanceof BsonArray pipeline) {
            pipeline.forEach(stage -> joined(stage, database, namespaces));
        }
        return namespaces;
    }

    /** The collections that a pipeline reads beside its own. */
    private static void joined(BsonValue value, String database, Set<String> namespaces) {
        if (value instanceof BsonArray values) {
            values.forEach(each -> joined(each, database, namespaces));
        } else if (value instanceof BsonDocument document) {
            document.forEach((name, each) -> {
                if (each instanceof BsonString text
                        && Set.of("from", "coll", "$unionWith").contains(name)) {
                    namespaces.add(database + "." + text.getValue());
                }
                joined(each, database, namespaces);
            });
        }
    }

    private static String database(String namespace) {
        int dot = namespace.indexOf('.');
        return dot < 0 ? namespace : namespace.substring(0, dot);
    }
}
