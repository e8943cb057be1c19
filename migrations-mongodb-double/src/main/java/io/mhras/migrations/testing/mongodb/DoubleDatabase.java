package io.mhras.migrations.testing.mongodb;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.memory.MemoryCollection;
import de.bwaldvogel.mongo.backend.memory.MemoryDatabase;
import de.bwaldvogel.mongo.bson.Document;
import io.mhras.migrations.testing.mongodb.index.GuardedIndex;
import io.mhras.migrations.testing.mongodb.index.PartialUniqueIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A database whose collections hold their validators and limits. */
final class DoubleDatabase extends MemoryDatabase {

    private final Catalog catalog;
    private final IndexCommands indexCommands;

    DoubleDatabase(String name, CursorRegistry cursors, Catalog catalog, IndexCommands indexCommands) {
        super(name, cursors);
        this.catalog = catalog;
        this.indexCommands = indexCommands;
    }

    @Override
    protected MemoryCollection openOrCreateCollection(String name, CollectionOptions options) {
        return name.startsWith("system.")
                ? super.openOrCreateCollection(name, options)
                : new DoubleCollection(this, name, options, cursorRegistry, catalog);
    }

    @Override
    protected Index<Integer> openOrCreateUniqueIndex(
            String collection, String name, List<IndexKey> keys, boolean sparse) {
        Document spec = indexCommands.underConstruction(name);
        return spec.containsKey("partialFilterExpression") || spec.containsKey("collation")
                ? new PartialUniqueIndex(name, keys, sparse, spec)
                : super.openOrCreateUniqueIndex(collection, name, keys, sparse);
    }

    @Override
    protected Index<Integer> openOrCreateSecondaryIndex(
            String collection, String name, List<IndexKey> keys, boolean sparse) {
        String namespace = databaseName + "." + collection;
        return new GuardedIndex(name, keys, indexCommands.underConstruction(name), () -> description(namespace, name));
    }

    /** As it is listed here; empty if it is not there yet. */
    private Document description(String namespace, String name) {
        return all("system.indexes").stream()
                .filter(index -> namespace.equals(index.get("ns")) && name.equals(index.get("name")))
                .findFirst()
                .orElseGet(Document::new);
    }

    List<String> collectionNames() {
        List<String> names = new ArrayList<>();
        all("system.namespaces")
                .forEach(each -> names.add(String.valueOf(each.get("name")).substring(databaseName.length() + 1)));
        names.removeIf(name -> name.equals("system.indexes") || name.equals("system.namespaces"));
        return names;
    }

    List<Document> documents(String collection) {
        return all(collection);
    }

    private List<Document> all(String collection) {
        List<Document> found = new ArrayList<>();
        MongoCollection<Integer> there = resolveCollection(collection, false);
        if (there != null) {
            there.queryAll().forEach(found::add);
        }
        return found;
    }

    /** Makes those that the other one does not have. */
    void copyIndexes(String collection, DoubleDatabase to, IndexCommands commands) {
        String namespace = databaseName + "." + collection;
        for (Document index : all("system.indexes")) {
            boolean isThere = to.all("system.indexes").stream()
                    .anyMatch(each ->
                            namespace.equals(each.get("ns")) && Objects.equals(each.get("name"), index.get("name")));
            if (namespace.equals(index.get("ns")) && !isThere) {
                Document spec = index.cloneDeeply();
                commands.building(spec, () -> to.make(spec));
            }
        }
    }

    private void make(Document index) {
        addIndex(index);
    }

    /** mongo-java-server's own takes the indexes of this name from all collections. */
    void dropIndex(String collectionName, String index) {
        MongoCollection<Integer> collection = resolveCollection(collectionName, true);
        collection.dropIndex(index);
        Document description = new Document("ns", collection.getFullName()).append("name", index);
        getOrCreateIndexesCollection().deleteDocuments(description, -1);
    }
}
