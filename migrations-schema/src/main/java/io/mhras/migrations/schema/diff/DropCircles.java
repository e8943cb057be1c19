package io.mhras.migrations.schema.diff;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.SchemaFact;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Objects that are all dropped, and need each other in a circle by way of their parts: two tables by their foreign keys, a
 * table and a function by an index.
 */
final class DropCircles {

    private final State from;
    private final Set<FactId> dropped;
    private final Map<FactId, Set<FactId>> needed = new HashMap<>();

    private DropCircles(State from, Set<FactId> dropped) {
        this.from = from;
        this.dropped = dropped;
    }

    /** The parts that have to be dropped by themselves, before what they are part of. */
    static Set<FactId> of(State from, Set<FactId> dropped) {
        return new DropCircles(from, dropped).parts();
    }

    private Set<FactId> parts() {
        for (FactId id : dropped) {
            FactId whole = whole(id);
            for (FactId other : from.needs(id)) {
                if (dropped.contains(other) && !whole(other).equals(whole)) {
                    needed.computeIfAbsent(whole, key -> new HashSet<>()).add(whole(other));
                }
            }
        }
        Set<FactId> parts = new HashSet<>();
        for (FactId id : dropped) {
            FactId whole = whole(id);
            boolean closesACircle = canGoAlone(id)
                    && !id.equals(whole)
                    && from.needs(id).stream()
                            .filter(dropped::contains)
                            .map(this::whole)
                            .anyMatch(other -> !other.equals(whole) && reaches(other, whole, new HashSet<>()));
            if (closesACircle) {
                parts.add(id);
            }
        }
        return parts;
    }

    private static boolean canGoAlone(FactId id) {
        return switch (id.kind()) {
            case CONSTRAINT, INDEX, DEFAULT, TRIGGER, RULE, POLICY -> true;
            default -> false;
        };
    }

    /** What it goes with. */
    private FactId whole(FactId id) {
        FactId at = id;
        while (true) {
            SchemaFact fact = from.fact(at);
            FactId parent = fact == null || !State.isPart(fact) ? null : fact.parent();
            if (parent == null || !dropped.contains(parent) || parent.kind() == FactKind.SCHEMA) {
                return at;
            }
            at = parent;
        }
    }

    private boolean reaches(FactId at, FactId goal, Set<FactId> seen) {
        return at.equals(goal)
                || seen.add(at)
                        && needed.getOrDefault(at, Set.of()).stream().anyMatch(next -> reaches(next, goal, seen));
    }
}
