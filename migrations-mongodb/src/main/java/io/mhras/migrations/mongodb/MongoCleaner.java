package io.mhras.migrations.mongodb;

import com.mongodb.client.MongoCollection;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;

/** Finds and drops what a clean drops: the collections that the migrations made, and the history. */
final class MongoCleaner {

    private final HistoryCollections collections;
    private final Witness witness;

    MongoCleaner(HistoryCollections collections) {
        this.collections = collections;
        this.witness = new Witness(collections.client());
    }

    /** The full names, in the order in which to drop them. */
    List<String> find() {
        List<String> found = new ArrayList<>(new MadeCollections(collections).there());
        collections.all().stream()
                .map(own -> own.getNamespace().getFullName())
                .filter(name -> witness.collection(name) != null)
                .forEach(found::add);
        return found;
    }

    /** @param fence fails if another process may have begun to make them anew */
    void dropAllBut(MongoCollection<BsonDocument> last, List<String> names, Runnable fence) {
        for (String name : names) {
            if (!name.equals(last.getNamespace().getFullName())) {
                fence.run();
                witness.collectionOf(name).drop();
            }
        }
    }
}
