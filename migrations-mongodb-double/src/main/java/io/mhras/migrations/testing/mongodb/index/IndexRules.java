package io.mhras.migrations.testing.mongodb.index;

import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import io.mhras.migrations.testing.mongodb.bson.BsonTypeName;
import io.mhras.migrations.testing.mongodb.bson.Collation;
import io.mhras.migrations.testing.mongodb.protocol.Commands;
import io.mhras.migrations.testing.mongodb.protocol.Errors;
import io.mhras.migrations.testing.mongodb.validation.FilterRules;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether an index can be: what index_key_validate.cpp and index_catalog_impl.cpp refuse, in their words. */
public final class IndexRules {

    private static final Set<String> OPTIONS = Set.of(
            "key",
            "name",
            "ns",
            "v",
            "unique",
            "sparse",
            "background",
            "expireAfterSeconds",
            "hidden",
            "partialFilterExpression",
            "collation",
            "weights",
            "default_language",
            "language_override",
            "textIndexVersion",
            "2dsphereIndexVersion",
            "bits",
            "min",
            "max",
            "storageEngine",
            "wildcardProjection",
            "clustered",
            "prepareUnique");

    private static final Set<String> OF_ID = Set.of("key", "name", "v", "ns", "collation");
    private static final Set<String> KINDS = Set.of("2d", "2dsphere", "text", "hashed");
    private static final int MOST = 64;

    private IndexRules() {}

    public static void check(Document index) {
        for (String option : index.keySet()) {
            if (!OPTIONS.contains(option)) {
                throw in(index, Errors.invalidIndexSpecificationOption(option, index));
            }
        }
        if (!(index.get("key") instanceof Document key) || key.isEmpty()) {
            throw in(index, Errors.cannotCreateIndex("Index keys cannot be empty."));
        }
        checkName(index, key);
        key.forEach((field, kind) -> checkKey(index, field, kind));
        checkKinds(index, key);
        checkValues(index);
        if (key.size() == 1 && key.containsKey("_id") && key.get("_id") instanceof Number) {
            checkId(index, key);
        }
        if (index.containsKey("expireAfterSeconds")) {
            checkExpiry(index, key);
        }
    }

    public static void checkCount(String namespace, Document index, int there) {
        if (there >= MOST) {
            throw Errors.cannotCreateIndex("add index fails, too many indexes for " + namespace + " key:"
                    + Commands.document(index, "key").toString(true));
        }
    }

    /** There is one text index at most. */
    public static void checkText(Document index, List<Document> existing) {
        if (kinds(index).contains("text")) {
            existing.stream()
                    .filter(each -> kinds(each).contains("text")
                            && !Commands.text(each, "name").equals(index.get("name")))
                    .findFirst()
                    .ifPresent(other -> {
                        throw Errors.cannotCreateIndex(
                                "only one text index per collection allowed, found existing text index \""
                                        + other.get("name") + "\"");
                    });
        }
    }

    /** What a time-series collection does not have. */
    public static void checkTimeSeries(Document index) {
        for (String option : List.of("unique", "sparse")) {
            if (Commands.isTrue(index, option)) {
                String name = option.equals("unique") ? "Unique" : "Sparse";
                throw Errors.invalidOptions(name + " indexes are not supported on time-series collections");
            }
        }
        if (kinds(index).contains("text")) {
            throw Errors.invalidOptions("Text indexes are not supported on time-series collections");
        }
        if (index.containsKey("expireAfterSeconds") && !index.containsKey("partialFilterExpression")) {
            throw Errors.invalidOptions(
                    "TTL indexes on time-series collections require a partialFilterExpression on the metaField");
        }
    }

    private static List<Object> kinds(Document index) {
        return List.copyOf(Commands.document(index, "key").values());
    }

    private static void checkName(Document index, Document key) {
        if (!(index.get("name") instanceof String name)) {
            throw Errors.failedToParse("The 'name' field is a required property of an index specification");
        }
        if (name.isEmpty()) {
            throw in(index, Errors.cannotCreateIndex("index name cannot be empty"));
        }
        if (name.equals("*")) {
            throw Errors.badValue("The index name '*' is not valid.");
        }
        boolean isId = key.size() == 1 && key.containsKey("_id");
        if (name.equals("_id_") && !isId) {
            throw Errors.badValue("The index name '_id_' is reserved for the _id index, which must have key pattern"
                    + " {_id: 1}, found key: " + key.toString(true));
        }
    }

    private static void checkKey(Document index, String field, @Nullable Object kind) {
        if (field.isEmpty()) {
            throw in(index, Errors.cannotCreateIndex("Index keys cannot be an empty field."));
        }
        if (field.startsWith(".") || field.endsWith(".") || field.contains("..")) {
            throw in(index, Errors.cannotCreateIndex("Index keys cannot contain an empty field."));
        }
        boolean isWildcard = field.equals("$**") || field.endsWith(".$**");
        for (String part : Utils.splitPath(field)) {
            if (part.startsWith("$")
                    && !isWildcard
                    && !Set.of("$db", "$id", "$ref").contains(part)) {
                throw in(
                        index,
                        Errors.cannotCreateIndex(
                                "Index key contains an illegal field name: field name starts with '$'."));
            }
        }
        if (kind instanceof Number number) {
            if (number.doubleValue() == 0) {
                throw in(index, Errors.cannotCreateIndex("Values in the index key pattern cannot be 0."));
            }
            if (isWildcard && number.doubleValue() < 0 && index.get("key") instanceof Document key && key.size() == 1) {
                throw in(
                        index,
                        Errors.cannotCreateIndex("A numeric value in a $** index key pattern must be positive."));
            }
        } else if (kind instanceof String name) {
            if (!KINDS.contains(name)) {
                throw in(index, Errors.cannotCreateIndex("Unknown index plugin '" + name + "'"));
            }
        } else {
            throw in(
                    index,
                    Errors.cannotCreateIndex("Values in v:2 index key pattern cannot be of type "
                            + BsonTypeName.of(kind) + ". Only numbers > 0, numbers < 0, and strings are allowed."));
        }
    }

    private static void checkKinds(Document index, Document key) {
        if (key.size() > 32) {
            throw Errors.location(13103, "too many compound keys");
        }
        long hashed = key.values().stream().filter("hashed"::equals).count();
        if (hashed > 1) {
            throw Errors.location(
                    31303,
                    "A maximum of one index field is allowed to be hashed but found " + hashed + " for 'key' "
                            + key.toString(true));
        }
        if (hashed == 1 && Commands.isTrue(index, "unique")) {
            throw Errors.location(16764, "Currently hashed indexes cannot guarantee uniqueness. Use a regular index.");
        }
        boolean isWildcard = key.keySet().stream().anyMatch(field -> field.endsWith("$**"));
        if (isWildcard) {
            for (String option : List.of("unique", "expireAfterSeconds")) {
                if (index.containsKey(option) && !Boolean.FALSE.equals(index.get(option))) {
                    throw in(
                            index,
                            Errors.cannotCreateIndex(
                                    "Index type 'wildcard' does not support the '" + option + "' option"));
                }
            }
        } else if (index.containsKey("wildcardProjection")) {
            throw in(index, Errors.badValue("The field 'wildcardProjection' is only allowed in an 'wildcard' index"));
        }
    }

    private static void checkValues(Document index) {
        for (String flag : List.of("unique", "sparse", "hidden", "background", "prepareUnique")) {
            Object value = index.get(flag);
            if (index.containsKey(flag) && !(value instanceof Boolean || value instanceof Number)) {
                throw in(
                        index,
                        Errors.typeMismatch("The field '" + flag + "' has value " + shownField(flag, value)
                                + ", which is not convertible to bool"));
            }
        }
        if (index.containsKey("partialFilterExpression")) {
            if (!(index.get("partialFilterExpression") instanceof Document filter)) {
                throw in(
                        index,
                        Errors.typeMismatch("The field 'partialFilterExpression' must be an object, but got "
                                + BsonTypeName.of(index.get("partialFilterExpression"))));
            }
            if (Commands.isTrue(index, "sparse")) {
                throw in(
                        index,
                        Errors.cannotCreateIndex("cannot mix \"partialFilterExpression\" and \"sparse\" options"));
            }
            try {
                FilterRules.checkPartialFilter(filter);
            } catch (MongoServerError e) {
                throw in(index, e);
            }
        }
        if (index.get("collation") instanceof Document collation) {
            Collation.check(collation);
            if (kinds(index).contains("text") && !"simple".equals(collation.get("locale"))) {
                throw Errors.cannotCreateIndex(
                        "Index type 'text' does not support collation: " + collation.toString(true));
            }
        }
        if (index.get("v") instanceof Number version && version.intValue() != 1 && version.intValue() != 2) {
            throw in(
                    index,
                    Errors.cannotCreateIndex("Invalid index specification " + index.toString(true)
                            + "; cannot create an index with v=" + version));
        }
    }

    private static String shownField(String name, @Nullable Object value) {
        String shown = new Document(name, value).toString(true);
        return shown.substring(1, shown.length() - 1).strip();
    }

    private static void checkId(Document index, Document key) {
        if (!(key.get("_id") instanceof Number direction) || direction.doubleValue() != 1) {
            throw Errors.badValue("The field 'key' for an _id index must be {_id: 1}, but got " + key.toString(true));
        }
        for (String option : index.keySet()) {
            if (!OF_ID.contains(option)) {
                throw Errors.invalidIdIndexOption(option, index);
            }
        }
        if (index.get("collation") instanceof Document collation && !"simple".equals(collation.get("locale"))) {
            throw Errors.badValue("The _id index must have the same collation as the collection. Index collation: "
                    + collation.toString(true));
        }
    }

    private static void checkExpiry(Document index, Document key) {
        String spec = index.toString(true);
        Object seconds = index.get("expireAfterSeconds");
        if (!(seconds instanceof Number number)) {
            throw in(
                    index,
                    Errors.typeMismatch(
                            "The field 'expireAfterSeconds' must be a number, but got " + BsonTypeName.of(seconds)));
        }
        if (number.longValue() < 0) {
            throw Errors.cannotCreateIndex(". Index spec: " + spec
                    + " :: caused by :: TTL index 'expireAfterSeconds' option cannot be less than 0");
        }
        if (number.longValue() > Integer.MAX_VALUE) {
            throw Errors.cannotCreateIndex(". Index spec: " + spec
                    + " :: caused by :: TTL index 'expireAfterSeconds' must be within the range of a 32-bit integer");
        }
        if (key.size() > 1) {
            throw Errors.cannotCreateIndex(
                    "TTL indexes are single-field indexes, compound indexes do not support TTL. Index spec: " + spec);
        }
    }

    private static MongoServerError in(Document index, MongoServerError cause) {
        return new MongoServerError(
                cause.getCode(),
                cause.getCodeName(),
                "Error in specification " + index.toString(true) + " :: caused by :: "
                        + cause.getMessageWithoutErrorCode());
    }
}
