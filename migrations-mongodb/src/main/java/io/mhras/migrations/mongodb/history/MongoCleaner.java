package io.mhras.migrations.mongodb.history;

import com.mongodb.client.MongoCollection;
import io.mhras.migrations.mongodb.server.CollectionCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bson.BsonDocument;

/** Finds and drops what a clean drops: the collections that the migrations made, and the history. */
public final class MongoCleaner {

    private final HistoryCollections collections;
    private final CollectionCatalog catalog;

    public MongoCleaner(HistoryCollections collections) {
        this.collections = collections;
        this.catalog = new CollectionCatalog(collections.client());
    }

    /** The full names, in the order in which to drop them. */
    public List<String> find() {
        Stream<String> own =
                collections.all().stream().map(each -> each.getNamespace().getFullName());
        return Stream.concat(CreatedCollections.read(collections).stream(), own)
                .filter(catalog::has)
                .toList();
    }

    /** What else the database has, in full names. */
    public List<String> others() {
        List<String> found = find();
        return collections.database().listCollectionNames().into(new ArrayList<>()).stream()
                .filter(name -> !name.startsWith("system."))
                .map(name -> collections.database().getName() + "." + name)
                .filter(name -> !found.contains(name))
                .sorted()
                .toList();
    }

    /** Whether the database has no collection but our own. */
    public boolean findsNothing() {
        List<String> own = collections.all().stream()
                .map(each -> each.getNamespace().getFullName())
                .toList();
        return collections.database().listCollectionNames().into(new ArrayList<>()).stream()
                .filter(name -> !name.startsWith("system."))
                .map(name -> collections.database().getName() + "." + name)
                .allMatch(own::contains);
    }

    /** @param fence fails if another process may have begun to create them again */
    public void dropAllBut(MongoCollection<BsonDocument> last, List<String> names, Runnable fence) {
        for (String name : names) {
            if (!name.equals(last.getNamespace().getFullName())) {
                fence.run();
                catalog.collection(name).drop();
            }
        }
    }
}
