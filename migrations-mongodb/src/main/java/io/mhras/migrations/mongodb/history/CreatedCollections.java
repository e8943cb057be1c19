package io.mhras.migrations.mongodb.history;

import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;

/**
 * The collections that migrations created, by their full names; no longer those that they dropped or renamed.
 *
 * <p>A run notes them from what it sees before each write, and its last event has them; those of a run that was cut off
 * are in its journal.
 */
public final class CreatedCollections {

    /**
     * In what was seen before a write: the collection that it creates, or the collection or database that it drops or
     * renames.
     */
    public static final String CREATES = "creates";

    public static final String DROPS = "drops";

    private static final String CREATED = "created";
    private static final String DROPPED = "dropped";

    private final Set<String> created = new TreeSet<>();
    private final Set<String> dropped = new TreeSet<>();

    /** A write that was done, or may have been. */
    public void note(BsonDocument before) {
        if (before.get(DROPS) instanceof BsonString name) {
            drop(name.getValue());
            dropped.add(name.getValue());
        }
        if (before.get(CREATES) instanceof BsonString name) {
            created.add(name.getValue());
        }
    }

    private void drop(String name) {
        boolean isDatabase = name.indexOf('.') < 0;
        created.removeIf(each -> each.equals(name) || (isDatabase && each.startsWith(name + ".")));
    }

    /** Adds them to the fields of an event. */
    public void addTo(BsonDocument event) {
        if (!created.isEmpty()) {
            event.append(CREATED, names(created));
        }
        if (!dropped.isEmpty()) {
            event.append(DROPPED, names(dropped));
        }
    }

    private static BsonArray names(Set<String> names) {
        return new BsonArray(names.stream().map(BsonString::new).toList());
    }

    /** What the history and the journal name. */
    static Set<String> read(HistoryCollections collections) {
        CreatedCollections all = new CreatedCollections();
        collections
                .events()
                .find(or(exists(CREATED), exists(DROPPED)))
                .projection(include(CREATED, DROPPED))
                .sort(ascending("_id"))
                .forEach(event -> {
                    names(event, DROPPED).forEach(all::drop);
                    all.created.addAll(names(event, CREATED));
                });
        collections
                .journal()
                .find()
                .projection(include("before"))
                .sort(ascending("run", "n"))
                .forEach(entry -> all.note(entry.getDocument("before", new BsonDocument())));
        return all.created;
    }

    private static List<String> names(BsonDocument event, String field) {
        return event.getArray(field, new BsonArray()).stream()
                .map(name -> name.asString().getValue())
                .toList();
    }
}
