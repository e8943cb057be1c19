package io.mhras.migrations.testing.mongodb.expression;

import de.bwaldvogel.mongo.backend.DocumentComparator;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.bson.Document;
import io.mhras.migrations.testing.mongodb.bson.BsonTypeName;
import io.mhras.migrations.testing.mongodb.expression.Expressions.Operator;
import io.mhras.migrations.testing.mongodb.protocol.Commands;
import io.mhras.migrations.testing.mongodb.protocol.Errors;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Operators on arrays. */
final class ArrayOperators {

    private ArrayOperators() {}

    static void addTo(Map<String, Operator> operators) {
        operators.put("$sortArray", ArrayOperators::sort);
        operators.put("$first", ArrayOperators::end);
        operators.put("$last", ArrayOperators::end);
        for (String some : List.of("$firstN", "$lastN", "$maxN", "$minN")) {
            operators.put(some, ArrayOperators::some);
        }
        operators.put("$zip", ArrayOperators::zip);
    }

    private static @Nullable Object sort(String name, @Nullable Object argument) {
        Object input = Expressions.required(name, argument, "input", 2942500);
        Object by = Expressions.required(name, argument, "sortBy", 2942500);
        if (by instanceof Missing) {
            throw Errors.location(2942503, "$sortArray requires 'sortBy' to be specified");
        }
        if (Missing.isNullOrMissing(input)) {
            return null;
        }
        if (!(input instanceof Collection<?> list)) {
            throw Errors.location(
                    2942504,
                    "The input argument to $sortArray must be an array, but was of type: " + BsonTypeName.of(input));
        }
        List<@Nullable Object> sorted = new ArrayList<>(list);
        if (by instanceof Document keys) {
            DocumentComparator comparator = new DocumentComparator(keys);
            sorted.sort((one, other) -> comparator.compare(asDocument(one), asDocument(other)));
        } else {
            boolean ascending = by instanceof Number direction && direction.intValue() > 0;
            sorted.sort(
                    ascending
                            ? ValueComparator.ascWithoutListHandling()
                            : ValueComparator.asc().reversed());
        }
        return sorted;
    }

    private static Document asDocument(@Nullable Object value) {
        return value instanceof Document document ? document : new Document();
    }

    private static @Nullable Object end(String name, @Nullable Object argument) {
        Object input = argument instanceof Collection<?> one
                        && one.size() == 1
                        && one.iterator().next() instanceof Collection<?> inner
                ? inner
                : argument;
        if (Missing.isNullOrMissing(NumberOperators.only(input))
                && !(input instanceof Collection<?> list && isEmpty(list))) {
            return null;
        }
        if (!(input instanceof Collection<?> list)) {
            throw Errors.location(28689, name + "'s argument must be an array, but is " + BsonTypeName.of(input));
        }
        List<@Nullable Object> all = new ArrayList<>(list);
        return all.isEmpty() ? Missing.getInstance() : all.get(name.equals("$first") ? 0 : all.size() - 1);
    }

    private static boolean isEmpty(Collection<?> list) {
        return list.isEmpty();
    }

    private static @Nullable Object some(String name, @Nullable Object argument) {
        Object input = Expressions.required(name, argument, "input", 5787801);
        if (!(input instanceof Collection<?> list)) {
            throw Errors.location(5788200, "Input must be an array");
        }
        if (!(Commands.object(argument).get("n") instanceof Number n) || n.intValue() < 1) {
            throw Errors.location(5787908, "'n' must be greater than 0");
        }
        return some(name, list, n.intValue());
    }

    static List<@Nullable Object> some(String name, Collection<?> input, int n) {
        List<@Nullable Object> list = new ArrayList<>(input);
        if (name.equals("$maxN") || name.equals("$minN")) {
            list.removeIf(Missing::isNullOrMissing);
            list.sort(ValueComparator.ascWithoutListHandling());
        }
        if (name.equals("$maxN")) {
            java.util.Collections.reverse(list);
        }
        int from = name.equals("$lastN") ? Math.max(0, list.size() - n) : 0;
        return new ArrayList<>(list.subList(from, Math.min(list.size(), from + n)));
    }

    private static @Nullable Object zip(String name, @Nullable Object argument) {
        Object inputs = Expressions.required(name, argument, "inputs", 34460);
        Document named = (Document) Objects.requireNonNull(argument);
        if (!(inputs instanceof Collection<?> all) || all.isEmpty()) {
            throw Errors.location(34461, "inputs must be an array of expressions, found " + BsonTypeName.of(inputs));
        }
        List<List<@Nullable Object>> lists = new ArrayList<>();
        for (Object each : all) {
            if (Missing.isNullOrMissing(each)) {
                return null;
            }
            lists.add(new ArrayList<>((Collection<?>) each));
        }
        List<@Nullable Object> defaults =
                named.get("defaults") instanceof Collection<?> given ? new ArrayList<>(given) : List.of();
        var sizes = lists.stream().mapToInt(List::size).summaryStatistics();
        int length = Expressions.isTrue(named.get("useLongestLength")) ? sizes.getMax() : sizes.getMin();
        List<Object> zipped = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            List<@Nullable Object> row = new ArrayList<>();
            for (int column = 0; column < lists.size(); column++) {
                List<@Nullable Object> list = lists.get(column);
                row.add(i < list.size() ? list.get(i) : column < defaults.size() ? defaults.get(column) : null);
            }
            zipped.add(row);
        }
        return zipped;
    }
}
