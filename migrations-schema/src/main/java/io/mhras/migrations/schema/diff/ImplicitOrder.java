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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What has to come before what though neither needs the other: the server would take, or refuse, something else. */
final class ImplicitOrder {

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
            } else if (fact.id().kind() == FactKind.TABLE && fact.attribute("partition of") != null) {
                order.partitions(fact, i);
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
            if (fact != null && table.equals(fact.parent()) && isOfTable(fact) && those.test(fact)) {
                pairs.add(new int[] {i, place});
            }
        }
    }

    private static boolean isOfTable(SchemaFact fact) {
        return fact.id().kind() == FactKind.CONSTRAINT || fact.id().kind() == FactKind.INDEX;
    }

    /** Bounds are free before they are taken again. */
    private void partitions(SchemaFact partition, int place) {
        boolean comes = steps.get(place).makes().contains(partition.id())
                || steps.get(place).sql().contains(" ATTACH PARTITION ");
        FactId parent = parent(partition, fates.to());
        if (!comes || parent == null) {
            return;
        }
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            SchemaFact before =
                    step.about().kind() == FactKind.TABLE ? fates.from().fact(step.about()) : null;
            boolean goes = step.doing() == Doing.DROP || step.sql().contains(" DETACH PARTITION ");
            if (before != null && goes && parent.equals(parent(before, fates.from()))) {
                pairs.add(new int[] {i, place});
            }
        }
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
