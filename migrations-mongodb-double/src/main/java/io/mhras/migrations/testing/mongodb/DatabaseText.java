package io.mhras.migrations.testing.mongodb;

import com.mongodb.client.MongoDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

/** A database as text to compare: options, indexes and documents, type-exact; generated ids all look alike. */
public final class DatabaseText {

    private static final JsonWriterSettings EXACT =
            JsonWriterSettings.builder().outputMode(JsonMode.EXTENDED).build();

    private DatabaseText() {}

    public static String of(MongoDatabase database) {
        Map<String, BsonDocument> collections = new TreeMap<>();
        database.listCollections(BsonDocument.class)
                .forEach(each -> collections.put(each.getString("name").getValue(), each));
        // In the server's own views are the database's name and what is listed with the view anyway.
        collections.keySet().removeIf(name -> name.startsWith("system."));
        StringBuilder text = new StringBuilder();
        collections.forEach((name, collection) -> {
            String type = collection.getString("type").getValue();
            text.append(type).append(' ').append(name).append(' ');
            text.append(collection.getDocument("options").toJson(EXACT)).append('\n');
            if (!type.equals("view")) {
                lines(database, name)
                        .forEach(line -> text.append("  ").append(line).append('\n'));
            }
        });
        return text.toString();
    }

    private static List<String> lines(MongoDatabase database, String name) {
        List<String> lines = new ArrayList<>();
        database.getCollection(name)
                .listIndexes(BsonDocument.class)
                .forEach(index -> lines.add("index " + sorted(index).toJson(EXACT)));
        database.getCollection(name, BsonDocument.class)
                .find()
                .forEach(document -> lines.add(withoutGeneratedIds(document.toJson(EXACT))));
        lines.sort(null);
        return lines;
    }

    /** The order of an index's options says nothing, and neither does one that is off. */
    private static BsonDocument sorted(BsonDocument index) {
        BsonDocument sorted = new BsonDocument();
        for (Map.Entry<String, BsonValue> option : new TreeMap<>(index).entrySet()) {
            if (!BsonBoolean.FALSE.equals(option.getValue())) {
                sorted.append(option.getKey(), option.getValue());
            }
        }
        return sorted;
    }

    /** Those of this decade; scripts write theirs with others. */
    private static String withoutGeneratedIds(String document) {
        return document.replaceAll("\\{\"\\$oid\": \"6[0-9a-f]{23}\"}", "GENERATED");
    }
}
