package io.mhras.migrations.schema.diff;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.SchemaEdge;
import io.mhras.migrations.schema.SchemaFact;
import io.mhras.migrations.schema.SchemaSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One schema, with ways to find one's way in it. */
final class State {

    private final SchemaSnapshot snapshot;
    private final NavigableMap<FactId, SchemaFact> facts;
    private final Map<FactId, List<SchemaFact>> children = new HashMap<>();
    private final Map<FactId, Set<FactId>> needs = new HashMap<>();
    private final Map<FactId, Set<FactId>> dependents = new HashMap<>();

    State(SchemaSnapshot snapshot) {
        this.snapshot = snapshot;
        facts = snapshot.byId();
        for (SchemaFact fact : snapshot.facts()) {
            if (fact.parent() != null) {
                children.computeIfAbsent(fact.parent(), id -> new ArrayList<>()).add(fact);
            }
        }
        for (SchemaEdge edge : snapshot.edges()) {
            needs.computeIfAbsent(edge.dependent(), id -> new HashSet<>()).add(edge.needed());
            dependents.computeIfAbsent(edge.needed(), id -> new HashSet<>()).add(edge.dependent());
        }
    }

    SchemaSnapshot snapshot() {
        return snapshot;
    }

    NavigableMap<FactId, SchemaFact> facts() {
        return facts;
    }

    @Nullable SchemaFact fact(FactId id) {
        return facts.get(id);
    }

    boolean has(FactId id) {
        return facts.containsKey(id);
    }

    List<SchemaFact> children(FactId id) {
        return children.getOrDefault(id, List.of());
    }

    List<SchemaFact> children(FactId id, FactKind kind) {
        return children(id).stream().filter(fact -> fact.id().kind() == kind).toList();
    }

    /** All that stands in it, at any depth; objects stand in a schema, but are no part of it. */
    List<SchemaFact> descendants(FactId id) {
        List<SchemaFact> all = new ArrayList<>();
        addDescendants(id, all);
        return all;
    }

    private void addDescendants(FactId id, List<SchemaFact> all) {
        for (SchemaFact child : children(id)) {
            if (isPart(child)) {
                all.add(child);
                addDescendants(child.id(), all);
            }
        }
    }

    /** Whether it comes and goes with what it stands in. */
    static boolean isPart(SchemaFact fact) {
        FactId parent = fact.parent();
        return parent != null
                && (parent.kind() != FactKind.SCHEMA || isSaid(fact.id()))
                && fact.id().kind() != FactKind.USER_MAPPING;
    }

    private static boolean isSaid(FactId id) {
        return switch (id.kind()) {
            case COMMENT, OWNER, GRANT -> true;
            default -> false;
        };
    }

    Set<FactId> needs(FactId id) {
        return needs.getOrDefault(id, Set.of());
    }

    Set<FactId> dependents(FactId id) {
        return dependents.getOrDefault(id, Set.of());
    }
}
