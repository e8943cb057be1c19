package io.mhras.migrations.testing.mongodb;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.bson.Document;
import io.mhras.migrations.testing.mongodb.index.IndexRules;
import io.mhras.migrations.testing.mongodb.protocol.Commands;
import io.mhras.migrations.testing.mongodb.protocol.Errors;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes, lists and drops indexes, with the server's refusals. */
final class IndexCommands {

    /** What tells two indexes on the same keys apart, since 5.0 (index_descriptor.cpp, compareIndexOptions). */
    private static final List<String> IDENTITY = List.of("partialFilterExpression", "collation", "unique", "sparse");

    /** What else must be the same for an index to be there already. */
    private static final List<String> COMPARED = List.of("expireAfterSeconds");

    private final DoubleBackend backend;
    private final Catalog catalog;
    private @Nullable Document underConstruction;

    IndexCommands(DoubleBackend backend, Catalog catalog) {
        this.backend = backend;
        this.catalog = catalog;
    }

    /** What the index of this name was asked to be, while it is being made. */
    Document underConstruction(String name) {
        return underConstruction != null && name.equals(underConstruction.get("name"))
                ? underConstruction
                : new Document();
    }

    Document create(Call call) {
        if (catalog.view(call.namespace()) != null) {
            throw Errors.commandNotSupportedOnView("Cannot create indexes on view " + call.namespace());
        }
        List<Document> asked = Commands.documents(call.query(), "indexes");
        if (asked.isEmpty()) {
            throw Errors.badValue("Must specify at least one index to create");
        }
        for (Document index : asked) {
            IndexRules.check(index);
            if (TimeSeries.is(catalog.options(call.namespace()))) {
                IndexRules.checkTimeSeries(index);
            }
        }
        boolean isNew = catalog.collection(call.database(), call.collection()) == null;
        int before = isNew ? 1 : list(call.database(), call.namespace()).size();
        List<Document> missing = new ArrayList<>();
        for (Document index : asked) {
            if (!exists(call, index)) {
                missing.add(index);
            }
        }
        for (Document index : missing) {
            List<Document> there = list(call.database(), call.namespace());
            IndexRules.checkText(index, there);
            IndexRules.checkCount(call.namespace(), index, Math.max(1, there.size()));
            build(call, index);
        }
        int after = list(call.database(), call.namespace()).size();
        Document answer = new Document("numIndexesBefore", before).append("numIndexesAfter", after);
        answer.append("createdCollectionAutomatically", isNew);
        if (missing.isEmpty()) {
            answer.append("note", "all indexes already exist");
        }
        return answer.append("ok", 1.0);
    }

    private boolean exists(Call call, Document asked) {
        if (sameKey(asked, new Document("key", new Document("_id", 1)))) {
            return true;
        }
        for (Document existing : list(call.database(), call.namespace())) {
            boolean sameKey = sameKey(existing, asked);
            boolean sameName = Objects.equals(existing.get("name"), asked.get("name"));
            boolean sameIdentity = sameKey && same(existing, asked, IDENTITY);
            if (sameName && !sameIdentity) {
                throw Errors.indexKeySpecsConflict(asked, existing);
            }
            if (sameName && !same(existing, asked, COMPARED)) {
                throw Errors.equivalentIndex(asked, existing);
            }
            if (sameIdentity && !sameName) {
                throw Errors.indexOptionsConflict(asked, existing);
            }
            if (sameName) {
                return true;
            }
        }
        return false;
    }

    /** In the same order, too. */
    private static boolean sameKey(Document one, Document other) {
        return comparable(one.get("key")).equals(comparable(other.get("key")));
    }

    private static boolean same(Document one, Document other, List<String> options) {
        return options.stream().allMatch(option -> comparable(one.get(option)).equals(comparable(other.get(option))));
    }

    private static Object comparable(@Nullable Object value) {
        if (value instanceof Document document) {
            List<Object> fields = new ArrayList<>();
            document.forEach((field, each) -> fields.add(List.of(field, comparable(each))));
            return fields;
        }
        if (value instanceof Collection<?> list) {
            return list.stream().map(IndexCommands::comparable).toList();
        }
        return value instanceof Number number ? number.doubleValue() : value == null ? false : value;
    }

    void build(Call call, Document index) {
        index.putIfAbsent("v", 2);
        building(index, () -> {
            List<Document> one = new ArrayList<>(List.of(index));
            call.plain("createIndexes", new Document("createIndexes", call.collection()).append("indexes", one));
        });
    }

    void building(Document index, Runnable build) {
        underConstruction = index;
        try {
            build.run();
        } finally {
            underConstruction = null;
        }
    }

    Document list(Call call) {
        if (catalog.view(call.namespace()) != null) {
            throw Errors.commandNotSupportedOnView("Namespace " + call.namespace() + " is a view, not a collection");
        }
        if (catalog.collection(call.database(), call.collection()) == null) {
            throw Errors.namespaceNotFound("ns does not exist: " + call.namespace());
        }
        List<Document> indexes = list(call.database(), call.namespace());
        indexes.forEach(index -> index.remove("ns"));
        return Commands.cursor(call.namespace(), indexes);
    }

    private List<Document> list(String database, String namespace) {
        return catalog.find(database, "system.indexes", new Document("ns", namespace));
    }

    Document drop(Call call) {
        MongoCollection<?> collection = catalog.collection(call.database(), call.collection());
        if (collection == null) {
            throw Errors.namespaceNotFound("ns not found " + call.namespace());
        }
        List<Document> all = list(call.database(), call.namespace());
        DoubleDatabase database = (DoubleDatabase) backend.resolveDatabase(call.database());
        if (!call.query().containsKey("index")) {
            throw Errors.location(40414, "BSON field 'dropIndexes.index' is missing but a required field");
        }
        for (String name : names(call.query().get("index"), all)) {
            database.dropIndex(call.collection(), name);
        }
        Document answer = new Document("nIndexesWas", all.size());
        if ("*".equals(call.query().get("index"))) {
            answer.append("msg", "non-_id indexes dropped for collection");
        }
        return answer.append("ok", 1.0);
    }

    private static List<String> names(@Nullable Object asked, List<Document> all) {
        List<String> names =
                all.stream().map(index -> (String) index.get("name")).toList();
        if ("*".equals(asked)) {
            return names.stream().filter(name -> !name.equals("_id_")).toList();
        }
        if (asked instanceof Collection<?> several) {
            return several.stream().flatMap(each -> names(each, all).stream()).toList();
        }
        if ("_id_".equals(asked) || Objects.equals(comparable(asked), comparable(new Document("_id", 1)))) {
            throw Errors.invalidOptions("cannot drop _id index");
        }
        if (asked instanceof Document key) {
            return all.stream()
                    .filter(index -> sameKey(index, new Document("key", key)))
                    .map(index -> (String) index.get("name"))
                    .findFirst()
                    .map(List::of)
                    .orElseThrow(() -> Errors.indexNotFound("can't find index with key: " + key));
        }
        if (!(asked instanceof String name) || !names.contains(name)) {
            throw Errors.indexNotFound("index not found with name [" + asked + "]");
        }
        return List.of(name);
    }

    /** Since 5.0 not on a replica set, whose members would do it one after the other under a lock. */
    Document rebuild(Call call, Topology topology) {
        if (topology == Topology.REPLICA_SET) {
            throw Errors.illegalOperation("reIndex is only allowed on a standalone mongod instance. Cannot reIndex '"
                    + call.namespace() + "' while replication is active");
        }
        List<Document> indexes = list(call.database(), call.namespace());
        if (indexes.isEmpty()) {
            throw Errors.namespaceNotFound("collection does not exist");
        }
        return new Document("nIndexesWas", indexes.size())
                .append("nIndexes", indexes.size())
                .append("indexes", indexes)
                .append("ok", 1.0);
    }
}
