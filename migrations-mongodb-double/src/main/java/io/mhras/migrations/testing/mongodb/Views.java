package io.mhras.migrations.testing.mongodb;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import io.mhras.migrations.testing.mongodb.aggregation.PipelineRules;
import io.mhras.migrations.testing.mongodb.protocol.Commands;
import io.mhras.migrations.testing.mongodb.protocol.Errors;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** What a view can be made of. */
final class Views {

    private static final Set<String> OPTIONS = Set.of("viewOn", "pipeline", "collation");
    private static final int DEEPEST = 20;

    private final Catalog catalog;

    Views(Catalog catalog) {
        this.catalog = catalog;
    }

    void check(String database, String name, Document options) {
        if (Commands.text(options, "viewOn").isEmpty()) {
            throw Errors.badValue("'viewOn' cannot be empty");
        }
        for (String option : options.keySet()) {
            if (!OPTIONS.contains(option)) {
                throw Errors.invalidOptions("Cannot specify '" + option + "' with 'viewOn'");
            }
        }
        if (!(options.get("pipeline") instanceof Collection<?> pipeline)) {
            throw Errors.badValue("'pipeline' has to be an array.");
        }
        PipelineRules.checkView(database + "." + name, pipeline);
        walk(database, name, options, new ArrayList<>(List.of(database + "." + name)));
    }

    private void walk(String database, String name, Document options, List<String> path) {
        if (path.size() > DEEPEST) {
            throw new MongoServerError(
                    165, "ViewDepthLimitExceeded", "View depth limit exceeded; maximum depth is " + DEEPEST);
        }
        List<String> others = new ArrayList<>(PipelineRules.others(Commands.documents(options, "pipeline")));
        others.add(0, Commands.text(options, "viewOn"));
        for (String other : others) {
            List<String> longer = new ArrayList<>(path);
            longer.add(database + "." + other);
            if (path.contains(database + "." + other)) {
                throw new MongoServerError(
                        5, "GraphContainsCycle", "View cycle detected: " + String.join(" => ", longer));
            }
            Document view = catalog.view(database + "." + other);
            if (view != null) {
                walk(database, name, view, longer);
            }
        }
    }
}
