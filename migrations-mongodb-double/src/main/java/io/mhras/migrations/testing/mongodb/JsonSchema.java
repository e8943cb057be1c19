package io.mhras.migrations.testing.mongodb;

import de.bwaldvogel.mongo.backend.DefaultQueryMatcher;
import de.bwaldvogel.mongo.bson.Decimal128;
import de.bwaldvogel.mongo.bson.Document;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Validators: MongoDB's {@code $jsonSchema}, draft 4 with {@code bsonType}, and query operators beside it. */
final class JsonSchema {

    private static final Set<String> KEYWORDS = Set.of(
            "bsonType",
            "type",
            "title",
            "description",
            "required",
            "properties",
            "patternProperties",
            "additionalProperties",
            "minProperties",
            "maxProperties",
            "dependencies",
            "enum",
            "items",
            "additionalItems",
            "minItems",
            "maxItems",
            "uniqueItems",
            "minLength",
            "maxLength",
            "pattern",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
            "allOf",
            "anyOf",
            "oneOf",
            "not");

    private static final Set<String> NOT_IN_VALIDATORS = Set.of("$text", "$where", "$near", "$nearSphere");
    private static final Set<String> NOT_IN_PARTIAL_FILTERS = Set.of("$ne", "$nin", "$not", "$nor", "$regex");

    private JsonSchema() {}

    /** Throws what the server throws when a validator itself is wrong. */
    static void checkValidator(Document validator) {
        validator.forEach((operator, value) -> {
            if (operator.equals("$jsonSchema")) {
                checkSchema(schema(value, operator));
            } else if (value instanceof List<?> list && operator.startsWith("$")) {
                list.forEach(each -> checkValidator((Document) each));
            } else if (NOT_IN_VALIDATORS.contains(operator)) {
                throw Errors.queryFeatureNotAllowed(operator + " is not allowed in this context");
            }
        });
    }

    /** Throws what the server throws when a partial index asks for more than it can. */
    static void checkPartialFilter(Document filter) {
        filter.forEach((operator, value) -> {
            if (NOT_IN_PARTIAL_FILTERS.contains(operator)) {
                throw Errors.cannotCreateIndex(
                        "Error in specification: Expression not supported in partial index: " + operator);
            }
            if (value instanceof Document nested) {
                checkPartialFilter(nested);
            }
        });
    }

    private static void checkSchema(Document schema) {
        schema.forEach((keyword, value) -> {
            if (!KEYWORDS.contains(keyword)) {
                throw Errors.failedToParse("Unknown $jsonSchema keyword: " + keyword);
            }
            switch (keyword) {
                case "bsonType" -> many(value).forEach(type -> BsonTypeName.check((String) type));
                case "required" -> {
                    if (!(value instanceof List<?> list) || list.isEmpty()) {
                        throw Errors.failedToParse("$jsonSchema keyword 'required' must be a non-empty array");
                    }
                }
                case "properties", "patternProperties" ->
                    schema(value, keyword).values().forEach(each -> checkSchema(schema(each, keyword)));
                case "items", "allOf", "anyOf", "oneOf" ->
                    many(value).forEach(each -> checkSchema(schema(each, keyword)));
                case "not" -> checkSchema(schema(value, keyword));
                case "additionalProperties" -> {
                    if (value instanceof Document nested) {
                        checkSchema(nested);
                    }
                }
                default -> {}
            }
        });
        if (schema.containsKey("bsonType") && schema.containsKey("type")) {
            throw Errors.failedToParse("Cannot specify both $jsonSchema keywords 'type' and 'bsonType'");
        }
    }

    private static Document schema(@Nullable Object value, String keyword) {
        if (value instanceof Document document) {
            return document;
        }
        throw Errors.typeMismatch("$jsonSchema keyword '" + keyword + "' must be an object");
    }

    static boolean matches(Document validator, Document document) {
        Document rest = new Document();
        boolean matches = true;
        for (Map.Entry<String, Object> entry : validator.entrySet()) {
            matches &= switch (entry.getKey()) {
                case "$jsonSchema" -> valid((Document) entry.getValue(), document);
                case "$and" -> each(entry.getValue()).allMatch(part -> matches(part, document));
                case "$or" -> each(entry.getValue()).anyMatch(part -> matches(part, document));
                case "$nor" -> each(entry.getValue()).noneMatch(part -> matches(part, document));
                default -> {
                    rest.put(entry.getKey(), entry.getValue());
                    yield true;
                }
            };
        }
        return matches && (rest.isEmpty() || new DefaultQueryMatcher().matches(document, rest));
    }

    private static Stream<Document> each(@Nullable Object list) {
        return many(list).stream().map(Document.class::cast);
    }

    private static boolean valid(Document schema, @Nullable Object value) {
        return validType(schema, value)
                && validCombination(schema, value)
                && (!(value instanceof Number || value instanceof Decimal128) || validNumber(schema, value))
                && (!(value instanceof String text) || validString(schema, text))
                && (!(value instanceof Collection<?> list) || validArray(schema, list))
                && (!(value instanceof Document document) || validObject(schema, document));
    }

    private static boolean validType(Document schema, @Nullable Object value) {
        Object type = schema.containsKey("bsonType") ? schema.get("bsonType") : schema.get("type");
        boolean oneOfTypes =
                type == null || many(type).stream().anyMatch(each -> BsonTypeName.of((String) each, value));
        boolean oneOfValues =
                !(schema.get("enum") instanceof List<?> list) || list.stream().anyMatch(each -> same(each, value));
        return oneOfTypes && oneOfValues;
    }

    private static boolean validCombination(Document schema, @Nullable Object value) {
        return (!schema.containsKey("allOf") || each(schema.get("allOf")).allMatch(part -> valid(part, value)))
                && (!schema.containsKey("anyOf") || each(schema.get("anyOf")).anyMatch(part -> valid(part, value)))
                && (!schema.containsKey("oneOf")
                        || each(schema.get("oneOf"))
                                        .filter(part -> valid(part, value))
                                        .count()
                                == 1)
                && (!(schema.get("not") instanceof Document not) || !valid(not, value));
    }

    private static boolean validNumber(Document schema, Object value) {
        BigDecimal number = number(value);
        if (number == null) {
            return true;
        }
        BigDecimal least = number(schema.get("minimum"));
        BigDecimal most = number(schema.get("maximum"));
        BigDecimal step = number(schema.get("multipleOf"));
        int atLeast = Commands.isTrue(schema, "exclusiveMinimum") ? 1 : 0;
        int atMost = Commands.isTrue(schema, "exclusiveMaximum") ? -1 : 0;
        return (least == null || number.compareTo(least) >= atLeast)
                && (most == null || number.compareTo(most) <= atMost)
                && (step == null || number.remainder(step).signum() == 0);
    }

    private static boolean validString(Document schema, String text) {
        return within(schema, "Length", text.codePointCount(0, text.length()))
                && (!(schema.get("pattern") instanceof String pattern)
                        || Pattern.compile(pattern).matcher(text).find());
    }

    private static boolean validArray(Document schema, Collection<?> list) {
        boolean unique = Commands.isTrue(schema, "uniqueItems");
        return within(schema, "Items", list.size())
                && (!unique || new HashSet<>(list).size() == list.size())
                && (!(schema.get("items") instanceof Document items)
                        || list.stream().allMatch(each -> valid(items, each)));
    }

    private static boolean validObject(Document schema, Document document) {
        return within(schema, "Properties", document.size())
                && (!schema.containsKey("required") || document.keySet().containsAll(many(schema.get("required"))))
                && document.entrySet().stream().allMatch(field -> validField(schema, field.getKey(), field.getValue()))
                && Commands.document(schema, "dependencies").entrySet().stream()
                        .filter(entry -> document.containsKey(entry.getKey()))
                        .allMatch(entry -> entry.getValue() instanceof Document nested
                                ? valid(nested, document)
                                : document.keySet().containsAll(many(entry.getValue())));
    }

    private static boolean validField(Document schema, String name, @Nullable Object value) {
        Document properties = Commands.document(schema, "properties");
        List<Document> rules = Stream.concat(
                        Stream.ofNullable((Document) properties.get(name)),
                        Commands.document(schema, "patternProperties").entrySet().stream()
                                .filter(rule -> Pattern.compile(rule.getKey())
                                        .matcher(name)
                                        .find())
                                .map(rule -> (Document) rule.getValue()))
                .toList();
        if (rules.isEmpty()) {
            Object additional = schema.get("additionalProperties");
            return !Boolean.FALSE.equals(additional) && (!(additional instanceof Document rule) || valid(rule, value));
        }
        return rules.stream().allMatch(rule -> valid(rule, value));
    }

    private static boolean within(Document schema, String what, int size) {
        return (!schema.containsKey("min" + what) || size >= Commands.number(schema, "min" + what))
                && (!schema.containsKey("max" + what) || size <= Commands.number(schema, "max" + what));
    }

    /** Null for what is no number that can be compared. */
    private static @Nullable BigDecimal number(@Nullable Object value) {
        if (value instanceof Decimal128 decimal) {
            return decimal.toBigDecimal();
        }
        if (value instanceof Double number) {
            return Double.isFinite(number) ? BigDecimal.valueOf(number) : null;
        }
        return value instanceof Number number ? BigDecimal.valueOf(number.longValue()) : null;
    }

    private static boolean same(@Nullable Object one, @Nullable Object other) {
        BigDecimal left = number(one);
        BigDecimal right = number(other);
        return left != null && right != null ? left.compareTo(right) == 0 : Objects.equals(one, other);
    }

    private static Collection<?> many(@Nullable Object value) {
        return value instanceof Collection<?> list ? list : value == null ? List.of() : List.of(value);
    }
}
