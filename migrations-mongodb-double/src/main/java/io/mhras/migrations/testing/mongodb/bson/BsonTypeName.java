package io.mhras.migrations.testing.mongodb.bson;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.BsonJavaScript;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Decimal128;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.LegacyUUID;
import de.bwaldvogel.mongo.bson.MaxKey;
import de.bwaldvogel.mongo.bson.MinKey;
import de.bwaldvogel.mongo.bson.ObjectId;
import io.mhras.migrations.testing.mongodb.protocol.Errors;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The names that BSON's types have. */
public final class BsonTypeName {

    /** JSON Schema's own names, for {@code type}. */
    private static final Set<String> JSON = Set.of("array", "boolean", "null", "number", "object", "string");

    private static final Map<String, Predicate<@Nullable Object>> TYPES = types();

    private BsonTypeName() {}

    private static Map<String, Predicate<@Nullable Object>> types() {
        Map<String, Predicate<@Nullable Object>> types = new LinkedHashMap<>();
        types.put("null", value -> value == null);
        types.put("string", value -> value instanceof String);
        types.put("object", value -> value instanceof Document);
        types.put("array", value -> value instanceof Collection);
        types.put("bool", value -> value instanceof Boolean);
        types.put("int", value -> value instanceof Integer);
        types.put("long", value -> value instanceof Long);
        types.put("double", value -> value instanceof Double);
        types.put("decimal", value -> value instanceof Decimal128);
        types.put("number", value -> value instanceof Number || value instanceof Decimal128);
        types.put("date", value -> value instanceof Instant);
        types.put("objectId", value -> value instanceof ObjectId);
        types.put("binData", BsonTypeName::isBinary);
        types.put("regex", value -> value instanceof BsonRegularExpression);
        types.put("timestamp", value -> value instanceof BsonTimestamp);
        types.put("javascript", value -> value instanceof BsonJavaScript);
        types.put("minKey", value -> value instanceof MinKey);
        types.put("maxKey", value -> value instanceof MaxKey);
        types.put("undefined", value -> false);
        types.put("dbPointer", value -> false);
        types.put("symbol", value -> false);
        types.put("javascriptWithScope", value -> false);
        return types;
    }

    private static boolean isBinary(@Nullable Object value) {
        return value instanceof BinData
                || value instanceof UUID
                || value instanceof LegacyUUID
                || value instanceof byte[];
    }

    public static void check(String name) {
        if (name.equals("missing")) {
            throw Errors.badValue("'missing' is not a legal type name. To query for non-existence of a field, use"
                    + " {$exists:false}.");
        }
        if (!TYPES.containsKey(name)) {
            throw Errors.badValue("Unknown type name alias: " + name);
        }
    }

    public static void checkJson(String name) {
        if (name.equals("integer")) {
            throw Errors.failedToParse("$jsonSchema type 'integer' is not currently supported.");
        }
        if (!JSON.contains(name)) {
            throw Errors.badValue("Unknown type name alias: " + name);
        }
    }

    /** JSON Schema's own name for a boolean is understood too. */
    public static boolean of(String name, @Nullable Object value) {
        Predicate<@Nullable Object> type = TYPES.get(name.equals("boolean") ? "bool" : name);
        return type != null && type.test(value);
    }

    /** The name of a value's type. */
    public static String of(@Nullable Object value) {
        return TYPES.entrySet().stream()
                .filter(type -> type.getValue().test(value))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("missing");
    }
}
