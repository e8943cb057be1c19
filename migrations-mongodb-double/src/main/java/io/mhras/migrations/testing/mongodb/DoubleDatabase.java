package io.mhras.migrations.testing.mongodb;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.memory.MemoryCollection;
import de.bwaldvogel.mongo.backend.memory.MemoryDatabase;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;

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
        Document filter = indexCommands.partialFilter(name);
        return filter == null
                ? super.openOrCreateUniqueIndex(collection, name, keys, sparse)
                : new PartialUniqueIndex(name, keys, sparse, filter);
    }

    /** mongo-java-server's own takes the indexes of this name from all collections. */
    void dropIndex(String collectionName, String index) {
        MongoCollection<Integer> collection = resolveCollection(collectionName, true);
        collection.dropIndex(index);
        Document description = new Document("ns", collection.getFullName()).append("name", index);
        getOrCreateIndexesCollection().deleteDocuments(description, -1);
    }
}
