package io.mhras.migrations.testing.mongodb.aggregation;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import io.mhras.migrations.testing.mongodb.expression.Expressions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What mongo-java-server cannot compute is computed before its stage, and put into fields that the stage refers to instead.
 */
final class ComputedFields {

    private static final String PREFIX = "computedByTheDouble";
    private final List<Object> expressions = new ArrayList<>();

    List<Document> run(Document stage, List<Document> documents, PipelineRun pipeline) {
        Document plain = (Document) java.util.Objects.requireNonNull(replaced(stage));
        List<Document> prepared = documents.stream().map(this::prepared).toList();
        List<Document> after = pipeline.run(List.of(plain), prepared);
        return after.stream().map(this::cleaned).toList();
    }

    /** A whole operator if anything in it is beyond mongo-java-server: inside are variables of it. */
    private @Nullable Object replaced(@Nullable Object value) {
        if (value instanceof Document document) {
            boolean isOperator = document.size() == 1
                    && document.keySet().iterator().next().startsWith("$")
                    && !isStageOrAccumulator(document);
            if (isOperator && Expressions.isBeyondBase(document)) {
                return field(document);
            }
            Document result = new Document();
            document.forEach((name, each) -> result.put(name, replaced(each)));
            return result;
        }
        if (value instanceof Collection<?> list) {
            List<@Nullable Object> result = new ArrayList<>();
            list.forEach(each -> result.add(replaced(each)));
            return result;
        }
        return value instanceof String text && Set.of("$$ROOT", "$$CURRENT").contains(text) ? field(text) : value;
    }

    private String field(Object expression) {
        expressions.add(expression);
        return "$" + PREFIX + (expressions.size() - 1);
    }

    private static boolean isStageOrAccumulator(Document document) {
        return switch (document.keySet().iterator().next()) {
            case "$addFields",
                    "$project",
                    "$group",
                    "$replaceRoot",
                    "$bucket",
                    "$sortByCount",
                    "$push",
                    "$addToSet",
                    "$sum",
                    "$avg",
                    "$min",
                    "$max" -> true;
            default -> false;
        };
    }

    private Document prepared(Document document) {
        Document with = document.clone();
        for (int i = 0; i < expressions.size(); i++) {
            Object value = Expressions.evaluate(expressions.get(i), document);
            if (!(value instanceof Missing)) {
                with.put(PREFIX + i, value);
            }
        }
        return with;
    }

    private Document cleaned(Document document) {
        Document without = document.clone();
        without.keySet().removeIf(name -> name.startsWith(PREFIX));
        return without;
    }
}
