package io.mhras.migrations.testing.mongodb;

import de.bwaldvogel.mongo.bson.Document;
import io.mhras.migrations.testing.mongodb.aggregation.Pipelines;
import io.mhras.migrations.testing.mongodb.protocol.Commands;
import io.mhras.migrations.testing.mongodb.protocol.Errors;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Inserts, updates and deletes, with pipelines as updates. */
final class WriteCommands {

    private final DoubleBackend backend;
    private final Catalog catalog;
    private final Selection selection;

    WriteCommands(DoubleBackend backend, Catalog catalog) {
        this.backend = backend;
        this.catalog = catalog;
        this.selection = new Selection(catalog);
    }

    /** mongo-java-server's own counts the documents that were refused as well, and wants to be told to stop at one. */
    Document insert(Call call) {
        refuseView(call);
        call.query().putIfAbsent("ordered", true);
        int asked = Commands.documents(call.query(), "documents").size();
        Document answer = call.plain();
        List<Document> errors = Commands.documents(answer, "writeErrors");
        if (!errors.isEmpty()) {
            boolean stops = isOrdered(call.query());
            answer.put("n", stops ? errors.get(0).get("index") : (Object) (asked - errors.size()));
            catalog.violations().explain(errors);
        }
        return answer;
    }

    Document delete(Call call) {
        refuseView(call);
        for (Document delete : Commands.documents(call.query(), "deletes")) {
            Document filter = Commands.document(delete, "q");
            delete.put("q", selection.plain(call, filter, Commands.document(delete, "collation")));
        }
        return call.plain();
    }

    private void refuseView(Call call) {
        if (catalog.view(call.namespace()) != null) {
            throw Errors.commandNotSupportedOnView("Namespace " + call.namespace() + " is a view, not a collection");
        }
    }

    /** Anywhere in the filter. */
    private static void refuseExpression(Document filter, Document write) {
        if (Commands.isTrue(write, "upsert") && hasExpression(filter)) {
            throw Errors.queryFeatureNotAllowed("$expr is not allowed in the query predicate for an upsert");
        }
    }

    private static boolean hasExpression(Object filter) {
        return filter instanceof Document document
                ? document.containsKey("$expr") || document.values().stream().anyMatch(WriteCommands::hasExpression)
                : filter instanceof Collection<?> list && list.stream().anyMatch(WriteCommands::hasExpression);
    }

    private static boolean isOrdered(Document query) {
        return !query.containsKey("ordered") || Commands.isTrue(query, "ordered");
    }

    /** One at a time: mongo-java-server does not stop at an error, and knows no pipelines here. */
    Document update(Call call) {
        refuseView(call);
        List<Document> updates = Commands.documents(call.query(), "updates");
        Outcome outcome = new Outcome();
        for (int i = 0; i < updates.size() && !(isOrdered(call.query()) && outcome.failed()); i++) {
            for (Document plain : plain(call, updates.get(i))) {
                List<Document> one = new ArrayList<>(List.of(plain));
                Document command = new Document("update", call.collection()).append("updates", one);
                outcome.add(call.plain("update", command), i);
            }
        }
        catalog.violations().explain(outcome.errors);
        return outcome.answer();
    }

    private List<Document> plain(Call call, Document update) {
        refuseExpression(Commands.document(update, "q"), update);
        TimeSeries.checkUpdate(catalog.options(call.namespace()), update);
        UpdateRules.check(update);
        Document asked = Commands.document(update, "q");
        Document filter = selection.plain(call, asked, Commands.document(update, "collation"));
        if (Commands.isTrue(update, "upsert") && !filter.equals(asked) && isEmpty(call, filter)) {
            filter = Pipelines.equalities(asked);
        }
        update.put("q", filter);
        if (!(update.get("u") instanceof Collection<?> pipeline)) {
            return List.of(update);
        }
        List<Document> found = catalog.find(call.database(), call.collection(), filter);
        List<Document> plain = new ArrayList<>();
        for (Document before : Commands.isTrue(update, "multi")
                ? found
                : found.stream().limit(1).toList()) {
            Document after = apply(call, pipeline, before);
            plain.add(new Document("q", new Document("_id", before.get("_id"))).append("u", after));
        }
        if (found.isEmpty() && Commands.isTrue(update, "upsert")) {
            Document made = apply(call, pipeline, Pipelines.equalities(filter));
            plain.add(new Document("q", filter).append("u", made).append("upsert", true));
        }
        return plain;
    }

    Document findAndModify(Call call) {
        refuseView(call);
        Document query = call.query();
        refuseExpression(Commands.document(query, "query"), query);
        UpdateRules.check(new Document("u", query.get("update")).append("arrayFilters", query.get("arrayFilters")));
        Document asked = Commands.document(query, "query");
        Document filter = selection.plain(call, asked, Commands.document(query, "collation"));
        if (Commands.isTrue(query, "upsert") && !filter.equals(asked) && isEmpty(call, filter)) {
            filter = Pipelines.equalities(asked);
        }
        query.put("query", filter);
        if (query.get("update") instanceof Collection<?> pipeline) {
            List<Document> found = catalog.find(call.database(), call.collection(), filter);
            Document before = found.isEmpty() ? Pipelines.equalities(filter) : found.get(0);
            query.put("update", apply(call, pipeline, before));
            if (!found.isEmpty()) {
                query.put("query", new Document("_id", before.get("_id")));
            }
        }
        return call.plain();
    }

    private boolean isEmpty(Call call, Document filter) {
        return catalog.find(call.database(), call.collection(), filter).isEmpty();
    }

    /** A document after an update that is a pipeline. */
    private Document apply(Call call, Collection<?> pipeline, Document document) {
        List<Document> stages = Pipelines.stages(pipeline).stream()
                .map(stage -> Pipelines.withVariables(stage, selection.variables(call)))
                .toList();
        Document changed = backend.pipeline(call.database())
                .run(stages, List.of(document.cloneDeeply()))
                .get(0);
        Document result = new Document();
        if (document.containsKey("_id")) {
            result.put("_id", document.get("_id"));
        }
        result.putAll(changed);
        return result;
    }

    /** The answers to single updates, added up. */
    private static final class Outcome {

        private int matched;
        private int modified;
        private final List<Document> upserted = new ArrayList<>();
        private final List<Document> errors = new ArrayList<>();

        void add(Document answer, int index) {
            matched += Commands.number(answer, "n");
            modified += Commands.number(answer, "nModified");
            Commands.documents(answer, "upserted").forEach(each -> upserted.add(at(index, each)));
            Commands.documents(answer, "writeErrors").forEach(each -> errors.add(at(index, each)));
        }

        private static Document at(int index, Document answer) {
            Document moved = answer.clone();
            moved.put("index", index);
            return moved;
        }

        boolean failed() {
            return !errors.isEmpty();
        }

        Document answer() {
            Document answer = new Document("n", matched).append("nModified", modified);
            if (!upserted.isEmpty()) {
                answer.append("upserted", upserted);
            }
            if (failed()) {
                answer.append("writeErrors", errors);
            }
            return answer.append("ok", 1.0);
        }
    }
}
