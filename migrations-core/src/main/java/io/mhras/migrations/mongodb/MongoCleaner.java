package io.mhras.migrations.mongodb;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;

import com.mongodb.client.MongoCollection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.bson.BsonArray;
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
        Set<String> made = new TreeSet<>();
        madeByMigrations().values().forEach(made::addAll);
        for (BsonDocument step : collections.journal().find(eq("before.existed", false))) {
            made.add(step.getString("namespace").getValue());
        }
        List<String> found = new ArrayList<>(made);
        collections.all().forEach(own -> found.add(own.getNamespace().getFullName()));
        found.removeIf(name -> witness.collection(name) == null);
        return found;
    }

    /** What a rollback took away may have been made again since, by somebody else. */
    private Map<String, Set<String>> madeByMigrations() {
        Map<String, Set<String>> made = new LinkedHashMap<>();
        for (BsonDocument event : collections
                .events()
                .find(or(exists(HistoryDocument.MADE), eq("event", "ROLLED_BACK")))
                .projection(include("event", "version", HistoryDocument.MADE))
                .sort(ascending("_id"))) {
            String version = event.getString("version").getValue();
            if (event.getString("event").getValue().equals("ROLLED_BACK")) {
                made.remove(version);
            }
            event.getArray(HistoryDocument.MADE, new BsonArray())
                    .forEach(name -> made.computeIfAbsent(version, v -> new HashSet<>())
                            .add(name.asString().getValue()));
        }
        return made;
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
