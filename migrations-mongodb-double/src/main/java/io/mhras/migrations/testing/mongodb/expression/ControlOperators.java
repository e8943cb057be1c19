package io.mhras.migrations.testing.mongodb.expression;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.bson.Document;
import io.mhras.migrations.testing.mongodb.bson.BsonTypeName;
import io.mhras.migrations.testing.mongodb.protocol.Errors;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Operators that decide what of their arguments is evaluated, and with which variables. */
final class ControlOperators {

    private static final Set<String> NAMES = Set.of(
            "$switch", "$let", "$cond", "$ifNull", "$and", "$or", "$map", "$filter", "$reduce", "$type", "$getField");

    private ControlOperators() {}

    static boolean has(String operator) {
        return NAMES.contains(operator);
    }

    static @Nullable Object evaluate(String operator, @Nullable Object argument, Scope scope) {
        return switch (operator) {
            case "$switch" -> choose(document(operator, argument), scope);
            case "$let" -> let(document(operator, argument), scope);
            case "$getField" -> FieldOperators.get(argument, scope);
            case "$cond" -> cond(argument, scope);
            case "$ifNull" -> firstThatIs(list(argument), scope);
            case "$and" ->
                list(argument).stream().allMatch(each -> Expressions.isTrue(Expressions.evaluate(each, scope)));
            case "$or" ->
                list(argument).stream().anyMatch(each -> Expressions.isTrue(Expressions.evaluate(each, scope)));
            case "$type" -> {
                Object value =
                        Expressions.evaluate(argument instanceof Collection<?> one ? first(one) : argument, scope);
                yield value instanceof Missing ? "missing" : BsonTypeName.of(value);
            }
            default -> overArray(operator, document(operator, argument), scope);
        };
    }

    private static @Nullable Object choose(Document argument, Scope scope) {
        List<?> branches = list(argument.get("branches"));
        if (branches.isEmpty()) {
            throw Errors.location(40068, "$switch requires at least one branch.");
        }
        for (Object each : branches) {
            Document branch = document("$switch", each);
            if (Expressions.isTrue(Expressions.evaluate(branch.get("case"), scope))) {
                return Expressions.evaluate(branch.get("then"), scope);
            }
        }
        if (!argument.containsKey("default")) {
            throw Errors.location(
                    40066, "$switch could not find a matching branch for an input, and no default was specified.");
        }
        return Expressions.evaluate(argument.get("default"), scope);
    }

    private static @Nullable Object let(Document argument, Scope scope) {
        Scope inner = scope;
        for (var variable : document("$let", argument.get("vars")).entrySet()) {
            inner = inner.with(variable.getKey(), Expressions.evaluate(variable.getValue(), scope));
        }
        return Expressions.evaluate(argument.get("in"), inner);
    }

    private static @Nullable Object cond(@Nullable Object argument, Scope scope) {
        List<?> list = argument instanceof Document named
                ? java.util.Arrays.asList(named.get("if"), named.get("then"), named.get("else"))
                : list(argument);
        if (list.size() != 3) {
            throw Errors.location(
                    16020, "Expression $cond takes exactly 3 arguments. " + list.size() + " were passed in.");
        }
        return Expressions.evaluate(
                list.get(Expressions.isTrue(Expressions.evaluate(list.get(0), scope)) ? 1 : 2), scope);
    }

    private static @Nullable Object firstThatIs(List<?> alternatives, Scope scope) {
        Object value = null;
        for (Object each : alternatives) {
            value = Expressions.evaluate(each, scope);
            if (Missing.isNeitherNullNorMissing(value)) {
                return value;
            }
        }
        return value;
    }

    private static @Nullable Object overArray(String operator, Document argument, Scope scope) {
        Object input = Expressions.evaluate(argument.get("input"), scope);
        if (Missing.isNullOrMissing(input)) {
            return null;
        }
        if (!(input instanceof Collection<?> list)) {
            int code = operator.equals("$map") ? 16883 : operator.equals("$filter") ? 28651 : 40080;
            throw Errors.location(code, "input to " + operator + " must be an array not " + BsonTypeName.of(input));
        }
        if (operator.equals("$reduce")) {
            Object value = Expressions.evaluate(argument.get("initialValue"), scope);
            for (Object each : list) {
                Scope step = scope.with("this", each).with("value", value);
                value = Expressions.evaluate(argument.get("in"), step);
            }
            return value;
        }
        String name = argument.get("as") instanceof String as ? as : "this";
        Object limit = Expressions.orNull(Expressions.evaluate(argument.get("limit"), scope));
        List<@Nullable Object> result = new ArrayList<>();
        for (Object each : list) {
            Scope step = scope.with(name, each);
            if (operator.equals("$map")) {
                result.add(Expressions.orNull(Expressions.evaluate(argument.get("in"), step)));
            } else if (Expressions.isTrue(Expressions.evaluate(argument.get("cond"), step))
                    && (limit == null || ValueComparator.asc().compare(result.size(), limit) < 0)) {
                result.add(each);
            }
        }
        return result;
    }

    private static Document document(String operator, @Nullable Object value) {
        if (value instanceof Document document) {
            return document;
        }
        throw Errors.location(40060, operator + " requires an object as an argument, found: " + BsonTypeName.of(value));
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof Collection<?> list ? new ArrayList<>(list) : java.util.Collections.singletonList(value);
    }

    private static @Nullable Object first(Collection<?> list) {
        return list.isEmpty() ? null : list.iterator().next();
    }
}
