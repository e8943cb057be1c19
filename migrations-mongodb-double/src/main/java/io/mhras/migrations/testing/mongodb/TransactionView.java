package io.mhras.migrations.testing.mongodb;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.NoopOplog;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The databases as one transaction sees them: copies from when it began, with its own writes, which others do not see
 * before they are committed.
 */
final class TransactionView {

    private final DoubleBackend backend;
    private final Map<String, DoubleDatabase> copies = new HashMap<>();

    /** The documents as they were, by namespace and id; there for what was a collection. */
    private final Map<String, Map<Object, Document>> before = new HashMap<>();

    /** What the transaction made of them; null for what it deleted. */
    private final Map<String, Map<Object, @Nullable Document>> written = new LinkedHashMap<>();

    private final Map<String, Document> madeOptions = new LinkedHashMap<>();

    TransactionView(DoubleBackend backend) {
        this.backend = backend;
    }

    DoubleDatabase database(String name) {
        DoubleDatabase copy = copies.get(name);
        if (copy == null) {
            copy = copy(name);
            copies.put(name, copy);
        }
        return copy;
    }

    private DoubleDatabase copy(String name) {
        DoubleDatabase copy = (DoubleDatabase) backend.openOrCreateDatabase(name);
        DoubleDatabase real = backend.realDatabase(name);
        for (String collection : real.collectionNames()) {
            String namespace = name + "." + collection;
            Map<Object, Document> documents = new LinkedHashMap<>();
            DoubleCollection target = (DoubleCollection)
                    copy.createCollectionOrThrowIfExists(collection, CollectionOptions.withDefaults());
            for (Document document : real.documents(collection)) {
                documents.put(document.get("_id"), document.cloneDeeply());
                target.restore(document.cloneDeeply());
            }
            before.put(namespace, documents);
            real.copyIndexes(collection, copy, backend.indexes());
        }
        return copy;
    }

    boolean isThere(String namespace) {
        return before.containsKey(namespace);
    }

    /** Notes what a command has written, after it. */
    void note(String database, String collection, Document options) {
        String namespace = database + "." + collection;
        DoubleDatabase copy = database(database);
        if (copy.resolveCollection(collection, false) == null) {
            return;
        }
        Map<Object, Document> old = before.getOrDefault(namespace, Map.of());
        Map<Object, @Nullable Document> changes = new LinkedHashMap<>();
        Map<Object, Document> now = new LinkedHashMap<>();
        copy.documents(collection).forEach(document -> now.put(document.get("_id"), document));
        now.forEach((id, document) -> {
            if (!document.equals(old.get(id))) {
                changes.put(id, document.cloneDeeply());
            }
        });
        old.keySet().stream().filter(id -> !now.containsKey(id)).forEach(id -> changes.put(id, null));
        if (!changes.isEmpty() || !isThere(namespace)) {
            written.put(namespace, changes);
        }
        if (!isThere(namespace)) {
            madeOptions.put(namespace, options);
        }
    }

    Map<String, Document> madeOptions() {
        return madeOptions;
    }

    boolean wrote(String namespace, @Nullable Object id) {
        return written.getOrDefault(namespace, Map.of()).containsKey(id);
    }

    boolean touches(String namespace) {
        return written.containsKey(namespace);
    }

    /** Whether others have committed changes of what this one wrote, or have written it and not committed. */
    boolean conflicts(Iterable<TransactionView> others) {
        for (Map.Entry<String, Map<Object, @Nullable Document>> collection : written.entrySet()) {
            String namespace = collection.getKey();
            DoubleDatabase real = backend.realDatabase(database(collection));
            String name = name(collection);
            boolean exists = real.resolveCollection(name, false) != null;
            if (exists != isThere(namespace)) {
                return true;
            }
            Map<Object, Document> current = new HashMap<>();
            if (exists) {
                real.documents(name).forEach(document -> current.put(document.get("_id"), document));
            }
            for (Object id : collection.getValue().keySet()) {
                boolean isChanged = !Objects.equals(
                        current.get(id),
                        before.getOrDefault(namespace, Map.of()).get(id));
                if (isChanged) {
                    return true;
                }
                for (TransactionView other : others) {
                    if (other != this && other.wrote(namespace, id)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static String database(Map.Entry<String, ?> collection) {
        return collection.getKey().substring(0, collection.getKey().indexOf('.'));
    }

    private static String name(Map.Entry<String, ?> collection) {
        return collection.getKey().substring(collection.getKey().indexOf('.') + 1);
    }

    void commit(Catalog catalog) {
        written.forEach((namespace, changes) -> {
            Map.Entry<String, ?> key = Map.entry(namespace, changes);
            DoubleDatabase real = backend.realDatabase(database(key));
            String name = name(key);
            if (!isThere(namespace)) {
                real.createCollectionOrThrowIfExists(name, CollectionOptions.withDefaults());
                Document options = madeOptions.getOrDefault(namespace, new Document());
                if (!options.isEmpty()) {
                    catalog.setOptions(namespace, options);
                }
            }
            changes.forEach((id, after) ->
                    put(real, name, id, before.getOrDefault(namespace, Map.of()).get(id), after));
            database(database(key)).copyIndexes(name, real, backend.indexes());
        });
    }

    private static void put(
            DoubleDatabase real, String name, Object id, @Nullable Document old, @Nullable Document after) {
        MongoCollection<?> collection = Objects.requireNonNull(real.resolveCollection(name, false));
        Document selector = new Document("_id", id);
        if (after == null) {
            collection.deleteDocuments(selector, 1, NoopOplog.get());
        } else if (old == null) {
            ((DoubleCollection) collection).restore(after);
        } else {
            collection.updateDocuments(selector, after, ArrayFilters.empty(), false, false, NoopOplog.get());
        }
    }
}
