package io.mhras.migrations.testing.mongodb.aggregation;

import de.bwaldvogel.mongo.backend.DocumentComparator;
import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.bson.Document;
import io.mhras.migrations.testing.mongodb.expression.Expressions;
import io.mhras.migrations.testing.mongodb.protocol.Commands;
import io.mhras.migrations.testing.mongodb.protocol.Errors;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A {@code $group} whose documents are collected first, and accumulated when they are all there. */
final class Accumulators {

    private static final Set<String> BASE =
            Set.of("$addToSet", "$avg", "$first", "$last", "$max", "$min", "$push", "$sum");

    private final Document spec;

    Accumulators(Document spec) {
        this.spec = spec;
    }

    static boolean areBeyondBase(Document group) {
        return group.entrySet().stream()
                .anyMatch(entry -> !entry.getKey().equals("_id") && !BASE.contains(operator(entry.getValue())));
    }

    private static String operator(@Nullable Object accumulator) {
        return accumulator instanceof Document document && !document.isEmpty()
                ? document.keySet().iterator().next()
                : "";
    }

    List<Document> group(List<Document> documents, PipelineRun pipeline) {
        Map<@Nullable Object, List<Document>> groups = new LinkedHashMap<>();
        Map<@Nullable Object, @Nullable Object> ids = new LinkedHashMap<>();
        for (Document document : documents) {
            Object id = Expressions.evaluate(spec.get("_id"), document);
            Object key = Windows.key(id);
            ids.putIfAbsent(key, key == null ? null : id);
            groups.computeIfAbsent(key, any -> new ArrayList<>()).add(document);
        }
        List<Document> result = new ArrayList<>();
        groups.forEach((key, members) -> {
            Document group = new Document("_id", ids.get(key));
            spec.forEach((field, accumulator) -> {
                if (!field.equals("_id")) {
                    group.put(field, accumulate((Document) accumulator, members, pipeline));
                }
            });
            result.add(group);
        });
        return result;
    }

    /** One accumulator over documents that are all there. */
    static @Nullable Object accumulate(Document accumulator, List<Document> members, PipelineRun pipeline) {
        String operator = operator(accumulator);
        Object argument = accumulator.get(operator);
        return switch (operator) {
            case "$count" -> members.size();
            case "$mergeObjects" -> {
                Document merged = new Document();
                for (Object each : values(argument, members)) {
                    if (each instanceof Document object) {
                        merged.putAll(object);
                    }
                }
                yield merged;
            }
            case "$top", "$topN", "$bottom", "$bottomN" -> ends(operator, Commands.object(argument), members);
            case "$firstN", "$lastN", "$maxN", "$minN" -> some(operator, Commands.object(argument), members);
            case "$stdDevPop", "$stdDevSamp" -> deviation(operator, values(argument, members));
            default -> {
                if (!BASE.contains(operator)) {
                    throw Errors.notSupported("the accumulator " + operator);
                }
                yield base(operator, values(argument, members), pipeline);
            }
        };
    }

    private static List<@Nullable Object> values(@Nullable Object expression, List<Document> members) {
        List<@Nullable Object> values = new ArrayList<>();
        members.forEach(member -> values.add(Expressions.evaluate(expression, member)));
        return values;
    }

    private static @Nullable Object base(String operator, List<@Nullable Object> values, PipelineRun pipeline) {
        List<Document> documents = new ArrayList<>();
        for (Object value : values) {
            Document document = new Document();
            if (!(value instanceof de.bwaldvogel.mongo.backend.Missing)) {
                document.put("v", value);
            }
            documents.add(document);
        }
        Document group = new Document("_id", null).append("r", new Document(operator, "$v"));
        List<Document> result = pipeline.run(List.of(new Document("$group", group)), documents);
        return result.isEmpty() ? null : result.get(0).get("r");
    }

    private static @Nullable Object ends(String operator, Document argument, List<Document> members) {
        List<Document> sorted = new ArrayList<>(members);
        sorted.sort(new DocumentComparator(Commands.document(argument, "sortBy")));
        if (operator.startsWith("$bottom")) {
            java.util.Collections.reverse(sorted);
        }
        int n = operator.endsWith("N") ? Commands.number(argument, "n") : 1;
        List<@Nullable Object> outputs = values(argument.get("output"), sorted.subList(0, Math.min(n, sorted.size())));
        if (operator.equals("$bottomN")) {
            java.util.Collections.reverse(outputs);
        }
        return operator.endsWith("N") ? outputs : outputs.isEmpty() ? null : outputs.get(0);
    }

    private static @Nullable Object some(String operator, Document argument, List<Document> members) {
        List<@Nullable Object> values = values(argument.get("input"), members);
        Document call = new Document(
                operator, new Document("input", new Document("$literal", values)).append("n", argument.get("n")));
        return Expressions.evaluate(call, new Document());
    }

    private static @Nullable Object deviation(String operator, List<@Nullable Object> values) {
        double[] numbers = values.stream()
                .filter(Number.class::isInstance)
                .mapToDouble(each -> ((Number) each).doubleValue())
                .toArray();
        int divisor = operator.equals("$stdDevPop") ? numbers.length : numbers.length - 1;
        if (divisor < 1) {
            return null;
        }
        double mean = java.util.Arrays.stream(numbers).average().orElse(0);
        double squares = java.util.Arrays.stream(numbers)
                .map(each -> (each - mean) * (each - mean))
                .sum();
        return Math.sqrt(squares / divisor);
    }

    /** In the order of a key. */
    static List<Document> sorted(Collection<Document> documents, Object by) {
        List<Document> sorted = new ArrayList<>(documents);
        sorted.sort((one, other) ->
                ValueComparator.asc().compare(Expressions.evaluate(by, one), Expressions.evaluate(by, other)));
        return sorted;
    }
}
