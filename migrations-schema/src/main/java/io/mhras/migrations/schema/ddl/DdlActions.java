package io.mhras.migrations.schema.ddl;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.SchemaDdl.Unwritten;
import io.mhras.migrations.schema.SchemaEdge;
import io.mhras.migrations.schema.SchemaFact;
import io.mhras.migrations.schema.SchemaSnapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The schema that is written, and the statements so far. */
final class DdlActions {

    private static final Comparator<SchemaFact> IN_ORDER =
            Comparator.comparingInt(SchemaFact::position).thenComparing(SchemaFact::id);

    private final int majorVersion;
    private final NavigableMap<FactId, SchemaFact> facts;
    private final Map<FactId, List<SchemaFact>> children = new HashMap<>();
    private final Map<FactId, Set<FactId>> needs = new HashMap<>();
    private final Map<FactId, Set<FactId>> neededBy = new HashMap<>();
    private final List<DdlAction> actions = new ArrayList<>();
    private final List<Unwritten> unwritten = new ArrayList<>();
    private final boolean hasRights;

    DdlActions(SchemaSnapshot snapshot) {
        majorVersion = snapshot.majorVersion();
        facts = snapshot.byId();
        for (SchemaFact fact : snapshot.facts()) {
            if (fact.parent() != null) {
                children.computeIfAbsent(fact.parent(), id -> new ArrayList<>()).add(fact);
            }
        }
        children.values().forEach(list -> list.sort(IN_ORDER));
        for (SchemaEdge edge : snapshot.edges()) {
            needs.computeIfAbsent(edge.dependent(), id -> new HashSet<>()).add(edge.needed());
            neededBy.computeIfAbsent(edge.needed(), id -> new HashSet<>()).add(edge.dependent());
        }
        hasRights = facts.keySet().stream().anyMatch(id -> id.kind() == FactKind.OWNER);
    }

    int majorVersion() {
        return majorVersion;
    }

    /** Whether owners and grants are part of the schema. */
    boolean hasRights() {
        return hasRights;
    }

    @Nullable SchemaFact fact(FactId id) {
        return facts.get(id);
    }

    /** What stands in it, of this kind, in order. */
    List<SchemaFact> children(FactId id, FactKind kind) {
        return children.getOrDefault(id, List.of()).stream()
                .filter(fact -> fact.id().kind() == kind)
                .toList();
    }

    /** What the server says that it needs. */
    Set<FactId> needs(FactId id) {
        return needs.getOrDefault(id, Set.of());
    }

    /** The tables that it inherits from, or is a partition of. */
    Stream<FactId> parentTables(FactId table) {
        return needs(table).stream().filter(DdlActions::isTable);
    }

    /** Its partitions, and the tables that inherit from it. */
    Set<FactId> childTables(FactId table) {
        Set<FactId> tables = new HashSet<>(neededBy.getOrDefault(table, Set.of()));
        tables.removeIf(id -> !isTable(id));
        return tables;
    }

    private static boolean isTable(FactId id) {
        return id.kind() == FactKind.TABLE || id.kind() == FactKind.FOREIGN_TABLE;
    }

    /** A statement that makes these facts. */
    void make(DdlStage stage, FactId about, Set<FactId> makes, Set<FactId> alsoNeeds, String sql) {
        Set<FactId> all = new HashSet<>(alsoNeeds);
        for (FactId made : makes) {
            all.addAll(needs(made));
            SchemaFact fact = facts.get(made);
            FactId parent = fact == null ? null : fact.parent();
            if (parent != null) {
                all.add(parent);
            }
        }
        all.removeAll(makes);
        // A schema that is left out is there, or is made by somebody else.
        all.removeIf(id -> id.kind() == FactKind.SCHEMA && !facts.containsKey(id));
        actions.add(new DdlAction(stage, about, makes, all, sql));
    }

    /** A statement that makes just this fact. */
    void make(DdlStage stage, SchemaFact fact, String sql) {
        make(stage, fact.id(), Set.of(fact.id()), Set.of(), sql);
    }

    /** The server says that a sequence needs its column, which needs it for its default. */
    void makeBeforeItsOwner(DdlStage stage, SchemaFact fact, Set<FactId> owners, String sql) {
        Set<FactId> all = new HashSet<>(needs(fact.id()));
        all.removeAll(owners);
        if (fact.parent() != null && facts.containsKey(fact.parent())) {
            all.add(fact.parent());
        }
        actions.add(new DdlAction(stage, fact.id(), Set.of(fact.id()), all, sql));
    }

    /** A statement that changes what is there. */
    void alter(DdlStage stage, FactId about, Set<FactId> alsoNeeds, String sql) {
        Set<FactId> all = new HashSet<>(alsoNeeds);
        all.add(about);
        actions.add(new DdlAction(stage, about, Set.of(), all, sql));
    }

    /** That a fact, or a part of one, is not written. */
    void leaveOut(FactId id, String why) {
        unwritten.add(new Unwritten(id, id + ": " + why));
    }

    List<DdlAction> actions() {
        return actions;
    }

    List<Unwritten> unwritten() {
        return unwritten;
    }
}
