package io.mhras.migrations.testing.mongodb.aggregation;

import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.bson.Document;
import io.mhras.migrations.testing.mongodb.expression.Expressions;
import io.mhras.migrations.testing.mongodb.protocol.Commands;
import io.mhras.migrations.testing.mongodb.protocol.Errors;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code $bucketAuto}: buckets of much the same size. */
final class AutomaticBuckets {

    private AutomaticBuckets() {}

    static List<Document> of(Document spec, List<Document> documents, PipelineRun pipeline) {
        if (!(spec.get("buckets") instanceof Number buckets) || buckets.intValue() < 1) {
            throw Errors.location(40243, "The $bucketAuto 'buckets' field must be greater than 0");
        }
        if (spec.containsKey("granularity")) {
            throw Errors.notSupported("the 'granularity' of $bucketAuto");
        }
        Object by = Objects.requireNonNull(spec.get("groupBy"));
        List<Document> sorted = Accumulators.sorted(documents, by);
        List<List<Document>> groups = groups(sorted, by, buckets.intValue());
        Document output = spec.containsKey("output")
                ? Commands.document(spec, "output")
                : new Document("count", new Document("$sum", 1));
        List<Document> result = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            List<Document> group = groups.get(i);
            Object max = i + 1 < groups.size() ? at(by, groups.get(i + 1).get(0)) : at(by, group.get(group.size() - 1));
            Document bucket = new Document("_id", new Document("min", at(by, group.get(0))).append("max", max));
            output.forEach((field, accumulator) ->
                    bucket.put(field, Accumulators.accumulate((Document) accumulator, group, pipeline)));
            result.add(bucket);
        }
        return result;
    }

    /** What has one value stays in one bucket. */
    private static List<List<Document>> groups(List<Document> sorted, Object by, int buckets) {
        int size = Math.max(1, (int) Math.round((double) sorted.size() / buckets));
        List<List<Document>> groups = new ArrayList<>();
        List<Document> current = new ArrayList<>();
        for (Document document : sorted) {
            boolean isFull = current.size() >= size && groups.size() < buckets - 1;
            if (isFull
                    && ValueComparator.asc().compare(at(by, current.get(current.size() - 1)), at(by, document)) != 0) {
                groups.add(current);
                current = new ArrayList<>();
            }
            current.add(document);
        }
        if (!current.isEmpty()) {
            groups.add(current);
        }
        return groups;
    }

    private static @Nullable Object at(Object by, Document document) {
        return Expressions.evaluate(by, document);
    }
}
