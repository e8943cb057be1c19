package io.mhras.migrations.mongodb;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Updates.pushEach;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/** The collections that migrations made, each by its id: it stands with the event of the run that made it. */
final class MadeCollections {

    private static final String NAME = "name";
    private static final String ID = "id";

    private final HistoryCollections collections;
    private final CollectionIds ids;

    MadeCollections(HistoryCollections collections) {
        this.collections = collections;
        this.ids = new CollectionIds(collections.client());
    }

    CollectionIds ids() {
        return ids;
    }

    /** Adds those that a run made, by their full names. */
    void add(long event, Map<String, BsonValue> made) {
        List<BsonDocument> entries = new ArrayList<>();
        made.forEach((name, id) -> entries.add(new BsonDocument(NAME, new BsonString(name)).append(ID, id)));
        if (!entries.isEmpty()) {
            collections.events().updateOne(eq("_id", event), pushEach(HistoryDocument.MADE, entries));
        }
    }

    boolean has(BsonValue id) {
        return read(ID).contains(id);
    }

    /** Those that are there, by their full names, whatever they are called by now. */
    Set<String> there() {
        Set<BsonValue> made = read(ID);
        Set<String> databases = new HashSet<>();
        read(NAME).forEach(name -> databases.add(name.asString().getValue().replaceFirst("\\..*", "")));
        Set<String> there = new TreeSet<>();
        databases.forEach(database -> ids.ofDatabase(database).forEach((name, id) -> {
            if (made.contains(id)) {
                there.add(name);
            }
        }));
        return there;
    }

    private Set<BsonValue> read(String field) {
        Set<BsonValue> values = new HashSet<>();
        collections
                .events()
                .find(exists(HistoryDocument.MADE))
                .projection(include(HistoryDocument.MADE))
                .forEach(event -> event.getArray(HistoryDocument.MADE, new BsonArray()).stream()
                        .filter(BsonValue::isDocument)
                        .forEach(made -> values.add(made.asDocument().get(field))));
        return values;
    }
}
