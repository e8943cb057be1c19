package io.mhras.migrations.testing.mongodb;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.EmptyIndex;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.memory.MemoryCollection;
import de.bwaldvogel.mongo.bson.Document;
import io.mhras.migrations.testing.mongodb.protocol.Commands;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A collection that refuses what its validator refuses, and drops its oldest documents where it is capped. */
final class DoubleCollection extends MemoryCollection {

    private final Catalog catalog;

    DoubleCollection(
            MongoDatabase database, String name, CollectionOptions options, CursorRegistry cursors, Catalog catalog) {
        super(database, name, options, cursors);
        this.catalog = catalog;
    }

    @Override
    public synchronized void addDocument(Document document) {
        putIdFirst(document);
        TimeSeries.checkInsert(catalog.options(getFullName()), document);
        validate(null, document);
        Document options = catalog.options(getFullName());
        if (!Commands.isTrue(options, "capped")) {
            super.addDocument(document);
            return;
        }
        int most = options.containsKey("max") ? Commands.number(options, "max") : Integer.MAX_VALUE;
        if (count() >= most || getDataSize() >= Commands.number(options, "size")) {
            dropOldest();
        }
        super.addDocument(document);
    }

    /** Puts a document back that was valid when it was written. */
    void restore(Document document) {
        super.addDocument(document);
    }

    private static void putIdFirst(Document document) {
        if (document.containsKey("_id")) {
            Document fields = document.clone();
            document.clear();
            document.put("_id", fields.get("_id"));
            document.putAll(fields);
        }
    }

    /** Puts all others in again: mongo-java-server gives the free place to the next one, and so mixes up the order. */
    private void dropOldest() {
        List<Document> inOrder = new ArrayList<>();
        queryAll().forEach(inOrder::add);
        inOrder.forEach(super::removeDocument);
        inOrder.stream().skip(1).forEach(super::addDocument);
    }

    private void validate(@Nullable Document before, Document after) {
        catalog.violations().check(catalog.options(getFullName()), before, after);
    }

    @Override
    public void addIndex(Index<Integer> index) {
        super.addIndex(index);
        if (index.getName().equals("_id_")) {
            super.addIndex(new ValidatorIndex(this));
        }
    }

    @Override
    public int getNumIndexes() {
        return super.getNumIndexes() - 1;
    }

    @Override
    public void drop() {
        dropIndex(ValidatorIndex.NAME);
        super.drop();
    }

    /** An index is asked about each update before it happens: there a validator can veto it. */
    private static final class ValidatorIndex extends EmptyIndex<Integer> {

        private static final String NAME = "$validator";
        private final DoubleCollection collection;

        ValidatorIndex(DoubleCollection collection) {
            super(NAME, List.of());
            this.collection = collection;
        }

        @Override
        public void checkUpdate(Document before, Document after, MongoCollection<Integer> where) {
            collection.validate(before, after);
        }
    }
}
