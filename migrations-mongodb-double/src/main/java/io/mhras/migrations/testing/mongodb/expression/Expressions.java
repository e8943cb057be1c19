package io.mhras.migrations.testing.mongodb.expression;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.aggregation.Expression;
import de.bwaldvogel.mongo.bson.Document;
import io.mhras.migrations.testing.mongodb.protocol.Errors;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Evaluates expressions: its own operators here, all others by mongo-java-server with arguments that are values. */
public final class Expressions {

    /** Computes an operator of ours from its arguments, which are values. */
    interface Operator {
        @Nullable Object apply(String name, @Nullable Object argument);
    }

    private static final Map<String, Operator> OURS = operators();

    private Expressions() {}

    private static Map<String, Operator> operators() {
        Map<String, Operator> operators = new HashMap<>();
        TextOperators.addTo(operators);
        DateOperators.addTo(operators);
        NumberOperators.addTo(operators);
        ArrayOperators.addTo(operators);
        FieldOperators.addTo(operators);
        return operators;
    }

    static boolean isOurs(String operator) {
        return OURS.containsKey(operator) || ControlOperators.has(operator);
    }

    public static @Nullable Object evaluate(@Nullable Object expression, Document document) {
        return evaluate(expression, new Scope(document, Map.of()));
    }

    static @Nullable Object evaluate(@Nullable Object expression, Scope scope) {
        if (expression instanceof String text) {
            return text.startsWith("$") && text.length() > 1 ? scope.resolve(text) : text;
        }
        if (expression instanceof Collection<?> list) {
            List<@Nullable Object> values = new ArrayList<>();
            list.forEach(each -> values.add(orNull(evaluate(each, scope))));
            return values;
        }
        if (!(expression instanceof Document document)) {
            return expression;
        }
        String operator = document.isEmpty() ? "" : document.keySet().iterator().next();
        return operator.startsWith("$") ? operator(operator, document.get(operator), scope) : object(document, scope);
    }

    private static Document object(Document fields, Scope scope) {
        Document object = new Document();
        fields.forEach((name, each) -> {
            Object value = evaluate(each, scope);
            if (!(value instanceof Missing)) {
                object.put(name, value);
            }
        });
        return object;
    }

    private static @Nullable Object operator(String operator, @Nullable Object argument, Scope scope) {
        if (operator.equals("$literal")) {
            return argument;
        }
        if (ControlOperators.has(operator)) {
            return ControlOperators.evaluate(operator, argument, scope);
        }
        Operator ours = OURS.get(operator);
        if (ours != null) {
            return ours.apply(operator, arguments(argument, scope));
        }
        if (!ExpressionRules.isBase(operator)) {
            throw ExpressionRules.unknown(operator);
        }
        return Expression.evaluateDocument(new Document(operator, literals(argument, scope)), scope.root());
    }

    /** A list stays one, and named arguments keep their names. */
    private static @Nullable Object arguments(@Nullable Object argument, Scope scope) {
        if (argument instanceof Collection<?> list) {
            List<@Nullable Object> values = new ArrayList<>();
            list.forEach(each -> values.add(evaluate(each, scope)));
            return values;
        }
        return evaluate(argument, scope);
    }

    private static @Nullable Object literals(@Nullable Object argument, Scope scope) {
        if (argument instanceof Collection<?> list) {
            List<@Nullable Object> values = new ArrayList<>();
            list.forEach(each -> values.add(literal(evaluate(each, scope))));
            return values;
        }
        if (argument instanceof Document named
                && !named.isEmpty()
                && !named.keySet().iterator().next().startsWith("$")) {
            Document values = new Document();
            named.forEach((name, each) -> values.put(name, literal(evaluate(each, scope))));
            return values;
        }
        return literal(evaluate(argument, scope));
    }

    private static Object literal(@Nullable Object value) {
        return value instanceof Missing ? "$" + "noSuchField" : new Document("$literal", value);
    }

    static @Nullable Object orNull(@Nullable Object value) {
        return value instanceof Missing ? null : value;
    }

    /** As a condition: everything but false, zero, null and nothing. */
    public static boolean isTrue(@Nullable Object value) {
        return !(value == null
                || value instanceof Missing
                || Boolean.FALSE.equals(value)
                || value instanceof Number number && number.doubleValue() == 0);
    }

    public static boolean isThere(String path, Document document) {
        return !(Expression.evaluateDocument("$" + path, document) instanceof Missing);
    }

    /** Whether mongo-java-server by itself would not understand it. */
    public static boolean isBeyondBase(@Nullable Object expression) {
        if (expression instanceof Document document) {
            return document.entrySet().stream()
                    .anyMatch(entry -> isBeyond(entry.getKey()) || isBeyondBase(entry.getValue()));
        }
        return expression instanceof Collection<?> list && list.stream().anyMatch(Expressions::isBeyondBase);
    }

    private static boolean isBeyond(String operator) {
        return isOurs(operator) && !ExpressionRules.isBase(operator);
    }

    /** A named argument that has to be there. */
    static @Nullable Object required(String operator, @Nullable Object argument, String name, int code) {
        if (!(argument instanceof Document named)) {
            throw Errors.location(code, operator + " only supports an object as its argument");
        }
        if (!named.containsKey(name)) {
            return Missing.getInstance();
        }
        return named.get(name);
    }
}
