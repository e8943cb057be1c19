package io.mhras.migrations.schema.diff;

import io.mhras.migrations.schema.DiffOptions;
import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.SchemaDifference;
import io.mhras.migrations.schema.SchemaEdge;
import io.mhras.migrations.schema.SchemaFact;
import io.mhras.migrations.schema.SchemaPlan.HeldBack;
import io.mhras.migrations.schema.SchemaSnapshot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What would go, and stays.
 *
 * @param heldBack what people have to say yes to
 * @param outcome the wanted schema with it
 */
record Holding(List<HeldBack> heldBack, SchemaSnapshot outcome) {

    /** Holds back what may not be dropped. */
    static Holding back(
            SchemaSnapshot from, SchemaSnapshot to, DiffOptions options, List<SchemaDifference> differences) {
        if (options.drops().all()) {
            return new Holding(List.of(), to);
        }
        State before = new State(from);
        Set<FactId> gone = new TreeSet<>();
        for (SchemaDifference difference : differences) {
            if (difference instanceof SchemaDifference.Removed removed) {
                gone.add(removed.id());
            }
        }
        State after = new State(to);
        List<HeldBack> heldBack = new ArrayList<>();
        Set<FactId> kept = new TreeSet<>();
        for (FactId id : gone) {
            SchemaFact fact = Objects.requireNonNull(before.fact(id));
            FactId parent = fact.parent();
            boolean goesWithIt = State.isPart(fact) && parent != null && gone.contains(parent);
            if (goesWithIt || !Drops.isMissed(fact) || options.drops().allow(id) || isReplaced(fact, after)) {
                continue;
            }
            kept.add(id);
            if (!belongsToKept(fact, before, gone)) {
                heldBack.add(new HeldBack(fact, String.join(";\n", Drops.of(fact, before))));
            }
        }
        return kept.isEmpty() ? new Holding(List.of(), to) : new Holding(heldBack, outcome(before, to, gone, kept));
    }

    /** Another one has its name: an overload would make calls ambiguous, and a relation has one kind. */
    private static boolean isReplaced(SchemaFact fact, State after) {
        List<String> path = fact.id().path();
        return after.facts().keySet().stream()
                .filter(other -> isOfKind(fact.id(), other))
                .anyMatch(other -> other.path().get(0).equals(path.get(0))
                        && other.path().size() > 1
                        && other.path().get(1).equals(path.get(1)));
    }

    private static boolean isOfKind(FactId one, FactId other) {
        return switch (one.kind()) {
            case FUNCTION, PROCEDURE, AGGREGATE ->
                other.kind() == FactKind.FUNCTION
                        || other.kind() == FactKind.PROCEDURE
                        || other.kind() == FactKind.AGGREGATE;
            case VIEW, MATERIALIZED_VIEW ->
                other.kind() == FactKind.TABLE
                        || other.kind() == FactKind.VIEW
                        || other.kind() == FactKind.MATERIALIZED_VIEW;
            default -> false;
        };
    }

    private static boolean belongsToKept(SchemaFact fact, State before, Set<FactId> gone) {
        return fact.id().kind() == FactKind.SEQUENCE
                && fact.attribute("owned by") != null
                && before.needs(fact.id()).stream().anyMatch(gone::contains);
    }

    /** What is kept needs others, which are kept for it; and what hangs on it stays. */
    private static SchemaSnapshot outcome(State before, SchemaSnapshot to, Set<FactId> gone, Set<FactId> kept) {
        Set<FactId> all = new TreeSet<>();
        Deque<FactId> open = new ArrayDeque<>(kept);
        while (!open.isEmpty()) {
            FactId id = open.remove();
            if (!gone.contains(id) || !all.add(id)) {
                continue;
            }
            before.descendants(id).forEach(part -> open.add(part.id()));
            open.addAll(before.needs(id));
            FactId parent = Objects.requireNonNull(before.fact(id)).parent();
            if (parent != null) {
                open.add(parent);
            }
            before.dependents(id).stream().filter(Holding::hangsOnIt).forEach(open::add);
        }
        List<SchemaFact> facts = new ArrayList<>(to.facts());
        all.forEach(id -> facts.add(before.fact(id)));
        facts.sort(java.util.Comparator.comparing(SchemaFact::id));
        Set<SchemaEdge> edges = new HashSet<>(to.edges());
        before.snapshot().edges().stream()
                .filter(edge -> all.contains(edge.dependent()))
                .forEach(edges::add);
        return new SchemaSnapshot(to.majorVersion(), facts, edges, to.unread(), to.gaps(), to.leftOut());
    }

    private static boolean hangsOnIt(FactId dependent) {
        return switch (dependent.kind()) {
            case INDEX, CONSTRAINT, DEFAULT, STATISTICS, TRIGGER, POLICY, SEQUENCE -> true;
            default -> false;
        };
    }
}
