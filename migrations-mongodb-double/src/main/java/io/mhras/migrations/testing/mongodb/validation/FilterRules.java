package io.mhras.migrations.testing.mongodb.validation;

import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Decimal128;
import de.bwaldvogel.mongo.bson.Document;
import io.mhras.migrations.testing.mongodb.bson.BsonTypeName;
import io.mhras.migrations.testing.mongodb.bson.Patterns;
import io.mhras.migrations.testing.mongodb.bson.Values;
import io.mhras.migrations.testing.mongodb.expression.ExpressionRules;
import io.mhras.migrations.testing.mongodb.protocol.Commands;
import io.mhras.migrations.testing.mongodb.protocol.Errors;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a filter is one, before any document is looked at: what expression_parser.cpp refuses, in its words. */
public final class FilterRules {

    private static final Set<String> OPERATORS =
            Set.of(("$eq $gt $gte $in $lt $lte $ne $nin $not $exists $type $mod $regex $options $all $elemMatch $size"
                            + " $nearSphere $geoWithin $maxDistance $minDistance")
                    .split(" "));

    private static final Set<String> UNSUPPORTED =
            Set.of(("$bitsAllClear $bitsAllSet $bitsAnyClear $bitsAnySet $geoIntersects $near $within $uniqueDocs"
                            + " $where $text $sampleRate")
                    .split(" "));

    private static final Set<String> NOT_IN_VALIDATORS = Set.of("$text", "$where", "$near", "$nearSphere", "$geoNear");

    private static final Set<String> PARTIAL =
            Set.of("$and", "$or", "$in", "$eq", "$gt", "$gte", "$lt", "$lte", "$exists", "$type", "$geoWithin");

    private FilterRules() {}

    /** Throws what the server throws when a filter itself is wrong. */
    public static void check(Document filter) {
        filter.forEach((field, value) -> {
            if (field.startsWith("$")) {
                checkTop(field, value);
            } else if (isOperators(value)) {
                checkOperators((Document) value);
            }
        });
    }

    /** Throws what the server throws when a validator is wrong. */
    public static void checkValidator(Document validator) {
        refuse(validator);
        check(validator);
    }

    private static void refuse(@Nullable Object part) {
        if (part instanceof Document document) {
            document.forEach((operator, value) -> {
                if (NOT_IN_VALIDATORS.contains(operator)) {
                    throw Errors.queryFeatureNotAllowed(operator + " is not allowed in this context");
                }
                if (!operator.equals("$jsonSchema")) {
                    refuse(value);
                }
            });
        } else if (part instanceof Collection<?> list) {
            list.forEach(FilterRules::refuse);
        }
    }

    /** Throws what the server throws when a partial index asks for more than it can. */
    public static void checkPartialFilter(Document filter) {
        check(filter);
        checkPartial(filter);
    }

    private static void checkPartial(Document filter) {
        filter.forEach((operator, value) -> {
            boolean isWrong = operator.startsWith("$")
                    && (!PARTIAL.contains(operator) || operator.equals("$exists") && !Boolean.TRUE.equals(value));
            if (isWrong || value instanceof BsonRegularExpression) {
                String name = value instanceof BsonRegularExpression ? "$regex" : operator;
                throw Errors.cannotCreateIndex("Expression not supported in partial index: " + name);
            }
            if (value instanceof Document nested && isOperators(nested)) {
                checkPartial(nested);
            }
            if (Set.of("$and", "$or").contains(operator)) {
                ((Collection<?>) value).forEach(each -> checkPartial((Document) each));
            }
        });
    }

    static boolean isOperators(@Nullable Object value) {
        return value instanceof Document document
                && !document.isEmpty()
                && document.keySet().iterator().next().startsWith("$")
                && !document.containsKey("$ref");
    }

    private static void checkTop(String operator, @Nullable Object value) {
        switch (operator) {
            case "$and", "$or", "$nor" -> {
                if (!(value instanceof Collection<?> clauses)) {
                    throw Errors.badValue(operator + " must be an array");
                }
                if (clauses.isEmpty()) {
                    throw Errors.badValue("$and/$or/$nor must be a nonempty array");
                }
                for (Object clause : clauses) {
                    if (!(clause instanceof Document filter)) {
                        throw Errors.badValue("$or/$and/$nor entries need to be full objects");
                    }
                    check(filter);
                }
            }
            case "$jsonSchema" -> {
                if (!(value instanceof Document schema)) {
                    throw Errors.typeMismatch("$jsonSchema must be an object");
                }
                SchemaRules.check(schema);
            }
            case "$expr" -> ExpressionRules.check(value);
            case "$comment", "$alwaysTrue", "$alwaysFalse" -> {}
            default -> {
                if (UNSUPPORTED.contains(operator)) {
                    throw Errors.notSupported("the query operator " + operator);
                }
                throw Errors.badValue("unknown top level operator: " + operator + ". If you have a field name that"
                        + " starts with a '$' symbol, consider using $getField or $setField.");
            }
        }
    }

    private static void checkOperators(Document operators) {
        operators.forEach((operator, value) -> {
            if (UNSUPPORTED.contains(operator)) {
                throw Errors.notSupported("the query operator " + operator);
            }
            if (!OPERATORS.contains(operator)) {
                throw Errors.badValue("unknown operator: " + operator);
            }
            checkOperator(operator, value);
        });
        if (operators.containsKey("$options") && !operators.containsKey("$regex")) {
            throw Errors.badValue("$options needs a $regex");
        }
        if (operators.get("$regex") instanceof String pattern) {
            Patterns.compile(pattern, operators.get("$options") instanceof String options ? options : "");
        }
    }

    private static void checkOperator(String operator, @Nullable Object value) {
        switch (operator) {
            case "$in", "$nin", "$all" -> require(value instanceof Collection, operator + " needs an array");
            case "$regex" ->
                require(value instanceof String || value instanceof BsonRegularExpression, "$regex has to be a string");
            case "$options" -> require(value instanceof String, "$options has to be a string");
            case "$elemMatch" -> {
                require(value instanceof Document, "$elemMatch needs an Object");
                Document nested = Commands.object(value);
                if (isOperators(nested) && !Set.of("$and", "$or", "$nor").contains(first(nested))) {
                    checkOperators(nested);
                } else {
                    check(nested);
                }
            }
            case "$not" -> {
                require(
                        value instanceof BsonRegularExpression || value instanceof Document,
                        "$not needs a regex or a document");
                if (value instanceof Document nested) {
                    require(!nested.isEmpty(), "$not cannot be empty");
                    checkOperators(nested);
                }
            }
            case "$size" -> {
                if (!(value instanceof Number size)) {
                    throw Errors.badValue("Failed to parse $size. Expected a number in: $size: " + value);
                }
                require(
                        size.longValue() >= 0,
                        "Failed to parse $size. Expected a non-negative number in:" + " $size: " + value);
            }
            case "$mod" -> {
                if (!(value instanceof Collection<?> both)) {
                    throw Errors.badValue("malformed mod, needs to be an array");
                }
                require(both.size() >= 2, "malformed mod, not enough elements");
                require(both.size() == 2, "malformed mod, too many elements");
            }
            case "$type" -> Values.many(value).forEach(FilterRules::checkType);
            default -> {}
        }
    }

    private static void checkType(@Nullable Object type) {
        if (type instanceof String name) {
            BsonTypeName.check(name);
        } else if (type instanceof Number code) {
            boolean isCode = code.intValue() >= 1 && code.intValue() <= 19
                    || Set.of(-1, 127).contains(code.intValue());
            require(isCode, "Invalid numerical type code: " + code);
        } else {
            throw Errors.typeMismatch("type must be represented as a number or a string");
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw Errors.badValue(otherwise);
        }
    }

    private static String first(Document document) {
        return document.keySet().iterator().next();
    }

    /** The filter as conditions of one operator each; options stay with what they are of. */
    static List<Document> conditions(Document filter) {
        List<Document> conditions = new ArrayList<>();
        filter.forEach((field, value) -> {
            if (field.startsWith("$") || !isOperators(value) || ((Document) value).size() == 1) {
                conditions.add(new Document(field, value));
                return;
            }
            Document rest = ((Document) value).clone();
            boolean stayTogether = rest.keySet().stream()
                    .anyMatch(each ->
                            Set.of("$options", "$maxDistance", "$minDistance").contains(each));
            if (stayTogether) {
                conditions.add(new Document(field, rest));
            } else {
                rest.forEach(
                        (operator, operand) -> conditions.add(new Document(field, new Document(operator, operand))));
            }
        });
        return conditions;
    }

    /** Whether a number stands there, of whatever type. */
    static boolean isNumber(@Nullable Object value) {
        return value instanceof Number || value instanceof Decimal128;
    }
}
