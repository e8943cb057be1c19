package io.mhras.migrations.mongodb;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * An update that does nothing but set fields to values, or take them away: whether it was done can be seen.
 *
 * @param set the fields that it sets, with their values
 * @param unset the fields that it takes away
 * @param isUpsert whether it adds a document where there is none
 */
record SettingUpdate(Map<String, BsonValue> set, Set<String> unset, boolean isUpsert) {

    // A number of another type is equal in a filter, but it is not what was to be set.
    private static final Map<BsonType, String> NUMBERS = Map.of(
            BsonType.INT32, "int",
            BsonType.INT64, "long",
            BsonType.DOUBLE, "double",
            BsonType.DECIMAL128, "decimal");

    // In a filter these stand for more than themselves.
    private static final Set<BsonType> NOT_COMPARABLE =
            Set.of(BsonType.NULL, BsonType.UNDEFINED, BsonType.REGULAR_EXPRESSION);

    /** Null if these are the arguments of an update that does more. */
    static @Nullable SettingUpdate of(BsonDocument arguments) {
        BsonDocument options = arguments.getDocument("options", new BsonDocument());
        if (!(arguments.get("update") instanceof BsonDocument update)
                || options.containsKey("arrayFilters")
                || options.containsKey("collation")
                || options.containsKey("let")) {
            return null;
        }
        if (update.isEmpty() || !Set.of("$set", "$unset").containsAll(update.keySet())) {
            return null;
        }
        BsonDocument set = update.getDocument("$set", new BsonDocument());
        BsonDocument unset = update.getDocument("$unset", new BsonDocument());
        boolean canBeSeen = set.values().stream().noneMatch(value -> NOT_COMPARABLE.contains(value.getBsonType()))
                && set.keySet().stream().noneMatch(name -> name.contains("$"))
                && unset.keySet().stream().noneMatch(name -> name.contains("$"));
        return canBeSeen
                ? new SettingUpdate(set, unset.keySet(), BsonBoolean.TRUE.equals(options.get("upsert")))
                : null;
    }

    /** A filter for those of the documents that have all it sets, and nothing of what it takes away. */
    BsonDocument done(BsonDocument filter) {
        BsonArray all = new BsonArray();
        all.add(filter);
        set.forEach((name, value) -> {
            BsonDocument is = new BsonDocument("$eq", value);
            String number = NUMBERS.get(value.getBsonType());
            if (!value.isArray()) {
                // A filter finds an array by what is in it.
                is.append("$not", new BsonDocument("$type", new BsonString("array")));
            }
            all.add(new BsonDocument(name, number == null ? is : is.append("$type", new BsonString(number))));
        });
        unset.forEach(name -> all.add(new BsonDocument(name, new BsonDocument("$exists", BsonBoolean.FALSE))));
        return new BsonDocument("$and", all);
    }

    /** A filter for the others. */
    BsonDocument undone(BsonDocument filter) {
        BsonDocument not = new BsonDocument("$nor", new BsonArray(List.of(done(new BsonDocument()))));
        return new BsonDocument("$and", new BsonArray(List.of(filter, not)));
    }
}
