package io.mhras.migrations.testing.mongodb;

import de.bwaldvogel.mongo.backend.aggregation.Aggregation;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.NoopOplog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says pipelines in the words that mongo-java-server knows. */
final class Pipelines {

    private Pipelines() {}

    /** Whether an aggregation ends in a collection. */
    static boolean writes(Document aggregation) {
        return Commands.documents(aggregation, "pipeline").stream()
                .anyMatch(stage -> stage.containsKey("$out") || stage.containsKey("$merge"));
    }

    static List<Document> stages(Collection<?> pipeline) {
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
    static Document withNow(Document value) {
        Document result = new Document();
        Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
        value.forEach((field, each) -> result.put(field, withNow(each, now)));
        return result;
    }

    private static @Nullable Object withNow(@Nullable Object value, Instant now) {
        if (value instanceof Document document) {
            Document result = new Document();
            document.forEach((field, each) -> result.put(field, withNow(each, now)));
            return result;
        }
        if (value instanceof Collection<?> list) {
            List<@Nullable Object> result = new ArrayList<>();
            list.forEach(each -> result.add(withNow(each, now)));
            return result;
        }
        return "$$NOW".equals(value) ? now : value;
    }

    /** A document after an update that is a pipeline. */
    static Document apply(DoubleBackend backend, String database, Collection<?> pipeline, Document document) {
        Aggregation aggregation = Aggregation.fromPipeline(
                stages(pipeline), backend::resolveDatabase, backend.resolveDatabase(database), null, NoopOplog.get());
        Document changed =
                aggregation.runStages(Stream.of(document.cloneDeeply())).get(0);
        Document result = new Document();
        if (document.containsKey("_id")) {
            result.put("_id", document.get("_id"));
        }
        result.putAll(changed);
        return result;
    }

    /** What an upsert takes from its filter. */
    static Document equalities(Document filter) {
        Document equalities = new Document();
        filter.forEach((field, value) -> {
            boolean hasOperators = value instanceof Document document
                    && document.keySet().stream().anyMatch(key -> key.startsWith("$"));
            if (!field.startsWith("$") && !hasOperators) {
                equalities.put(field, value);
            }
        });
        return equalities;
    }
}
