package io.mhras.migrations.testing.mongodb.expression;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Decimal128;
import io.mhras.migrations.testing.mongodb.bson.BsonTypeName;
import io.mhras.migrations.testing.mongodb.expression.Expressions.Operator;
import io.mhras.migrations.testing.mongodb.protocol.Errors;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Operators on numbers. */
final class NumberOperators {

    private NumberOperators() {}

    static void addTo(Map<String, Operator> operators) {
        operators.put("$round", NumberOperators::round);
        operators.put("$isNumber", (name, argument) -> isNumber(only(argument)));
    }

    private static boolean isNumber(@Nullable Object value) {
        return value instanceof Number || value instanceof Decimal128;
    }

    static @Nullable Object only(@Nullable Object argument) {
        return argument instanceof Collection<?> list && list.size() == 1
                ? list.iterator().next()
                : argument;
    }

    /** Half to even, as the server; a number keeps its type. */
    private static @Nullable Object round(String name, @Nullable Object argument) {
        List<@Nullable Object> list = argument instanceof Collection<?> several
                ? new ArrayList<>(several)
                : Collections.singletonList(argument);
        if (list.isEmpty() || list.size() > 2) {
            throw Errors.location(
                    28667,
                    "Expression $round takes at least 1 arguments, and at most 2, but " + list.size()
                            + " were passed in.");
        }
        Object value = list.get(0);
        Object places = list.size() == 2 ? list.get(1) : (Object) 0;
        if (Missing.isNullOrMissing(value) || Missing.isNullOrMissing(places)) {
            return null;
        }
        if (!isNumber(value)) {
            throw Errors.location(51081, name + " only supports numeric types, not " + BsonTypeName.of(value));
        }
        if (!(places instanceof Number precision) || precision.doubleValue() != precision.intValue()) {
            throw Errors.location(51082, "precision argument to  " + name + " must be a integral value");
        }
        if (precision.intValue() < -20 || precision.intValue() > 100) {
            throw Errors.location(
                    51083, "cannot apply " + name + " with precision value " + places + " value must be in [-20, 100]");
        }
        return rounded(value, precision.intValue());
    }

    private static @Nullable Object rounded(@Nullable Object value, int places) {
        if (value instanceof Double number) {
            return Double.isFinite(number)
                    ? (Object) BigDecimal.valueOf(number)
                            .setScale(places, RoundingMode.HALF_EVEN)
                            .doubleValue()
                    : number;
        }
        if (value instanceof Decimal128 decimal) {
            return new Decimal128(decimal.toBigDecimal().setScale(places, RoundingMode.HALF_EVEN));
        }
        if (value instanceof Number number) {
            long whole = BigDecimal.valueOf(number.longValue())
                    .setScale(Math.min(places, 0), RoundingMode.HALF_EVEN)
                    .longValue();
            return number instanceof Integer && whole == (int) whole ? (Object) (int) whole : (Object) whole;
        }
        return null;
    }
}
