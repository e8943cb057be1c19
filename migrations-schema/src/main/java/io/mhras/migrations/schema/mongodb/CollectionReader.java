package io.mhras.migrations.schema.mongodb;

import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoDatabase;
import io.mhras.migrations.TableReader.Kind;
import io.mhras.migrations.TableReader.Table;
import io.mhras.migrations.adopt.Bookkeeping;
import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.SchemaFact;
import io.mhras.migrations.schema.SchemaGap;
import io.mhras.migrations.schema.SchemaSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;
import org.jspecify.annotations.Nullable;

/** Reads what defines one database: its collections with their options, its views, and the indexes of each. */
public final class CollectionReader {

    private static final int NOT_AUTHORIZED = 13;

    private static final String OF_ID = "_id_";

    /** Enough to see each field that a history can have. */
    private static final int SAMPLED = 20;

    private static final JsonWriterSettings AS_TEXT =
            JsonWriterSettings.builder().outputMode(JsonMode.RELAXED).build();

    /** What a collection is like unless something else is said. */
    private static final Map<String, BsonValue> USUAL = Map.of(
            "validationLevel", new BsonString("strict"),
            "validationAction", new BsonString("error"),
            "validator", new BsonDocument(),
            "changeStreamPreAndPostImages", new BsonDocument("enabled", BsonBoolean.FALSE));

    /** What the server adds to an index, and does not tell one from another. */
    private static final Set<String> NOT_OF_INDEX = Set.of("v", "ns", "name", "key", "background");

    private final MongoDatabase database;
    private final Set<String> own;
    private final TreeMap<FactId, SchemaFact> facts = new TreeMap<>();
    private final List<SchemaGap> gaps = new ArrayList<>();

    /** @param own the collections in which the migrations keep their history */
    public CollectionReader(MongoDatabase database, Set<String> own) {
        // Not the client's own codecs: a service may have put others in their place.
        this.database = database.withCodecRegistry(MongoClientSettings.getDefaultCodecRegistry());
        this.own = own;
    }

    /** Reads it, collection by collection: another client may change it meanwhile. */
    public SchemaSnapshot read() {
        Map<String, BsonDocument> collections = new TreeMap<>();
        for (BsonDocument each : database.listCollections(BsonDocument.class)) {
            String name = each.getString("name").getValue();
            if (!name.startsWith("system.")) {
                collections.put(name, each);
            }
        }
        List<String> leftOut = new ArrayList<>();
        collections.keySet().removeAll(bookkeeping(collections, leftOut));
        collections.forEach(this::collection);
        return new SchemaSnapshot(majorVersion(), List.copyOf(facts.values()), Set.of(), Map.of(), gaps, leftOut);
    }

    private int majorVersion() {
        BsonDocument build = database.runCommand(BsonDocument.parse("{buildInfo: 1}"), BsonDocument.class);
        return Integer.parseInt(build.getString("version").getValue().split("\\.", 2)[0]);
    }

    /** Histories, of these migrations, of another service's, and of other tools, which are named. */
    private Set<String> bookkeeping(Map<String, BsonDocument> collections, List<String> leftOut) {
        Set<String> found = new HashSet<>(own);
        collections.forEach((name, collection) -> {
            if (isView(collection) || own.contains(name)) {
                return;
            }
            Bookkeeping.in(new Table(null, name, fields(name)), Kind.COLLECTION).ifPresent(kept -> {
                found.add(name);
                if (kept instanceof Bookkeeping.Theirs theirs) {
                    leftOut.add("collection " + FactId.quoted(name) + ", of " + theirs.title());
                } else {
                    found.add(name + "_lock");
                    found.add(name + "_steps");
                }
            });
        });
        return found;
    }

    private Set<String> fields(String collection) {
        Set<String> fields = new TreeSet<>();
        try {
            database.getCollection(collection, BsonDocument.class)
                    .find()
                    .limit(SAMPLED)
                    .forEach(
                            document -> document.keySet().forEach(field -> fields.add(field.toLowerCase(Locale.ROOT))));
        } catch (MongoCommandException e) {
            // What this user may not read is not known to be a history; that it is there is all the same.
            refuseUnlessUnauthorized(e);
        }
        return fields;
    }

    private static boolean isView(BsonDocument collection) {
        return "view".equals(collection.getString("type", new BsonString("")).getValue());
    }

    private void collection(String name, BsonDocument collection) {
        boolean isView = isView(collection);
        FactId id = new FactId(isView ? FactKind.VIEW : FactKind.COLLECTION, List.of(name));
        Map<String, String> attributes = new LinkedHashMap<>();
        collection.getDocument("options", new BsonDocument()).forEach((option, value) -> {
            if (!isUsual(value) && !value.equals(USUAL.get(option))) {
                attributes.put(option, text(value));
            }
        });
        facts.put(id, new SchemaFact(id, null, 0, new TreeMap<>(attributes)));
        if (!isView) {
            indexes(id, name);
        }
    }

    private void indexes(FactId collection, String name) {
        try {
            database.getCollection(name, BsonDocument.class)
                    .listIndexes(BsonDocument.class)
                    .forEach(index -> index(collection, index));
        } catch (MongoCommandException e) {
            refuseUnlessUnauthorized(e);
            gaps.add(new SchemaGap(
                    "the indexes of " + collection, Set.of(FactKind.INDEX), String.valueOf(e.getErrorMessage())));
        }
    }

    private static void refuseUnlessUnauthorized(MongoCommandException e) {
        if (e.getErrorCode() != NOT_AUTHORIZED) {
            throw e;
        }
    }

    /** The one of {@code _id} is there in each collection; only what is unusual about it counts. */
    private void index(FactId collection, BsonDocument index) {
        Map<String, String> attributes = new HashMap<>();
        index.forEach((option, value) -> {
            if (!NOT_OF_INDEX.contains(option) && !isUsual(value)) {
                attributes.put(option, text(value));
            }
        });
        String name = index.getString("name").getValue();
        if (name.equals(OF_ID) && attributes.isEmpty()) {
            return;
        }
        Map<String, String> inOrder = new LinkedHashMap<>();
        inOrder.put("definition", text(index.getDocument("key")));
        inOrder.putAll(new TreeMap<>(attributes));
        FactId id = new FactId(FactKind.INDEX, List.of(collection.name(), name));
        facts.put(id, new SchemaFact(id, collection, 0, inOrder));
    }

    private static boolean isUsual(@Nullable BsonValue value) {
        return value == null || value.isNull() || BsonBoolean.FALSE.equals(value);
    }

    private static String text(BsonValue value) {
        if (value.isBoolean()) {
            return value.asBoolean().getValue() ? "yes" : "no";
        }
        // Whole numbers come as one type or another, depending on who has sent them.
        if (value.isNumber()
                && value.asNumber().doubleValue() == value.asNumber().longValue()) {
            return String.valueOf(value.asNumber().longValue());
        }
        if (value.isString()) {
            return value.asString().getValue();
        }
        String wrapped = new BsonDocument("", value).toJson(AS_TEXT);
        return wrapped.substring(wrapped.indexOf(':') + 1, wrapped.length() - 1).strip();
    }
}
