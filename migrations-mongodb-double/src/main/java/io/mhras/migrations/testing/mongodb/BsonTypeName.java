package io.mhras.migrations.testing.mongodb;

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
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The names that BSON's types have in schemas. */
final class BsonTypeName {

    private static final Map<String, Predicate<@Nullable Object>> TYPES = Map.ofEntries(
            Map.entry("null", value -> value == null),
            Map.entry("string", value -> value instanceof String),
            Map.entry("object", value -> value instanceof Document),
            Map.entry("array", value -> value instanceof Collection),
            Map.entry("bool", value -> value instanceof Boolean),
            Map.entry("int", value -> value instanceof Integer),
            Map.entry("long", value -> value instanceof Long),
            Map.entry("double", value -> value instanceof Double),
            Map.entry("decimal", value -> value instanceof Decimal128),
            Map.entry("number", value -> value instanceof Number || value instanceof Decimal128),
            Map.entry("date", value -> value instanceof Instant),
            Map.entry("objectId", value -> value instanceof ObjectId),
            Map.entry("binData", BsonTypeName::isBinary),
            Map.entry("regex", value -> value instanceof BsonRegularExpression),
            Map.entry("timestamp", value -> value instanceof BsonTimestamp),
            Map.entry("javascript", value -> value instanceof BsonJavaScript),
            Map.entry("minKey", value -> value instanceof MinKey),
            Map.entry("maxKey", value -> value instanceof MaxKey),
            Map.entry("undefined", value -> false),
            Map.entry("dbPointer", value -> false),
            Map.entry("symbol", value -> false),
            Map.entry("javascriptWithScope", value -> false));

    private BsonTypeName() {}

    private static boolean isBinary(@Nullable Object value) {
        return value instanceof BinData
                || value instanceof UUID
                || value instanceof LegacyUUID
                || value instanceof byte[];
    }

    static void check(String name) {
        if (!TYPES.containsKey(name)) {
            throw Errors.badValue("Unknown type name alias: " + name);
        }
    }

    /** JSON Schema's own name for a boolean is understood too. */
    static boolean of(String name, @Nullable Object value) {
        Predicate<@Nullable Object> type = TYPES.get(name.equals("boolean") ? "bool" : name);
        return type != null && type.test(value);
    }
}
