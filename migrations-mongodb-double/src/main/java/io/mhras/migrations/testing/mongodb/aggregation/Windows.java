package io.mhras.migrations.testing.mongodb.aggregation;

import de.bwaldvogel.mongo.backend.DocumentComparator;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import io.mhras.migrations.testing.mongodb.bson.Values;
import io.mhras.migrations.testing.mongodb.expression.Expressions;
import io.mhras.migrations.testing.mongodb.protocol.Commands;
import io.mhras.migrations.testing.mongodb.protocol.Errors;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code $setWindowFields}, with windows of documents. */
final class Windows {

    private Windows() {}

    static List<Document> of(Document spec, List<Document> documents, PipelineRun pipeline) {
        Map<@Nullable Object, List<Document>> partitions = new LinkedHashMap<>();
        for (Document document : documents) {
            Object key = key(Expressions.evaluate(spec.get("partitionBy"), document));
            partitions.computeIfAbsent(key, any -> new ArrayList<>()).add(document);
        }
        List<Document> result = new ArrayList<>();
        partitions.values().forEach(partition -> result.addAll(partition(spec, partition, pipeline)));
        return result;
    }

    /** Null for nothing, too. */
    static @Nullable Object key(@Nullable Object value) {
        return value instanceof Missing ? null : Values.comparable(value);
    }

    private static List<Document> partition(Document spec, List<Document> documents, PipelineRun pipeline) {
        List<Document> sorted = new ArrayList<>(documents);
        Document by = Commands.document(spec, "sortBy");
        DocumentComparator comparator = new DocumentComparator(by);
        if (!by.isEmpty()) {
            sorted.sort(comparator);
        }
        List<Document> result = new ArrayList<>();
        for (int i = 0; i < sorted.size(); i++) {
            Document with = sorted.get(i).cloneDeeply();
            for (Map.Entry<String, Object> field :
                    Commands.document(spec, "output").entrySet()) {
                Document function = (Document) field.getValue();
                with.put(field.getKey(), value(function, sorted, i, comparator, pipeline));
            }
            result.add(with);
        }
        return result;
    }

    private static @Nullable Object value(
            Document function, List<Document> sorted, int at, DocumentComparator order, PipelineRun pipeline) {
        String operator = function.keySet().stream()
                .filter(name -> !name.equals("window"))
                .findFirst()
                .orElse("");
        Object argument = function.get(operator);
        return switch (operator) {
            case "$documentNumber" -> at + 1;
            case "$rank" -> firstOfItsRank(sorted, at, order) + 1;
            case "$denseRank" -> {
                int rank = 1;
                for (int i = 1; i <= at; i++) {
                    rank += order.compare(sorted.get(i - 1), sorted.get(i)) == 0 ? 0 : 1;
                }
                yield rank;
            }
            case "$shift" -> {
                Document shift = Commands.object(argument);
                int other = at + Commands.number(shift, "by");
                yield other >= 0 && other < sorted.size()
                        ? orNull(Expressions.evaluate(shift.get("output"), sorted.get(other)))
                        : shift.get("default");
            }
            default -> {
                List<Document> window = window(Commands.document(function, "window"), sorted, at);
                yield Accumulators.accumulate(new Document(operator, argument), window, pipeline);
            }
        };
    }

    private static @Nullable Object orNull(@Nullable Object value) {
        return value instanceof Missing ? null : value;
    }

    private static int firstOfItsRank(List<Document> sorted, int at, DocumentComparator order) {
        int first = at;
        while (first > 0 && order.compare(sorted.get(first - 1), sorted.get(at)) == 0) {
            first--;
        }
        return first;
    }

    private static List<Document> window(Document window, List<Document> sorted, int at) {
        if (window.isEmpty()) {
            return sorted;
        }
        if (!(window.get("documents") instanceof Collection<?> bounds) || bounds.size() != 2) {
            throw Errors.notSupported("a window of $setWindowFields by 'range'");
        }
        List<Object> both = new ArrayList<>(bounds);
        int from = Math.max(0, bound(both.get(0), at, 0));
        int to = Math.min(sorted.size() - 1, bound(both.get(1), at, sorted.size() - 1));
        return from > to ? List.of() : sorted.subList(from, to + 1);
    }

    private static int bound(Object bound, int at, int unbounded) {
        if (bound instanceof Number offset) {
            return at + offset.intValue();
        }
        return bound.equals("current") ? at : unbounded;
    }
}
