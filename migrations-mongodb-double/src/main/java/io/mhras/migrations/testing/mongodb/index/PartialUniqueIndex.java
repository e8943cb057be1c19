package io.mhras.migrations.testing.mongodb.index;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.memory.index.MemoryUniqueIndex;
import de.bwaldvogel.mongo.bson.Document;
import io.mhras.migrations.testing.mongodb.bson.Collation;
import io.mhras.migrations.testing.mongodb.protocol.Commands;
import io.mhras.migrations.testing.mongodb.validation.Filter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A unique index over the documents that match a filter, or over texts as a collation compares them. */
public final class PartialUniqueIndex extends MemoryUniqueIndex {

    private final Document filter;
    private final @Nullable Collation collation;

    public PartialUniqueIndex(String name, List<IndexKey> keys, boolean sparse, Document spec) {
        super(name, keys, sparse);
        filter = Commands.document(spec, "partialFilterExpression");
        collation = Collation.of(Commands.document(spec, "collation"));
    }

    private boolean covers(Document document) {
        return Filter.matches(filter, document);
    }

    private Document folded(Document document) {
        if (collation == null) {
            return document;
        }
        Document folded = collation.folded(document);
        folded.put("_id", document.get("_id"));
        return folded;
    }

    /** A query may ask for documents that are not in here. */
    @Override
    public boolean canHandle(Document query) {
        return false;
    }

    @Override
    public synchronized void checkAdd(Document document, MongoCollection<Integer> collection) {
        if (covers(document)) {
            super.checkAdd(folded(document), collection);
        }
    }

    @Override
    public synchronized void add(Document document, Integer position, MongoCollection<Integer> collection) {
        if (covers(document)) {
            super.add(folded(document), position, collection);
        }
    }

    @Override
    public synchronized @Nullable Integer remove(Document document) {
        return covers(document) ? super.remove(folded(document)) : null;
    }

    @Override
    public @Nullable Integer getPosition(Document document) {
        return covers(document) ? super.getPosition(folded(document)) : null;
    }

    @Override
    public synchronized void checkUpdate(Document before, Document after, MongoCollection<Integer> collection) {
        if (covers(before) && covers(after)) {
            super.checkUpdate(folded(before), folded(after), collection);
        } else {
            checkAdd(after, collection);
        }
    }

    @Override
    public void updateInPlace(Document before, Document after, Integer position, MongoCollection<Integer> collection) {
        if (covers(before) && covers(after)) {
            super.updateInPlace(folded(before), folded(after), position, collection);
        } else {
            remove(before);
            add(after, position, collection);
        }
    }
}
