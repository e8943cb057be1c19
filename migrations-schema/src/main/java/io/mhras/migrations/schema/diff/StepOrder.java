package io.mhras.migrations.schema.diff;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.SchemaEdge;
import io.mhras.migrations.schema.SchemaFact;
import io.mhras.migrations.schema.ddl.DdlStage;
import io.mhras.migrations.schema.ddl.NeedsOrder;
import io.mhras.migrations.schema.diff.Step.Doing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One graph of all statements, and one order.
 *
 * <p>What goes does so before what it needs, as the schema before has it; what comes does so after what it needs, as the
 * schema after has it; a name is free before it is taken again.
 */
final class StepOrder {

    private final Fates fates;
    private final List<Step> steps;
    private final List<Set<Integer>> predecessors = new ArrayList<>();
    private final Map<FactId, Integer> droppers = new HashMap<>();
    private final Map<FactId, Integer> makers = new HashMap<>();
    private final Map<FactId, List<Integer>> changers = new HashMap<>();

    private StepOrder(Fates fates, List<Step> steps) {
        this.fates = fates;
        this.steps = steps;
        for (int i = 0; i < steps.size(); i++) {
            int place = i;
            Step step = steps.get(i);
            predecessors.add(new TreeSet<>());
            step.drops().forEach(id -> droppers.put(id, place));
            step.makes().forEach(id -> makers.put(id, place));
            if (step.doing() == Doing.CHANGE && step.makes().isEmpty()) {
                changers.computeIfAbsent(step.about(), id -> new ArrayList<>()).add(i);
            }
        }
    }

    /**
     * Steps in order.
     *
     * @param needs by the places in that order, what has to come before each
     */
    record Sorted(List<Step> steps, List<Set<Integer>> needs) {}

    /** @throws IllegalStateException if some of them need each other in a circle */
    static Sorted of(Fates fates, List<Step> steps) {
        StepOrder order = new StepOrder(fates, steps);
        order.tearDown();
        order.build();
        order.names();
        ImplicitOrder.of(fates, steps).forEach(order::first);
        order.oneAfterTheOther();
        return order.sorted();
    }

    private void first(@Nullable Integer one, @Nullable Integer other) {
        if (one != null && other != null && !one.equals(other)) {
            predecessors.get(other).add(one);
        }
    }

    /** Of an object that was there: those that change it, as it is known before. */
    private List<Integer> changers(FactId id) {
        return fates.altered().containsKey(id) || fates.remadeEnums().contains(id)
                ? changers.getOrDefault(id, List.of())
                : List.of();
    }

    private void tearDown() {
        for (SchemaEdge edge : fates.from().snapshot().edges()) {
            Integer dependents = droppers.get(edge.dependent());
            Integer neededs = droppers.get(edge.needed());
            first(dependents, neededs);
            changers(edge.needed()).forEach(change -> first(dependents, change));
            if (neededs != null && !fates.made().contains(edge.needed())) {
                changers(edge.dependent()).forEach(change -> first(change, neededs));
            }
        }
        droppers.forEach((id, dropper) -> {
            SchemaFact fact = fates.from().fact(id);
            FactId parent = fact == null ? null : fact.parent();
            if (parent != null) {
                first(dropper, droppers.get(parent));
                changers(parent).forEach(change -> first(dropper, change));
            }
            first(dropper, makers.get(id));
        });
    }

    private void build() {
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            int place = i;
            for (FactId needed : step.needs()) {
                first(makers.get(needed), place);
                if (!needed.equals(step.about())) {
                    changers(needed).stream()
                            .filter(change -> steps.get(change).stage() != DdlStage.STATE)
                            .forEach(change -> first(change, place));
                }
            }
            if (!step.makes().isEmpty()) {
                // What is said about an object waits for it, and for its own changes.
                changers.getOrDefault(step.about(), List.of()).forEach(change -> {
                    if (!fates.altered().containsKey(step.about())
                            && !fates.remadeEnums().contains(step.about())) {
                        first(place, change);
                    }
                });
            }
        }
        for (SchemaEdge edge : fates.to().snapshot().edges()) {
            for (int change : changers(edge.dependent())) {
                first(makers.get(edge.needed()), change);
            }
        }
        fates.remadeEnums().forEach(this::lastOfAll);
    }

    /** The type before goes when the columns have left it. */
    private void lastOfAll(FactId type) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).doing() == Doing.DROP_LAST && steps.get(i).about().equals(type)) {
                int place = i;
                fates.from().dependents(type).forEach(dependent -> {
                    changers(dependent).forEach(change -> first(change, place));
                    first(droppers.get(dependent), place);
                });
            }
        }
    }

    /** A name that is taken again. */
    private void names() {
        Map<String, List<Integer>> freed = new HashMap<>();
        droppers.forEach((id, dropper) -> {
            SchemaFact fact = fates.from().fact(id);
            if (fact != null) {
                names(fact)
                        .forEach(name -> freed.computeIfAbsent(name, key -> new ArrayList<>())
                                .add(dropper));
            }
        });
        // The sequence of an identity column, which is no fact of its own, has this name.
        fates.altered().values().stream()
                .filter(one -> one.before().attribute("identity") != null
                        && one.after().attribute("identity") == null)
                .forEach(one -> changers(one.id())
                        .forEach(change -> freed.computeIfAbsent(identitySequence(one.id()), key -> new ArrayList<>())
                                .add(change)));
        makers.forEach((id, maker) -> {
            SchemaFact fact = fates.to().fact(id);
            if (fact != null) {
                names(fact).forEach(name -> freed.getOrDefault(name, List.of()).forEach(drop -> first(drop, maker)));
            }
        });
    }

    private static String identitySequence(FactId column) {
        List<String> path = column.path();
        return "relation\0" + path.get(0) + "\0" + path.get(1) + "_" + path.get(2) + "_seq";
    }

    /** The names that it takes: of relations, of types, of routines, of constraints. */
    private static Set<String> names(SchemaFact fact) {
        FactId id = fact.id();
        String place = id.path().get(0) + "\0";
        return switch (id.kind()) {
            case TABLE, FOREIGN_TABLE, VIEW, MATERIALIZED_VIEW, COMPOSITE ->
                Set.of("relation\0" + place + id.name(), "type\0" + place + id.name());
            case SEQUENCE, INDEX -> Set.of("relation\0" + place + id.name());
            case CONSTRAINT ->
                hasIndex(fact)
                        ? Set.of("relation\0" + place + id.name(), "constraint\0" + String.join("\0", id.path()))
                        : Set.of("constraint\0" + String.join("\0", id.path()));
            case ENUM, RANGE, DOMAIN -> Set.of("type\0" + place + id.name());
            case FUNCTION, PROCEDURE, AGGREGATE -> Set.of("routine\0" + String.join("\0", id.path()));
            case COLUMN -> Set.of("column\0" + String.join("\0", id.path()));
            case TRIGGER -> Set.of("trigger\0" + String.join("\0", id.path()));
            default -> Set.of();
        };
    }

    static boolean hasIndex(SchemaFact constraint) {
        String type = String.valueOf(constraint.attribute("type"));
        return type.equals("primary key") || type.equals("unique") || type.equals("exclusion");
    }

    /** The statements of one fact keep their order. */
    private void oneAfterTheOther() {
        Map<FactId, Integer> last = new HashMap<>();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (step.doing() == Doing.CHANGE
                    && (fates.altered().containsKey(step.about())
                            || fates.remadeEnums().contains(step.about()))) {
                first(last.get(step.about()), i);
                last.put(step.about(), i);
            } else if (step.doing() == Doing.DROP_LAST) {
                first(last.get(step.about()), i);
            }
        }
    }

    private Comparator<Integer> ifNothingDecides() {
        return Comparator.<Integer, Doing>comparing(i -> steps.get(i).doing())
                .thenComparing(this::byStage)
                .thenComparing(i -> steps.get(i).about());
    }

    /** What is made last is dropped first. */
    private int byStage(int one, int other) {
        int order = steps.get(one).stage().compareTo(steps.get(other).stage());
        return steps.get(one).doing() == Doing.CHANGE ? order : -order;
    }

    private Sorted sorted() {
        NeedsOrder order = new NeedsOrder(predecessors);
        Set<Integer> ordered = order.sorted(ifNothingDecides());
        if (ordered.size() < steps.size()) {
            throw new IllegalStateException("These changes need each other in a circle, so that none can be the first: "
                    + order.circle(ordered).stream()
                            .map(place ->
                                    steps.get(place).sql().lines().findFirst().orElse(""))
                            .collect(Collectors.joining(" <- ")));
        }
        Map<Integer, Integer> places = new HashMap<>();
        ordered.forEach(each -> places.put(each, places.size()));
        return new Sorted(
                ordered.stream().map(steps::get).toList(),
                ordered.stream()
                        .map(each ->
                                predecessors.get(each).stream().map(places::get).collect(Collectors.toSet()))
                        .toList());
    }
}
