package io.mhras.migrations.testing.mongodb.aggregation;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import io.mhras.migrations.testing.mongodb.expression.ExpressionRules;
import io.mhras.migrations.testing.mongodb.protocol.Commands;
import io.mhras.migrations.testing.mongodb.protocol.Errors;
import io.mhras.migrations.testing.mongodb.validation.FilterRules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a pipeline is one, before any document is looked at. */
public final class PipelineRules {

    private static final Set<String> STAGES = Set.of(
            ("$match $skip $limit $sort $project $count $group $addFields $unwind $graphLookup $lookup $replaceRoot"
                            + " $sample $sortByCount $bucket $facet $unset $indexStats $out $redact $merge $geoNear $set"
                            + " $replaceWith $unionWith $setWindowFields $bucketAuto $currentOp $changeStream $collStats"
                            + " $documents")
                    .split(" "));

    private static final Set<String> UNSUPPORTED =
            Set.of(("$densify $fill $search $searchMeta $vectorSearch $planCacheStats $listSessions $listLocalSessions"
                            + " $listSearchIndexes $querySettings $queryStats $shardedDataDistribution"
                            + " $listSampledQueries $listClusterCatalog $changeStreamSplitLargeEvent $score $rankFusion")
                    .split(" "));

    private static final Set<String> WRITING = Set.of("$out", "$merge");

    private static final Set<String> IN_UPDATES =
            Set.of("$addFields", "$set", "$project", "$unset", "$replaceRoot", "$replaceWith");

    private static final Set<String> ACCUMULATORS = Set.of(
            ("$addToSet $avg $first $last $max $min $push $sum $count $mergeObjects $top $topN $bottom $bottomN $firstN"
                            + " $lastN $maxN $minN $stdDevPop $stdDevSamp")
                    .split(" "));

    private PipelineRules() {}

    public static void check(Collection<?> pipeline) {
        int at = 0;
        for (Object each : pipeline) {
            if (!(each instanceof Document stage)) {
                throw Errors.typeMismatch("Each element of the 'pipeline' array must be an object");
            }
            String name = name(stage);
            checkStage(name, stage.get(name));
            if (WRITING.contains(name) && at < pipeline.size() - 1) {
                throw Errors.location(40601, name + " can only be the final stage in the pipeline");
            }
            at++;
        }
    }

    /** What a view cannot be made of. */
    public static void checkView(String namespace, Collection<?> pipeline) {
        check(pipeline);
        int at = 0;
        for (Document stage : stages(pipeline)) {
            if (WRITING.contains(name(stage))) {
                throw new MongoServerError(
                        167,
                        "OptionNotSupportedOnView",
                        "The aggregation stage " + name(stage) + " in location " + at
                                + " of the pipeline cannot be used in the view definition of " + namespace
                                + " because it writes to disk");
            }
            at++;
        }
    }

    /** What an update cannot be made of. */
    public static void checkUpdate(Collection<?> pipeline) {
        check(pipeline);
        for (Document stage : stages(pipeline)) {
            if (!IN_UPDATES.contains(name(stage))) {
                throw Errors.invalidOptions("Aggregation stage " + name(stage) + " is not allowed within an update");
            }
        }
    }

    static String name(Document stage) {
        if (stage.size() != 1) {
            throw Errors.location(40323, "A pipeline stage specification object must contain exactly one field.");
        }
        return stage.keySet().iterator().next();
    }

    static List<Document> stages(Collection<?> pipeline) {
        return pipeline.stream().map(Document.class::cast).toList();
    }

    private static void checkStage(String name, @Nullable Object value) {
        if (UNSUPPORTED.contains(name)) {
            throw Errors.notSupported("the stage " + name);
        }
        if (!STAGES.contains(name)) {
            throw Errors.location(40324, "Unrecognized pipeline stage name: '" + name + "'");
        }
        switch (name) {
            case "$match" -> {
                if (!(value instanceof Document filter)) {
                    throw Errors.location(15959, "the match filter must be an expression in an object");
                }
                FilterRules.check(filter);
            }
            case "$group" -> checkGroup(value);
            case "$addFields", "$set", "$project", "$replaceRoot", "$replaceWith" -> ExpressionRules.check(value);
            case "$lookup", "$unionWith" -> {
                if (value instanceof Document spec && spec.get("pipeline") instanceof Collection<?> inner) {
                    check(inner);
                }
            }
            case "$facet" -> {
                if (value instanceof Document facets) {
                    facets.values().forEach(each -> check((Collection<?>) each));
                }
            }
            default -> {}
        }
    }

    private static void checkGroup(@Nullable Object value) {
        if (!(value instanceof Document group)) {
            throw Errors.location(15947, "a group's fields must be specified in an object");
        }
        if (!group.containsKey("_id")) {
            throw Errors.location(15955, "a group specification must include an _id");
        }
        group.forEach((field, accumulated) -> {
            if (field.equals("_id")) {
                ExpressionRules.check(accumulated);
                return;
            }
            if (!(accumulated instanceof Document accumulator)) {
                throw Errors.location(40234, "The field '" + field + "' must be an accumulator object");
            }
            if (accumulator.size() != 1) {
                throw Errors.location(40238, "The field '" + field + "' must specify one accumulator");
            }
            String operator = accumulator.keySet().iterator().next();
            if (!ACCUMULATORS.contains(operator)) {
                throw Errors.location(15952, "unknown group operator '" + operator + "'");
            }
            ExpressionRules.check(accumulator.get(operator));
        });
    }

    /** The collections that a pipeline reads beside its own. */
    public static List<String> others(Collection<?> pipeline) {
        List<String> others = new ArrayList<>();
        for (Document stage : stages(pipeline)) {
            String name = stage.isEmpty() ? "" : name(stage);
            Object value = stage.get(name);
            if (value instanceof String collection && name.equals("$unionWith")) {
                others.add(collection);
            }
            if (value instanceof Document spec) {
                for (String from : List.of(Commands.text(spec, "from"), Commands.text(spec, "coll"))) {
                    if (!from.isEmpty()) {
                        others.add(from);
                    }
                }
                if (spec.get("pipeline") instanceof Collection<?> inner) {
                    others.addAll(others(inner));
                }
            }
        }
        return others;
    }
}
