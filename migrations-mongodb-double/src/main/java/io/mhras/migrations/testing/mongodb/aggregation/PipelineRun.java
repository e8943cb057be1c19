package io.mhras.migrations.testing.mongodb.aggregation;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.DatabaseResolver;
import de.bwaldvogel.mongo.backend.aggregation.Aggregation;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.NoopOplog;
import io.mhras.migrations.testing.mongodb.expression.Expressions;
import io.mhras.migrations.testing.mongodb.protocol.Commands;
import io.mhras.migrations.testing.mongodb.protocol.Errors;
import io.mhras.migrations.testing.mongodb.validation.Filter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs a pipeline stage by stage: those that mongo-java-server understands by it, the others here. */
public final class PipelineRun {

    private static final Set<String> COMPUTING =
            Set.of("$addFields", "$project", "$group", "$replaceRoot", "$bucket", "$sortByCount");

    private final DatabaseResolver databases;
    private final MongoDatabase database;
    private final CollectionReader collections;

    /** The documents of a collection or a view. */
    public interface CollectionReader {
        List<Document> read(String collection);
    }

    public PipelineRun(DatabaseResolver databases, MongoDatabase database, CollectionReader collections) {
        this.databases = databases;
        this.database = database;
        this.collections = collections;
    }

    /** Whether mongo-java-server by itself would not understand it. */
    public static boolean isBeyondBase(Collection<?> pipeline) {
        return PipelineRules.stages(pipeline).stream().anyMatch(stage -> isBeyond(stage));
    }

    private static boolean isBeyond(Document stage) {
        String name = PipelineRules.name(stage);
        Object value = stage.get(name);
        return switch (name) {
            case "$unionWith", "$setWindowFields", "$bucketAuto", "$documents" -> true;
            case "$match" -> Filter.isBeyondBase(value);
            case "$group" -> Accumulators.areBeyondBase(Commands.object(value)) || Expressions.isBeyondBase(value);
            case "$lookup" -> value instanceof Document spec && spec.containsKey("pipeline");
            case "$facet" ->
                Commands.object(value).values().stream().anyMatch(inner -> isBeyondBase((Collection<?>) inner));
            default -> Expressions.isBeyondBase(value);
        };
    }

    public List<Document> run(Collection<?> pipeline, List<Document> documents) {
        List<Document> current = documents;
        for (Document stage : PipelineRules.stages(pipeline)) {
            current = isBeyond(stage) ? beyond(stage, current) : base(stage, current);
        }
        return current;
    }

    private List<Document> base(Document stage, List<Document> documents) {
        List<Document> one = new ArrayList<>(List.of(stage));
        return Aggregation.fromPipeline(one, databases, database, null, NoopOplog.get())
                .runStages(documents.stream());
    }

    private List<Document> beyond(Document stage, List<Document> documents) {
        String name = PipelineRules.name(stage);
        Object value = stage.get(name);
        return switch (name) {
            case "$match" ->
                documents.stream()
                        .filter(document -> Filter.matches(Commands.object(value), document))
                        .toList();
            case "$documents" ->
                Commands.documents(new Document("all", Expressions.evaluate(value, new Document())), "all");
            case "$unionWith" -> union(value, documents);
            case "$lookup" -> lookup(Commands.object(value), documents);
            case "$facet" -> facet(Commands.object(value), documents);
            case "$bucketAuto" -> AutomaticBuckets.of(Commands.object(value), documents, this);
            case "$setWindowFields" -> Windows.of(Commands.object(value), documents, this);
            case "$group" -> new Accumulators(Commands.object(value)).group(documents, this);
            default -> {
                if (!COMPUTING.contains(name)) {
                    throw Errors.notSupported("an expression of this kind in " + name);
                }
                yield new ComputedFields().run(stage, documents, this);
            }
        };
    }

    private List<Document> union(@Nullable Object value, List<Document> documents) {
        Document spec = value instanceof Document given ? given : new Document("coll", value);
        List<Document> all = new ArrayList<>(documents);
        List<Document> others = spec.containsKey("coll") ? collections.read(Commands.text(spec, "coll")) : List.of();
        all.addAll(run(Pipelines.stages(Commands.documents(spec, "pipeline")), others));
        return all;
    }

    private List<Document> lookup(Document spec, List<Document> documents) {
        List<Document> others = spec.containsKey("from") ? collections.read(Commands.text(spec, "from")) : List.of();
        List<Document> joined = new ArrayList<>();
        for (Document document : documents) {
            Document variables = new Document();
            Commands.document(spec, "let")
                    .forEach((name, each) -> variables.put(name, Expressions.evaluate(each, document)));
            List<Document> candidates = others;
            if (spec.containsKey("localField")) {
                Object local = Expressions.evaluate("$" + spec.get("localField"), document);
                Document condition = Pipelines.joinCondition(Commands.text(spec, "foreignField"), local);
                candidates = others.stream()
                        .filter(other -> Filter.matches(condition, other))
                        .toList();
            }
            List<Document> stages = Pipelines.stages(Commands.documents(spec, "pipeline"));
            Document with = document.cloneDeeply();
            with.put(
                    Commands.text(spec, "as"),
                    new ArrayList<>(run(Pipelines.withVariables(stages, variables), copies(candidates))));
            joined.add(with);
        }
        return joined;
    }

    private List<Document> facet(Document facets, List<Document> documents) {
        Document result = new Document();
        facets.forEach((name, inner) ->
                result.put(name, new ArrayList<>(run(Pipelines.stages((Collection<?>) inner), copies(documents)))));
        return List.of(result);
    }

    static List<Document> copies(List<Document> documents) {
        return documents.stream().map(Document::cloneDeeply).toList();
    }
}
