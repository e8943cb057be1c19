package io.mhras.migrations.testing.mongodb;

import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Queries, of views too. */
final class ReadCommands {

    private final DoubleBackend backend;
    private final Catalog catalog;

    ReadCommands(DoubleBackend backend, Catalog catalog) {
        this.backend = backend;
        this.catalog = catalog;
    }

    Document find(Call call) {
        Document view = catalog.view(call.namespace());
        if (view != null) {
            return aggregate(call, asPipeline(call.query(), "filter"));
        }
        call.query().put("filter", Pipelines.withNow(Commands.document(call.query(), "filter")));
        return call.plain();
    }

    /** What a find asks, for a view. */
    private static List<Document> asPipeline(Document query, String filter) {
        List<Document> stages = new ArrayList<>();
        addIfAny(stages, "$match", query.get(filter));
        addIfAny(stages, "$sort", query.get("sort"));
        addIfAny(stages, "$skip", query.get("skip"));
        addIfAny(stages, "$limit", query.get("limit"));
        addIfAny(stages, "$project", query.get("projection"));
        return stages;
    }

    private static void addIfAny(List<Document> stages, String stage, @Nullable Object value) {
        boolean any = value instanceof Document document
                ? !document.isEmpty()
                : value instanceof Number number && number.intValue() > 0;
        if (any) {
            stages.add(new Document(stage, value));
        }
    }

    Document count(Call call) {
        if (catalog.view(call.namespace()) == null) {
            return call.plain();
        }
        List<Document> stages = asPipeline(call.query(), "query");
        return new Document("n", batch(aggregate(call, stages)).size()).append("ok", 1.0);
    }

    Document distinct(Call call) {
        if (catalog.view(call.namespace()) == null) {
            return call.plain();
        }
        String key = (String) call.query().get("key");
        List<@Nullable Object> values = batch(aggregate(call, asPipeline(call.query(), "query"))).stream()
                .filter(document -> document.containsKey(key))
                .map(document -> document.get(key))
                .distinct()
                .toList();
        return new Document("values", values).append("ok", 1.0);
    }

    private static List<Document> batch(Document answer) {
        return Commands.documents(Commands.document(answer, "cursor"), "firstBatch");
    }

    Document aggregate(Call call) {
        return aggregate(call, Commands.documents(call.query(), "pipeline"));
    }

    private Document aggregate(Call call, List<Document> pipeline) {
        if (!pipeline.isEmpty() && pipeline.get(0).containsKey("$currentOp")) {
            return backend.operations().list(call, pipeline);
        }
        List<Document> stages = new ArrayList<>();
        Object source = call.query().get(call.name());
        for (Document view = catalog.view(call.database() + "." + source);
                view != null;
                view = catalog.view(call.database() + "." + source)) {
            stages.addAll(0, Pipelines.stages(Commands.documents(view, "pipeline")));
            source = view.get("viewOn");
        }
        stages.addAll(Pipelines.stages(pipeline));
        Document command = new Document("aggregate", source)
                .append("pipeline", stages)
                .append("cursor", Commands.document(call.query(), "cursor"))
                .append("$db", call.database());
        return backend.resolveDatabase(call.database()).isEmpty() && stages.isEmpty()
                ? Commands.cursor(call.namespace(), List.of())
                : call.plain("aggregate", command);
    }
}
