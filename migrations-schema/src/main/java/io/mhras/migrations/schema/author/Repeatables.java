package io.mhras.migrations.schema.author;

import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.schema.DiffOptions;
import io.mhras.migrations.schema.Draft.RepeatablesObject;
import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.Reload;
import io.mhras.migrations.schema.SchemaDifference;
import io.mhras.migrations.schema.SchemaEdge;
import io.mhras.migrations.schema.SchemaFact;
import io.mhras.migrations.schema.SchemaPlan;
import io.mhras.migrations.schema.SchemaSnapshot;
import io.mhras.migrations.schema.diff.Planner;
import io.mhras.migrations.schema.rehearsal.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What repeatables make: it is changed in their files, not by a version.
 *
 * @param after the schema that all migrations make
 * @param makers of each of those objects the file
 */
record Repeatables(SchemaSnapshot after, Map<FactId, String> makers) {

    /** Applies all migrations, and sees what comes with the repeatables. */
    static Repeatables applied(MigrationSet files, Stage stage) {
        List<Migration> versions = files.migrations().stream()
                .filter(migration -> !migration.isRepeatable())
                .toList();
        List<Migration> applied = new ArrayList<>(versions);
        stage.apply(applied);
        SchemaSnapshot before = stage.snapshot();
        Map<FactId, String> makers = new TreeMap<>();
        for (Migration repeatable : files.migrations()) {
            if (repeatable.isRepeatable()) {
                applied.add(repeatable);
                stage.apply(applied);
                SchemaSnapshot now = stage.snapshot();
                SchemaDifference.between(before.byId(), now.byId())
                        .forEach(made -> makers.put(made.id(), repeatable.up().location()));
                before = now;
            }
        }
        return new Repeatables(before, makers);
    }

    /** The wanted schema, in which their objects are as they are. */
    SchemaSnapshot keptIn(SchemaSnapshot wanted) {
        if (makers.isEmpty()) {
            return wanted;
        }
        Map<FactId, SchemaFact> all = wanted.byId();
        Map<FactId, SchemaFact> facts = new HashMap<>(all);
        facts.values().removeIf(this::isTheirs);
        after.facts().stream()
                .filter(fact -> makers.containsKey(fact.id()))
                .forEach(fact -> facts.put(fact.id(), fact));
        Set<SchemaEdge> edges = new HashSet<>();
        wanted.edges().stream()
                .filter(edge -> {
                    SchemaFact dependent = all.get(edge.dependent());
                    return dependent == null || !isTheirs(dependent);
                })
                .forEach(edges::add);
        after.edges().stream()
                .filter(edge -> makers.containsKey(edge.dependent()))
                .forEach(edges::add);
        return new SchemaSnapshot(
                wanted.majorVersion(),
                List.copyOf(new TreeMap<>(facts).values()),
                edges,
                wanted.unread(),
                wanted.gaps(),
                wanted.leftOut());
    }

    /** One of them, or a column that a view of theirs has only in the wanted schema. */
    private boolean isTheirs(SchemaFact fact) {
        FactId parent = fact.parent();
        boolean isOfView =
                parent != null && (parent.kind() == FactKind.VIEW || parent.kind() == FactKind.MATERIALIZED_VIEW);
        return makers.containsKey(fact.id()) || isOfView && makers.containsKey(parent);
    }

    /** What of theirs is another one in the wanted schema. */
    List<RepeatablesObject> changes(SchemaSnapshot wanted, DiffOptions options, Reload reload) {
        if (makers.isEmpty()) {
            return List.of();
        }
        SchemaPlan plan = Planner.plan(after, wanted, options.offline().withoutQuestions(), reload);
        List<RepeatablesObject> changes = new ArrayList<>();
        for (SchemaPlan.Statement statement : plan.statements().toList()) {
            String file = makers.get(statement.about());
            boolean differs = plan.differences().stream()
                    .anyMatch(difference -> difference.id().equals(statement.about()));
            if (file != null && differs && wanted.byId().containsKey(statement.about())) {
                changes.add(new RepeatablesObject(statement.about(), file, statement.sql()));
            }
        }
        return changes;
    }
}
