package io.mhras.migrations.schema.diff;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.SchemaFact;
import io.mhras.migrations.schema.diff.Step.Doing;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What has to come before what though neither needs the other: the server would take, or refuse, something else. */
final class ImplicitOrder {

    private static final Pattern BY_INDEX =
            Pattern.compile(" (?:REPLICA IDENTITY USING INDEX|CLUSTER ON) (\"(?:[^\"]|\"\")+\"|\\S+)$");

    private static final String DETACH = " DETACH PARTITION ";

    private final Fates fates;
    private final List<Step> steps;
    private final List<int[]> pairs = new ArrayList<>();

    private ImplicitOrder(Fates fates, List<Step> steps) {
        this.fates = fates;
        this.steps = steps;
    }

    /** The places of two steps of which the first has to come first. */
    record Pairs(List<int[]> places) {
        void forEach(BiConsumer<Integer, Integer> action) {
            places.forEach(pair -> action.accept(pair[0], pair[1]));
        }
    }

    static Pairs of(Fates fates, List<Step> steps) {
        ImplicitOrder order = new ImplicitOrder(fates, steps);
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            SchemaFact fact = fates.to().fact(step.about());
            if (fact == null || step.doing() != Doing.CHANGE) {
                continue;
            }
            if (fact.id().kind() == FactKind.CONSTRAINT && step.makes().contains(fact.id())) {
                order.keys(fact, i);
            }
            if (fact.id().kind() == FactKind.TABLE && fact.attribute("partition of") != null) {
                order.partitions(fact, i);
            }
            if (fact.id().kind() == FactKind.TABLE || fact.id().kind() == FactKind.MATERIALIZED_VIEW) {
                order.indexes(fact, i);
            }
        }
        return new Pairs(order.pairs);
    }

    /** A table has one primary key; and a foreign key takes the first key that fits. */
    private void keys(SchemaFact constraint, int place) {
        String type = constraint.attribute("type");
        FactId table = Objects.requireNonNull(constraint.parent());
        if ("primary key".equals(type)) {
            dropsOf(fact -> "primary key".equals(fact.attribute("type")), table, place);
        } else if ("foreign key".equals(type)) {
            referenced(constraint)
                    .forEach(other -> dropsOf(
                            fact -> fact.id().kind() == FactKind.INDEX || StepOrder.hasIndex(fact), other, place));
        }
    }

    private Stream<FactId> referenced(SchemaFact foreignKey) {
        return fates.to().needs(foreignKey.id()).stream()
                .map(fates.to()::fact)
                .map(fact -> fact == null || fact.id().kind() == FactKind.TABLE ? null : fact.parent())
                .filter(Objects::nonNull)
                .distinct();
    }

    private void dropsOf(Predicate<SchemaFact> those, FactId table, int place) {
        for (int i = 0; i < steps.size(); i++) {
            SchemaFact fact = steps.get(i).doing() == Doing.DROP
                    ? fates.from().fact(steps.get(i).about())
                    : null;
            if (fact != null && table.equals(fact.parent()) && isIndex(fact.id()) && those.test(fact)) {
                pairs.add(new int[] {i, place});
            }
        }
    }

    /** Bounds are free before they are taken again. */
    private void partitions(SchemaFact partition, int place) {
        boolean comes = steps.get(place).makes().contains(partition.id())
                || steps.get(place).sql().contains(" ATTACH PARTITION ");
        FactId parent = parent(partition, fates.to());
        if (!comes || parent == null) {
            return;
        }
        SchemaFact was = fates.from().fact(partition.id());
        boolean isBoundAgain = was != null && parent.equals(parent(was, fates.from()));
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            SchemaFact changed = fates.to().fact(step.about());
            if (isBoundAgain && step.doing() == Doing.CHANGE && changed != null && parent.equals(changed.parent())) {
                // It has to be there again when its parent is changed.
                pairs.add(new int[] {place, i});
            }
            if (isBoundAgain
                    && step.about().equals(partition.id())
                    && step.sql().contains(DETACH)) {
                dropsOf(fact -> true, parent, i);
            }
            SchemaFact before =
                    step.about().kind() == FactKind.TABLE ? fates.from().fact(step.about()) : null;
            boolean goes = step.doing() == Doing.DROP || step.sql().contains(DETACH);
            if (before != null && goes && parent.equals(parent(before, fates.from()))) {
                pairs.add(new int[] {i, place});
            }
        }
    }

    /** What says which index it is by waits for that. */
    private void indexes(SchemaFact table, int place) {
        Matcher index = BY_INDEX.matcher(steps.get(place).sql());
        if (!index.find()) {
            return;
        }
        for (int i = 0; i < steps.size(); i++) {
            boolean isIt = steps.get(i).makes().stream()
                    .anyMatch(id -> isIndex(id)
                            && FactId.quoted(id.name()).equals(index.group(1))
                            && id.path().get(0).equals(table.id().path().get(0)));
            if (isIt) {
                pairs.add(new int[] {i, place});
            }
        }
    }

    private static boolean isIndex(FactId id) {
        return id.kind() == FactKind.CONSTRAINT || id.kind() == FactKind.INDEX;
    }

    private static @Nullable FactId parent(SchemaFact table, State state) {
        return table.attribute("partition of") == null
                ? null
                : state.needs(table.id()).stream()
                        .filter(id -> id.kind() == FactKind.TABLE)
                        .findFirst()
                        .orElse(null);
    }
}
