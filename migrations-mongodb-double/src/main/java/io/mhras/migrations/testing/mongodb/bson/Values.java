package io.mhras.migrations.testing.mongodb.bson;

import de.bwaldvogel.mongo.bson.Decimal128;
import de.bwaldvogel.mongo.bson.Document;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a schema compares: numbers by their worth, documents whatever the order of their fields. */
public final class Values {

    private Values() {}

    /** Zero for what is no number that can be compared. */
    public static BigDecimal number(@Nullable Object value) {
        BigDecimal number = numberOrNull(value);
        return number == null ? BigDecimal.ZERO : number;
    }

    public static @Nullable BigDecimal numberOrNull(@Nullable Object value) {
        if (value instanceof Decimal128 decimal) {
            return decimal.toBigDecimal();
        }
        if (value instanceof Double number) {
            return Double.isFinite(number) ? BigDecimal.valueOf(number) : null;
        }
        return value instanceof Number number ? BigDecimal.valueOf(number.longValue()) : null;
    }

    public static boolean same(@Nullable Object one, @Nullable Object other) {
        return Objects.equals(comparable(one), comparable(other));
    }

    /** Equal to that of any value that is the same to a schema. */
    public static @Nullable Object comparable(@Nullable Object value) {
        if (value instanceof Document document) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            document.forEach((field, each) -> fields.put(field, comparable(each)));
            return fields;
        }
        if (value instanceof Collection<?> list) {
            List<@Nullable Object> elements = new ArrayList<>();
            list.forEach(each -> elements.add(comparable(each)));
            return elements;
        }
        BigDecimal number = numberOrNull(value);
        return number == null ? value : number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    }

    public static Collection<?> many(@Nullable Object value) {
        return value instanceof Collection<?> list ? list : value == null ? List.of() : List.of(value);
    }
}
