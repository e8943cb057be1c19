package io.mhras.migrations.testing.mongodb;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.bson.Document;
import io.mhras.migrations.testing.mongodb.bson.Collation;
import io.mhras.migrations.testing.mongodb.protocol.Commands;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The collections' options, and the views. Keys are namespaces. */
final class Catalog {

    private final DoubleBackend backend;
    private final Map<String, Document> options = new ConcurrentHashMap<>();
    private final Map<String, Document> views = new ConcurrentHashMap<>();

    private final Violations violations = new Violations();

    Catalog(DoubleBackend backend) {
        this.backend = backend;
    }

    Violations violations() {
        return violations;
    }

    /** What a collection was created with; empty if with nothing. */
    Document options(String namespace) {
        return options.getOrDefault(namespace, new Document());
    }

    void setOptions(String namespace, Document value) {
        options.put(namespace, value);
    }

    /** What a view was created with; null if there is no such view. */
    @Nullable Document view(String namespace) {
        return views.get(namespace);
    }

    void setView(String namespace, Document value) {
        views.put(namespace, value);
    }

    /** The views of a database by their names without it. */
    Map<String, Document> views(String database) {
        Map<String, Document> found = new LinkedHashMap<>();
        views.forEach((namespace, view) -> {
            if (namespace.startsWith(database + ".")) {
                found.put(namespace.substring(database.length() + 1), view);
            }
        });
        return found;
    }

    boolean dropView(String namespace) {
        return views.remove(namespace) != null;
    }

    void forget(String namespace) {
        options.remove(namespace);
    }

    void forgetDatabase(String database) {
        options.keySet().removeIf(namespace -> namespace.startsWith(database + "."));
        views.keySet().removeIf(namespace -> namespace.startsWith(database + "."));
    }

    void rename(String from, String to) {
        Document moved = options.remove(from);
        options.remove(to);
        if (moved != null) {
            options.put(to, moved);
        }
    }

    /** Whether an aggregation would compare texts in another way than by their bytes. */
    boolean isCollated(Call call) {
        Document own = Commands.document(call.query(), "collation");
        Collation by = Collation.of(own.isEmpty() ? Commands.document(options(call.namespace()), "collation") : own);
        return by != null && by.folds();
    }

    boolean isCapped(String namespace) {
        return Commands.isTrue(options(namespace), "capped");
    }

    /** Null if there is no such collection. */
    @Nullable MongoCollection<?> collection(String database, String name) {
        return name.isEmpty() ? null : backend.resolveDatabase(database).resolveCollection(name, false);
    }

    /** Copies of all documents that match. */
    List<Document> find(String database, String name, Document filter) {
        List<Document> found = new ArrayList<>();
        MongoCollection<?> collection = collection(database, name);
        if (collection != null) {
            collection.handleQuery(filter).forEach(document -> found.add(document.cloneDeeply()));
        }
        return found;
    }
}
