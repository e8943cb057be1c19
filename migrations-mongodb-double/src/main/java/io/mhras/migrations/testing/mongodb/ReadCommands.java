package io.mhras.migrations.testing.mongodb;

import de.bwaldvogel.mongo.bson.Document;
import io.mhras.migrations.testing.mongodb.aggregation.PipelineRules;
import io.mhras.migrations.testing.mongodb.aggregation.PipelineRun;
import io.mhras.migrations.testing.mongodb.aggregation.Pipelines;
import io.mhras.migrations.testing.mongodb.bson.Collation;
import io.mhras.migrations.testing.mongodb.protocol.Commands;
import io.mhras.migrations.testing.mongodb.protocol.Errors;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Queries, of views too. */
final class ReadCommands {

    private final DoubleBackend backend;
    private final Catalog catalog;
    private final Selection selection;

    ReadCommands(DoubleBackend backend, Catalog catalog) {
        this.backend = backend;
        this.catalog = catalog;
        this.selection = new Selection(catalog);
    }

    Document find(Call call) {
        Document view = catalog.view(call.namespace());
        if (view != null) {
            return aggregate(call, asPipeline(call.query(), "filter"));
        }
        Document filter = Commands.document(call.query(), "filter");
        Document collation = Commands.document(call.query(), "collation");
        Collation by = selection.collation(call, collation);
        if (by != null) {
            List<Document> found = selection.matching(call, selection.known(call, filter), by);
            List<Document> sorted = Selection.sorted(found, Commands.document(call.query(), "sort"), by);
            List<Document> rest = asPipeline(call.query(), "none").stream()
                    .filter(stage -> !stage.containsKey("$sort"))
                    .toList();
            return Commands.cursor(
                    call.namespace(), backend.pipeline(call.database()).run(rest, sorted));
        }
        call.query().put("filter", selection.plain(call, filter, collation));
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
            withPlainFilter(call);
            return call.plain();
        }
        List<Document> stages = asPipeline(call.query(), "query");
        return new Document("n", batch(aggregate(call, stages)).size()).append("ok", 1.0);
    }

    Document distinct(Call call) {
        if (catalog.view(call.namespace()) == null) {
            withPlainFilter(call);
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

    private void withPlainFilter(Call call) {
        Document filter = Commands.document(call.query(), "query");
        Document collation = Commands.document(call.query(), "collation");
        call.query().put("query", selection.plain(call, filter, collation));
    }

    private static List<Document> batch(Document answer) {
        return Commands.documents(Commands.document(answer, "cursor"), "firstBatch");
    }

    /** The plan of a server that has no index to use; what it would find is not counted. */
    static Document explain(Call call) {
        Document explained = Commands.document(call.query(), call.name());
        String command =
                explained.isEmpty() ? "" : explained.keySet().iterator().next();
        Document planner = new Document("namespace", call.database() + "." + explained.get(command))
                .append("parsedQuery", Commands.document(explained, "filter"))
                .append("winningPlan", new Document("stage", "COLLSCAN").append("direction", "forward"))
                .append("rejectedPlans", List.of());
        return new Document("explainVersion", "1")
                .append("queryPlanner", planner)
                .append("command", explained)
                .append("ok", 1.0);
    }

    Document aggregate(Call call) {
        return aggregate(call, Commands.documents(call.query(), "pipeline"));
    }

    private Document aggregate(Call call, List<Document> pipeline) {
        if (!pipeline.isEmpty() && pipeline.get(0).containsKey("$currentOp")) {
            return backend.operations().list(call, pipeline);
        }
        PipelineRules.check(pipeline);
        if (catalog.isCollated(call)) {
            throw Errors.notSupported("an aggregation with a collation that does not tell case or accents");
        }
        Document variables = selection.variables(call);
        List<Document> stages = new ArrayList<>();
        Object source = call.query().get(call.name());
        for (Document view = catalog.view(call.database() + "." + source);
                view != null;
                view = catalog.view(call.database() + "." + source)) {
            stages.addAll(0, Pipelines.stages(Commands.documents(view, "pipeline")));
            source = view.get("viewOn");
        }
        for (Document stage : Pipelines.stages(pipeline)) {
            stages.add(Pipelines.withVariables(stage, variables));
        }
        if (PipelineRun.isBeyondBase(stages) || readsViews(call.database(), stages)) {
            List<Document> documents =
                    source instanceof String name ? catalog.find(call.database(), name, new Document()) : List.of();
            return Commands.cursor(
                    call.namespace(), backend.pipeline(call.database()).run(stages, documents));
        }
        Document command = new Document("aggregate", source)
                .append("pipeline", stages)
                .append("cursor", Commands.document(call.query(), "cursor"))
                .append("$db", call.database());
        return backend.resolveDatabase(call.database()).isEmpty() && stages.isEmpty()
                ? Commands.cursor(call.namespace(), List.of())
                : call.plain("aggregate", command);
    }

    private boolean readsViews(String database, List<Document> stages) {
        return PipelineRules.others(stages).stream().anyMatch(other -> catalog.view(database + "." + other) != null);
    }

    /** The documents of a collection or a view. */
    List<Document> all(String database, String name) {
        Document view = catalog.view(database + "." + name);
        return view == null
                ? catalog.find(database, name, new Document())
                : backend.pipeline(database)
                        .run(
                                Pipelines.stages(Commands.documents(view, "pipeline")),
                                all(database, Commands.text(view, "viewOn")));
    }
}
