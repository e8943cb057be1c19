package io.mhras.migrations.testing.mongodb.aggregation;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import io.mhras.migrations.testing.mongodb.expression.Expressions;
import io.mhras.migrations.testing.mongodb.protocol.Commands;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says pipelines in the words that mongo-java-server knows, with values in place of the server's and callers' variables. */
public final class Pipelines {

    private Pipelines() {}

    /** Whether an aggregation ends in a collection. */
    public static boolean writes(Document aggregation) {
        return Commands.documents(aggregation, "pipeline").stream()
                .anyMatch(stage -> stage.containsKey("$out") || stage.containsKey("$merge"));
    }

    public static List<Document> stages(Collection<?> pipeline) {
        List<Document> stages = new ArrayList<>();
        for (Object each : pipeline) {
            Document stage = withNow((Document) each);
            switch (stage.isEmpty() ? "" : stage.keySet().iterator().next()) {
                case "$set" -> stage = new Document("$addFields", stage.get("$set"));
                case "$replaceWith" -> {
                    Document root = new Document("newRoot", stage.get("$replaceWith"));
                    stage = new Document("$replaceRoot", root);
                }
                default -> {}
            }
            stages.add(stage);
        }
        return stages;
    }

    /** The server's time in place of {@code $$NOW}, everywhere; all the same. */
    public static Document withNow(Document value) {
        return withVariables(value, new Document("NOW", Instant.ofEpochMilli(System.currentTimeMillis())));
    }

    static List<Document> withVariables(List<Document> stages, Document variables) {
        return stages.stream().map(stage -> withVariables(stage, variables)).toList();
    }

    /** Values in place of variables, everywhere. */
    public static Document withVariables(Document value, Document variables) {
        Document result = new Document();
        value.forEach((field, each) -> result.put(field, replaced(each, variables)));
        return result;
    }

    private static @Nullable Object replaced(@Nullable Object value, Document variables) {
        if (value instanceof Document document) {
            return withVariables(document, variables);
        }
        if (value instanceof Collection<?> list) {
            List<@Nullable Object> result = new ArrayList<>();
            list.forEach(each -> result.add(replaced(each, variables)));
            return result;
        }
        if (!(value instanceof String text) || !text.startsWith("$$")) {
            return value;
        }
        String name = text.substring(2).split("\\.", 2)[0];
        if (!variables.containsKey(name)) {
            return value;
        }
        Object found = Expressions.evaluate(text.substring(1), variables);
        if (found instanceof Missing) {
            return "$" + "noSuchField";
        }
        return found instanceof Instant ? found : new Document("$literal", found);
    }

    /** How a lookup finds what belongs to a value. */
    static Document joinCondition(String foreignField, @Nullable Object local) {
        if (local instanceof Collection<?> several) {
            return new Document(foreignField, new Document("$in", new ArrayList<>(several)));
        }
        return new Document(foreignField, local instanceof Missing ? null : local);
    }

    /** What an upsert takes from its filter. */
    public static Document equalities(Document filter) {
        Document equalities = new Document();
        filter.forEach((field, value) -> {
            boolean hasOperators = value instanceof Document document
                    && document.keySet().stream().anyMatch(key -> key.startsWith("$"));
            if (field.equals("$and") && value instanceof Collection<?> clauses) {
                clauses.forEach(clause -> equalities.putAll(equalities((Document) clause)));
            } else if (value instanceof Document document && Set.of("$eq").equals(document.keySet())) {
                equalities.put(field, document.get("$eq"));
            } else if (!field.startsWith("$") && !hasOperators) {
                equalities.put(field, value);
            }
        });
        return equalities;
    }
}
