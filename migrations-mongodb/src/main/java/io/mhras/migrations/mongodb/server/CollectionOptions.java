package io.mhras.migrations.mongodb.server;

import io.mhras.migrations.mongodb.shell.ValueText;
import java.util.Map;
import java.util.Set;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Compares the options that a collection was to be created with, and those that it has in the catalogue.
 *
 * <p>The server adds to what it was given: the parts of a collation, the buckets of a time series, a name of the
 * clustered index; it makes longs of numbers, and keeps no defaults.
 */
public final class CollectionOptions {

    // Not options of the collection, but other fields of the command.
    private static final Set<String> OF_THE_COMMAND = Set.of(
            "create", "comment", "writeConcern", "maxTimeMS", "autoIndexId", "idIndex", "flags", "lsid", "$db", "uuid");
    private static final Set<String> ADDED_TO = Set.of(
            "collation", "timeseries", "clusteredIndex", "storageEngine", "indexOptionDefaults", "encryptedFields");
    private static final Map<String, BsonValue> USUAL = Map.of(
            "validationLevel", new BsonString("strict"),
            "validationAction", new BsonString("error"),
            "validator", new BsonDocument(),
            "collation", new BsonDocument("locale", new BsonString("simple")),
            "changeStreamPreAndPostImages", new BsonDocument("enabled", BsonBoolean.FALSE));

    // Older servers fill the size up to the next multiple of this.
    private static final int SIZE_STEP = 256;

    private CollectionOptions() {}

    /** How the collection that is there differs from what this command creates, in a sentence; null if it does not. */
    public static @Nullable String difference(BsonDocument create, BsonDocument there) {
        for (Map.Entry<String, BsonValue> asked : create.entrySet()) {
            String option = asked.getKey();
            if (OF_THE_COMMAND.contains(option) || isUsual(option, asked.getValue())) {
                continue;
            }
            BsonValue has = there.get(option);
            if (has == null) {
                return "The collection is there, but without the '" + option + "' that it was to get.";
            }
            if (!isSame(option, asked.getValue(), has)) {
                return "The collection is there, but its '" + option + "' is " + shown(has) + "; it was to be "
                        + shown(asked.getValue()) + ".";
            }
        }
        for (Map.Entry<String, BsonValue> has : there.entrySet()) {
            String option = has.getKey();
            if (!OF_THE_COMMAND.contains(option) && !create.containsKey(option) && !isUsual(option, has.getValue())) {
                return "The collection is there, but with a '" + option + "' that it was not to get.";
            }
        }
        return null;
    }

    /** Whether the server takes it for the same as nothing. */
    private static boolean isUsual(String option, BsonValue value) {
        return value.isNull()
                || BsonBoolean.FALSE.equals(value)
                || (value.isArray() && value.asArray().isEmpty())
                || value.equals(USUAL.get(option));
    }

    private static boolean isSame(String option, BsonValue asked, BsonValue has) {
        if (option.equals("size") && asked.isNumber() && has.isNumber()) {
            double more = has.asNumber().doubleValue() - asked.asNumber().doubleValue();
            return more >= 0 && more < SIZE_STEP;
        }
        return ADDED_TO.contains(option) ? isPart(asked, has) : isSame(asked, has);
    }

    /** Whether all that was asked for is there, and perhaps more. */
    private static boolean isPart(BsonValue asked, BsonValue has) {
        return asked instanceof BsonDocument document && has instanceof BsonDocument whole
                ? document.entrySet().stream()
                        .allMatch(field -> whole.containsKey(field.getKey())
                                && isPart(field.getValue(), whole.get(field.getKey())))
                : isSame(asked, has);
    }

    private static boolean isSame(BsonValue asked, BsonValue has) {
        return asked.isNumber() && has.isNumber()
                ? asked.asNumber().doubleValue() == has.asNumber().doubleValue()
                : asked.equals(has);
    }

    private static String shown(BsonValue value) {
        return ValueText.json(value);
    }
}
