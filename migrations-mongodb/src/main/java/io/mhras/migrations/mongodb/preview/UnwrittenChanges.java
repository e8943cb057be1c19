package io.mhras.migrations.mongodb.preview;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import io.mhras.migrations.mongodb.server.CollectionCatalog;
import io.mhras.migrations.mongodb.server.CollectionOptions;
import io.mhras.migrations.mongodb.server.MongoErrors;
import io.mhras.migrations.mongodb.shell.Namespaces;
import io.mhras.migrations.mongodb.shell.Operation;
import io.mhras.migrations.mongodb.shell.Operation.Effect;
import io.mhras.migrations.mongodb.shell.Operation.Trait;
import io.mhras.migrations.mongodb.shell.ShellCall;
import java.util.HashMap;
import java.util.Map;
import org.bson.BsonDocument;
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

    private final CollectionCatalog catalog;
    private final Map<String, Change> documents = new HashMap<>();
    private final Map<String, Change> structures = new HashMap<>();
    private @Nullable Change unknown;

    UnwrittenChanges(MongoClient client) {
        catalog = new CollectionCatalog(client);
    }

    /** A write that is not sent. */
    void add(ShellCall write, String place) {
        add(write, write.changed(), place);
        if (write.is(Operation.RENAME_COLLECTION)) {
            add(write, write.newName(), place);
        }
    }

    private void add(ShellCall write, String namespace, String place) {
        boolean isOfStructure = write.has(Trait.NO_DOCUMENTS) && !write.asked().containsKey("viewOn");
        Change change = new Change(namespace, place);
        boolean isFirst = !isOfStructure && documents.putIfAbsent(namespace, change) == null;
        if (isOfStructure || write.isCommand() || (isFirst && isMissing(namespace))) {
            structures.putIfAbsent(namespace, change);
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
        return namespace.indexOf('.') > 0 && in(structures, namespace) == null && collection(namespace) == null;
    }

    /** Whether a collection is there with other options than those with which it is to be created: refused, then. */
    boolean isThereOtherwise(ShellCall create) {
        String namespace = create.namespace();
        if (in(structures, namespace) != null || documents.containsKey(namespace)) {
            return false;
        }
        BsonDocument collection = collection(namespace);
        // With the same options it is no error, from MongoDB 7.0 on (SERVER-60064).
        return collection != null
                && CollectionOptions.difference(create.command(), collection.getDocument("options", new BsonDocument()))
                        != null;
    }

    /** What the user may not see is taken as missing. */
    private @Nullable BsonDocument collection(String namespace) {
        try {
            return catalog.entry(namespace);
        } catch (MongoException e) {
            if (MongoErrors.leavesOpenWhatHappened(e)) {
                throw MongoErrors.ofConnection(e);
            }
            return null;
        }
    }

    /** What this read would have seen changed; null if it sees now what it would see then. */
    @Nullable Change seenBy(ShellCall read) {
        if (read.operation().effect() == Effect.LOOKS_AT_SERVER) {
            return null;
        }
        if (unknown != null) {
            return unknown;
        }
        boolean isOfStructure = read.has(Trait.CATALOGUE);
        boolean isOfDocuments = !read.isCommand() || read.is(Operation.DISTINCT);
        for (String namespace : Namespaces.seenBy(read)) {
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
}
