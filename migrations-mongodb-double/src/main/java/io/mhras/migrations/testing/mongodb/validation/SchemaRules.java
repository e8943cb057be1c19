package io.mhras.migrations.testing.mongodb.validation;

import de.bwaldvogel.mongo.bson.Decimal128;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import io.mhras.migrations.testing.mongodb.bson.BsonTypeName;
import io.mhras.migrations.testing.mongodb.bson.Patterns;
import io.mhras.migrations.testing.mongodb.bson.Values;
import io.mhras.migrations.testing.mongodb.protocol.Errors;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Whether a {@code $jsonSchema} is one: what json_schema_parser.cpp refuses, in its words. */
final class SchemaRules {

    private static final Set<String> KEYWORDS = Set.of(
            ("bsonType type title description required properties patternProperties additionalProperties minProperties"
                            + " maxProperties dependencies enum items additionalItems minItems maxItems uniqueItems"
                            + " minLength maxLength pattern minimum maximum exclusiveMinimum exclusiveMaximum multipleOf"
                            + " allOf anyOf oneOf not")
                    .split(" "));

    private static final Set<String> JSON_SCHEMAS_ONLY =
            Set.of("$ref", "$schema", "default", "definitions", "format", "id");

    private static final Set<String> ENCRYPTION = Set.of("encrypt", "encryptMetadata");

    private SchemaRules() {}

    static void check(Document schema) {
        schema.forEach((keyword, value) -> {
            if (JSON_SCHEMAS_ONLY.contains(keyword)) {
                throw Errors.failedToParse("$jsonSchema keyword '" + keyword + "' is not currently supported");
            }
            if (ENCRYPTION.contains(keyword)) {
                throw Errors.notSupported("the $jsonSchema keyword '" + keyword + "'");
            }
            if (!KEYWORDS.contains(keyword)) {
                throw Errors.failedToParse("Unknown $jsonSchema keyword: " + keyword);
            }
            check(keyword, value);
        });
        if (schema.containsKey("bsonType") && schema.containsKey("type")) {
            throw Errors.failedToParse("Cannot specify both $jsonSchema keywords 'type' and 'bsonType'");
        }
        checkExclusive(schema, "maximum", "exclusiveMaximum");
        checkExclusive(schema, "minimum", "exclusiveMinimum");
    }

    private static void checkExclusive(Document schema, String bound, String exclusive) {
        if (schema.containsKey(exclusive) && !schema.containsKey(bound)) {
            // The server's own words.
            throw Errors.failedToParse(
                    "$jsonSchema keyword '" + bound + "' must be a present if " + exclusive + " is present");
        }
    }

    private static void check(String keyword, @Nullable Object value) {
        switch (keyword) {
            case "bsonType" -> types(keyword, value, BsonTypeName::check);
            case "type" -> types(keyword, value, BsonTypeName::checkJson);
            case "title", "description" -> require(value instanceof String, keyword, "must be of type string");
            case "required" -> distinctNames(keyword, value);
            case "enum" -> values(value);
            case "pattern" -> {
                if (!(value instanceof String pattern)) {
                    throw mismatch(keyword, "must be a string");
                }
                Patterns.compile(pattern);
            }
            case "minimum", "maximum" -> require(isNumber(value), keyword, "must be a number");
            case "exclusiveMinimum", "exclusiveMaximum", "uniqueItems" ->
                require(value instanceof Boolean, keyword, "must be a boolean");
            case "multipleOf" -> positive(keyword, value);
            case "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties" ->
                size(keyword, value);
            case "properties" ->
                object(keyword, value).forEach((name, each) -> {
                    if (!(each instanceof Document nested)) {
                        throw Errors.typeMismatch(
                                "Nested schema for $jsonSchema property '" + name + "' must be an object");
                    }
                    check(nested);
                });
            case "patternProperties" ->
                object(keyword, value).forEach((name, each) -> {
                    require(each instanceof Document, keyword, "has property '" + name + "' which is not an object");
                    Patterns.compile(name);
                    check((Document) each);
                });
            case "additionalProperties" -> {
                require(
                        value instanceof Boolean || value instanceof Document,
                        keyword,
                        "must be an object or a boolean");
                nested(value);
            }
            case "additionalItems" -> {
                require(
                        value instanceof Boolean || value instanceof Document,
                        keyword,
                        "must be either an object or a boolean, but got a " + BsonTypeName.of(value));
                nested(value);
            }
            case "items" -> items(value);
            case "allOf", "anyOf", "oneOf" -> schemas(keyword, value);
            case "not" -> {
                require(
                        value instanceof Document,
                        keyword,
                        "must be an object, but found an element of type " + BsonTypeName.of(value));
                nested(value);
            }
            case "dependencies" -> object(keyword, value).forEach(SchemaRules::dependency);
            default -> throw Errors.failedToParse("Unknown $jsonSchema keyword: " + keyword);
        }
    }

    private static void types(String keyword, @Nullable Object value, Consumer<String> check) {
        if (value instanceof String one) {
            check.accept(one);
            return;
        }
        if (!(value instanceof Collection<?> several)) {
            throw mismatch(keyword, "must be either a string or an array of strings");
        }
        if (several.isEmpty()) {
            throw failed(keyword, "must name at least one type");
        }
        Set<Object> seen = new HashSet<>();
        for (Object each : several) {
            require(each instanceof String, keyword, "array elements must be strings");
            if (!seen.add(each)) {
                throw failed(keyword, "has duplicate value: " + each);
            }
            check.accept((String) each);
        }
    }

    private static void distinctNames(String keyword, @Nullable Object value) {
        if (!(value instanceof Collection<?> names)) {
            throw mismatch(keyword, "must be an array, but found an element of type " + BsonTypeName.of(value));
        }
        for (Object name : names) {
            require(
                    name instanceof String,
                    keyword,
                    "must be an array of strings, but found an element of type: " + BsonTypeName.of(name));
        }
        if (names.isEmpty()) {
            throw failed(keyword, "cannot be an empty array");
        }
        if (Set.copyOf(names).size() != names.size()) {
            throw failed(keyword, "array cannot contain duplicate values");
        }
    }

    private static void values(@Nullable Object value) {
        if (!(value instanceof Collection<?> values)) {
            throw mismatch("enum", "must be an array, but found an element of type " + BsonTypeName.of(value));
        }
        if (values.isEmpty()) {
            throw failed("enum", "cannot be an empty array");
        }
        if (new HashSet<>(values).size() != values.size()) {
            throw failed("enum", "array cannot contain duplicate values.");
        }
    }

    private static void positive(String keyword, @Nullable Object value) {
        require(isNumber(value), keyword, "must be a number");
        if (Values.number(value).signum() <= 0) {
            throw failed(keyword, "must have a positive value");
        }
    }

    private static void size(String keyword, @Nullable Object value) {
        String shown = new Document(keyword, value).toString(true);
        String field = shown.substring(1, shown.length() - 1).strip();
        if (!isNumber(value)) {
            throw Errors.failedToParse("Expected a number in: " + field);
        }
        if (Values.number(value).stripTrailingZeros().scale() > 0) {
            throw Errors.failedToParse("Expected an integer: " + field);
        }
        if (Values.number(value).signum() < 0) {
            throw Errors.failedToParse("Expected a non-negative number in: " + field);
        }
    }

    private static void items(@Nullable Object value) {
        if (value instanceof Collection<?> tuple) {
            for (Object each : tuple) {
                require(
                        each instanceof Document,
                        "items",
                        "requires that each element of the array is an object, but found a " + BsonTypeName.of(each));
                nested(each);
            }
            return;
        }
        require(value instanceof Document, "items", "must be an array or an object, not " + BsonTypeName.of(value));
        nested(value);
    }

    private static void schemas(String keyword, @Nullable Object value) {
        if (!(value instanceof Collection<?> schemas)) {
            throw mismatch(keyword, "must be an array");
        }
        if (schemas.isEmpty()) {
            throw Errors.badValue("$jsonSchema keyword '" + keyword + "' must be a non-empty array");
        }
        for (Object each : schemas) {
            require(
                    each instanceof Document,
                    keyword,
                    "must be an array of objects, but found an element of type " + BsonTypeName.of(each));
            nested(each);
        }
    }

    private static void dependency(String name, @Nullable Object value) {
        if (value instanceof Document schema) {
            check(schema);
            return;
        }
        if (!(value instanceof Collection<?> others)) {
            throw Errors.typeMismatch("property '" + name
                    + "' in $jsonSchema keyword 'dependencies' must be either an object or an array");
        }
        if (others.isEmpty()) {
            throw Errors.failedToParse(
                    "property '" + name + "' in $jsonSchema keyword 'dependencies' cannot be an empty array");
        }
        Set<Object> seen = new HashSet<>();
        for (Object other : others) {
            if (!(other instanceof String)) {
                throw Errors.typeMismatch("array '" + name + "' in $jsonSchema keyword 'dependencies' can only contain"
                        + " strings, but found element of type: " + BsonTypeName.of(other));
            }
            if (!seen.add(other)) {
                throw Errors.failedToParse("array '" + name
                        + "' in $jsonSchema keyword 'dependencies' contains duplicate element: " + other);
            }
        }
    }

    private static void nested(@Nullable Object value) {
        if (value instanceof Document schema) {
            check(schema);
        }
    }

    private static Document object(String keyword, @Nullable Object value) {
        if (value instanceof Document document) {
            return document;
        }
        throw mismatch(keyword, "must be an object");
    }

    private static boolean isNumber(@Nullable Object value) {
        return value instanceof Number || value instanceof Decimal128;
    }

    private static void require(boolean holds, String keyword, String otherwise) {
        if (!holds) {
            throw mismatch(keyword, otherwise);
        }
    }

    private static MongoServerError mismatch(String keyword, String what) {
        return Errors.typeMismatch("$jsonSchema keyword '" + keyword + "' " + what);
    }

    private static MongoServerError failed(String keyword, String what) {
        return Errors.failedToParse("$jsonSchema keyword '" + keyword + "' " + what);
    }
}
