package io.mhras.migrations.testing.mongodb;

import de.bwaldvogel.mongo.bson.Decimal128;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import io.mhras.migrations.testing.mongodb.aggregation.PipelineRules;
import io.mhras.migrations.testing.mongodb.bson.BsonTypeName;
import io.mhras.migrations.testing.mongodb.protocol.Commands;
import io.mhras.migrations.testing.mongodb.protocol.Errors;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether an update is one, before any document is looked at. */
final class UpdateRules {

    private static final Set<String> OPERATORS = Set.of(
            "$inc $mul $rename $setOnInsert $set $unset $min $max $currentDate $addToSet $pop $pullAll $pull $push $bit"
                    .split(" "));

    private static final Pattern IDENTIFIER = Pattern.compile("\\$\\[([^\\]]+)]");

    private UpdateRules() {}

    static void check(Document update) {
        Object change = update.get("u");
        if (change instanceof Collection<?> pipeline) {
            PipelineRules.checkUpdate(pipeline);
        } else if (change instanceof Document document) {
            if (document.keySet().stream().findFirst().orElse("").startsWith("$")) {
                checkOperators(document);
                checkArrayFilters(document, Commands.documents(update, "arrayFilters"));
            } else {
                checkReplacement(document, Commands.isTrue(update, "multi"));
            }
        }
    }

    private static void checkReplacement(Document document, boolean isMulti) {
        if (isMulti) {
            throw Errors.failedToParse("multi update is not supported for replacement-style update");
        }
        for (String field : document.keySet()) {
            if (OPERATORS.contains(field)) {
                throw new MongoServerError(
                        52,
                        "DollarPrefixedFieldName",
                        "The dollar ($) prefixed field '" + field + "' in '" + field
                                + "' is not allowed in the context of"
                                + " an update's replacement document. Consider using an aggregation pipeline with"
                                + " $replaceWith.");
            }
        }
    }

    private static void checkOperators(Document update) {
        List<String> paths = new ArrayList<>();
        update.forEach((operator, value) -> {
            if (!OPERATORS.contains(operator)) {
                throw Errors.failedToParse("Unknown modifier: " + operator
                        + ". Expected a valid update modifier or pipeline-style update specified as an array");
            }
            if (!(value instanceof Document fields)) {
                throw Errors.failedToParse("Modifiers operate on fields but we found type " + BsonTypeName.of(value)
                        + " instead. For example: {$mod: {<field>: ...}} not {" + operator + ": " + value + "}");
            }
            fields.forEach((path, argument) -> {
                checkPath(path);
                if (operator.equals("$rename") && argument instanceof String to) {
                    checkConflict(to, paths);
                }
                checkConflict(path, paths);
                checkArgument(operator, path, argument);
            });
        });
    }

    private static void checkPath(String path) {
        if (path.isEmpty()) {
            throw emptyName("An empty update path is not valid.");
        }
        if (path.startsWith(".") || path.endsWith(".") || path.contains("..")) {
            throw emptyName("The update path '" + path + "' contains an empty field name, which is not allowed.");
        }
        if (path.startsWith("$") && !path.startsWith("$[")) {
            throw new MongoServerError(
                    52,
                    "DollarPrefixedFieldName",
                    "The dollar ($) prefixed field '" + path + "' in '" + path + "' is not allowed in the context of an"
                            + " update's replacement document. Consider using an aggregation pipeline with $replaceWith.");
        }
    }

    private static MongoServerError emptyName(String message) {
        return new MongoServerError(56, "EmptyFieldName", message);
    }

    private static void checkConflict(String path, List<String> others) {
        for (String other : others) {
            if (path.equals(other) || path.startsWith(other + ".") || other.startsWith(path + ".")) {
                throw new MongoServerError(
                        40,
                        "ConflictingUpdateOperators",
                        "Updating the path '" + path + "' would create a conflict at '"
                                + (path.length() < other.length() ? path : other) + "'");
            }
        }
        others.add(path);
    }

    private static void checkArgument(String operator, String path, @Nullable Object argument) {
        String shown = new Document(path, argument).toString(true);
        switch (operator) {
            case "$inc" -> require(isNumber(argument), "Cannot increment with non-numeric argument: " + shown);
            case "$mul" -> require(isNumber(argument), "Cannot multiply with non-numeric argument: " + shown);
            case "$rename" -> {
                if (!(argument instanceof String to)) {
                    throw Errors.badValue("The 'to' field for $rename must be a string: " + path + ": " + argument);
                }
                if (to.equals(path)) {
                    throw Errors.badValue(
                            "The source and target field for $rename must differ: " + path + ": \"" + to + "\"");
                }
            }
            case "$pop" -> {
                if (!(argument instanceof Number end) || Math.abs(end.doubleValue()) != 1) {
                    throw Errors.failedToParse("$pop expects 1 or -1, found: " + argument);
                }
            }
            case "$pullAll" -> {
                if (!(argument instanceof Collection)) {
                    throw Errors.badValue(
                            "$pullAll requires an array argument but was given a " + BsonTypeName.of(argument));
                }
            }
            case "$addToSet", "$push" -> checkEach(operator, argument);
            case "$currentDate" -> {
                boolean isType = argument instanceof Document type
                        && Set.of("date", "timestamp").contains(type.get("$type"));
                if (!(argument instanceof Boolean) && !isType) {
                    throw Errors.badValue(
                            BsonTypeName.of(argument) + " is not valid type for $currentDate. Please use a"
                                    + " boolean ('true') or a $type expression ({$type: 'timestamp/date'}).");
                }
            }
            case "$bit" -> {
                if (!(argument instanceof Document operations)) {
                    throw Errors.badValue("The $bit modifier is not compatible with a " + BsonTypeName.of(argument)
                            + ". You must pass in an embedded document: {$bit: {field: {and/or/xor: #}}");
                }
                for (Map.Entry<String, Object> each : operations.entrySet()) {
                    if (!Set.of("and", "or", "xor").contains(each.getKey())) {
                        throw Errors.badValue("The $bit modifier only supports 'and', 'or', and 'xor', not '"
                                + each.getKey() + "' which is an unknown operator: " + operations.toString(true));
                    }
                }
            }
            default -> {}
        }
    }

    private static void checkEach(String operator, @Nullable Object argument) {
        if (!(argument instanceof Document clauses) || !clauses.containsKey("$each")) {
            return;
        }
        if (!(clauses.get("$each") instanceof Collection)) {
            throw Errors.typeMismatch("The argument to $each in " + operator + " must be an array but it was of type "
                    + BsonTypeName.of(clauses.get("$each")));
        }
        Set<String> known =
                operator.equals("$push") ? Set.of("$each", "$slice", "$sort", "$position") : Set.of("$each");
        for (String clause : clauses.keySet()) {
            if (!known.contains(clause)) {
                throw Errors.badValue(
                        operator.equals("$push")
                                ? "Unrecognized clause in $push: " + clause
                                : "Found unexpected fields after $each in $addToSet: " + clauses.toString(true));
            }
        }
        for (String number : List.of("$slice", "$position")) {
            if (clauses.containsKey(number) && !(clauses.get(number) instanceof Number)) {
                throw Errors.badValue("The value for " + number + " must be an integer value but was given type: "
                        + BsonTypeName.of(clauses.get(number)));
            }
        }
    }

    private static void checkArrayFilters(Document update, List<Document> filters) {
        Set<String> defined = new TreeSet<>();
        for (Document filter : filters) {
            String name =
                    filter.isEmpty() ? "" : filter.keySet().iterator().next().split("\\.", 2)[0];
            if (!name.startsWith("$") && !defined.add(name)) {
                throw Errors.failedToParse("Found multiple array filters with the same top-level field name " + name);
            }
        }
        Set<String> used = new TreeSet<>();
        update.forEach((operator, fields) -> ((Document) fields).keySet().forEach(path -> {
            Matcher identifiers = IDENTIFIER.matcher(path);
            while (identifiers.find()) {
                used.add(identifiers.group(1));
                if (!defined.contains(identifiers.group(1)) && filters.stream().noneMatch(UpdateRules::isCompound)) {
                    throw Errors.badValue("No array filter found for identifier '" + identifiers.group(1)
                            + "' in path '" + path + "'");
                }
            }
        }));
        for (String name : defined) {
            if (!used.contains(name)) {
                throw Errors.failedToParse("The array filter for identifier '" + name + "' was not used in the update "
                        + update.toString(true));
            }
        }
    }

    private static boolean isCompound(Document filter) {
        return filter.keySet().stream().anyMatch(name -> name.startsWith("$"));
    }

    private static boolean isNumber(@Nullable Object value) {
        return value instanceof Number || value instanceof Decimal128;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw Errors.typeMismatch(otherwise);
        }
    }
}
