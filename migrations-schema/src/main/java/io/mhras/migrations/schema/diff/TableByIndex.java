package io.mhras.migrations.schema.diff;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.SchemaFact;
import io.mhras.migrations.schema.ddl.DdlStage;
import io.mhras.migrations.schema.ddl.ObjectName;
import io.mhras.migrations.schema.diff.Step.Doing;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tables that are known to others, or ordered, by an index: it is said again once that has been made anew. */
final class TableByIndex {

    private TableByIndex() {}

    static List<Step> again(Fates fates) {
        List<Step> steps = new ArrayList<>();
        for (FactId id : fates.made()) {
            FactId parent = parent(id, fates);
            SchemaFact table = parent == null ? null : fates.to().fact(parent);
            SchemaFact before = parent == null ? null : fates.from().fact(parent);
            if (table == null
                    || before == null
                    || fates.made().contains(parent)
                    || !fates.from().has(id)) {
                continue;
            }
            String name = FactId.quoted(id.name());
            Stream.of("replica identity", "clustered on")
                    .filter(attribute -> Objects.equals(table.attribute(attribute), before.attribute(attribute)))
                    .filter(attribute ->
                            List.of(name, "index " + name).contains(String.valueOf(table.attribute(attribute))))
                    .forEach(attribute -> steps.add(step(
                            id,
                            "ALTER " + ObjectName.of(table)
                                    + (attribute.equals("clustered on")
                                            ? " CLUSTER ON " + name
                                            : " REPLICA IDENTITY USING INDEX " + name))));
        }
        return steps;
    }

    private static @Nullable FactId parent(FactId id, Fates fates) {
        boolean hasIndex = id.kind() == FactKind.INDEX || id.kind() == FactKind.CONSTRAINT;
        SchemaFact fact = hasIndex ? fates.to().fact(id) : null;
        return fact == null ? null : fact.parent();
    }

    private static Step step(FactId index, String sql) {
        return new Step(
                Doing.CHANGE,
                DdlStage.STATE,
                index,
                Set.of(),
                Set.of(),
                Set.of(index),
                sql,
                List.of(),
                /* isApart= */ false,
                /* irreversible= */ null);
    }
}
