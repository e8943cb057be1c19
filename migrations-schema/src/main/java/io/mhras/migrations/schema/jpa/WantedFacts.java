package io.mhras.migrations.schema.jpa;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.SchemaEdge;
import io.mhras.migrations.schema.SchemaFact;
import io.mhras.migrations.schema.SchemaSnapshot;
import io.mhras.migrations.schema.report.EntityRemark;
import io.mhras.migrations.schema.report.EntityRemark.Weight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The schema that is there, on its way to the one that the entities want. */
final class WantedFacts {

    private final SchemaSnapshot there;
    private final SchemaSnapshot entities;
    private final NavigableMap<FactId, SchemaFact> before;
    private final NavigableMap<FactId, SchemaFact> asked;
    private final NavigableMap<FactId, SchemaFact> facts;
    private final Map<FactId, FactId> counterparts = new HashMap<>();
    private final Set<FactId> changed = new HashSet<>();
    private final List<EntityRemark> remarks = new ArrayList<>();

    WantedFacts(SchemaSnapshot there, SchemaSnapshot entities) {
        this.there = there;
        this.entities = entities;
        this.before = there.byId();
        this.asked = entities.byId();
        this.facts = new TreeMap<>(before);
    }

    /** What is there, by id. */
    NavigableMap<FactId, SchemaFact> before() {
        return before;
    }

    /** What the entities say, of this kind. */
    List<SchemaFact> asked(FactKind kind) {
        return of(kind, asked);
    }

    /** What the entities say about something. */
    @Nullable SchemaFact asked(FactId id) {
        return asked.get(id);
    }

    /** What stands in an object that is there. */
    List<SchemaFact> before(FactKind kind, FactId parent) {
        return within(kind, parent, before);
    }

    /** What the entities say that stands in an object. */
    List<SchemaFact> asked(FactKind kind, FactId parent) {
        return within(kind, parent, asked);
    }

    /** What is wanted so far, of what stands in an object. */
    List<SchemaFact> wanted(FactKind kind, FactId parent) {
        return within(kind, parent, facts);
    }

    private static List<SchemaFact> of(FactKind kind, NavigableMap<FactId, SchemaFact> all) {
        return all.values().stream().filter(fact -> fact.id().kind() == kind).toList();
    }

    private static List<SchemaFact> within(FactKind kind, FactId parent, NavigableMap<FactId, SchemaFact> all) {
        return of(kind, all).stream()
                .filter(fact -> parent.equals(fact.parent()))
                .toList();
    }

    boolean isWanted(FactId id) {
        return facts.containsKey(id);
    }

    /** The type that a column is wanted with; empty if it is none. */
    String typeOf(FactId column) {
        SchemaFact fact = facts.get(column);
        return fact == null ? "" : Objects.requireNonNullElse(fact.attribute("type"), "");
    }

    /** It is wanted as the entities say it. */
    void add(SchemaFact asks) {
        add(asks, asks.id(), asks.position(), asks.attributes());
    }

    /** A column is wanted at this place, with the type as one writes it: six digits of a second are what the server keeps. */
    void addColumn(SchemaFact asks, int position) {
        Map<String, String> attributes = new LinkedHashMap<>(asks.attributes());
        attributes.computeIfPresent("type", (name, type) -> type.replaceFirst("^(time|timestamp)\\(6\\) ", "$1 "));
        add(asks, asks.id(), position, attributes);
    }

    /** It is wanted as the entities say it, but under this name and with these attributes. */
    void add(SchemaFact asks, FactId id, int position, Map<String, String> attributes) {
        facts.put(id, new SchemaFact(id, asks.parent(), position, attributes));
        same(asks.id(), id);
        changed.add(asks.id());
    }

    /** What is there under this id is wanted with other attributes; null takes one away. */
    void change(FactId id, FactId asks, Map<String, String> attributes) {
        SchemaFact has = facts.get(id);
        if (has == null) {
            throw new IllegalArgumentException(id + " is not there");
        }
        Map<String, String> all = new LinkedHashMap<>(has.attributes());
        all.putAll(attributes);
        facts.put(id, new SchemaFact(id, has.parent(), has.position(), all));
        same(asks, id);
        changed.add(asks);
    }

    /** It is no longer wanted, nor what stands in it. */
    void remove(FactId id) {
        facts.remove(id);
        for (SchemaFact fact : List.copyOf(facts.values())) {
            if (id.equals(fact.parent()) && facts.containsKey(fact.id())) {
                remove(fact.id());
            }
        }
    }

    /** The keys, checks and indexes that go with a column. */
    List<FactId> dependents(FactId column) {
        return there.edges().stream()
                .filter(edge -> edge.needed().equals(column))
                .map(SchemaEdge::dependent)
                .filter(id -> id.kind() == FactKind.CONSTRAINT || id.kind() == FactKind.INDEX)
                .toList();
    }

    /** What the entities say is there already, maybe under another name. */
    void same(FactId asks, FactId has) {
        counterparts.put(asks, has);
    }

    /** Whether what is there has something in the entities. */
    boolean isCounterpart(FactId has) {
        return counterparts.containsValue(has);
    }

    void remark(Weight weight, FactId about, String text) {
        remarks.add(new EntityRemark(weight, about, text));
    }

    List<EntityRemark> remarks() {
        return List.copyOf(remarks);
    }

    SchemaSnapshot snapshot() {
        Set<FactId> changedHere = changed.stream().map(this::here).collect(Collectors.toSet());
        Set<SchemaEdge> edges = Stream.concat(
                        there.edges().stream().filter(edge -> !changedHere.contains(edge.dependent())),
                        entities.edges().stream()
                                .filter(edge -> changed.contains(edge.dependent()))
                                .map(edge -> new SchemaEdge(here(edge.dependent()), here(edge.needed()))))
                .filter(edge -> facts.containsKey(edge.dependent()) && facts.containsKey(edge.needed()))
                .collect(Collectors.toSet());
        return new SchemaSnapshot(
                there.majorVersion(),
                List.copyOf(facts.values()),
                edges,
                there.unread(),
                there.gaps(),
                there.leftOut());
    }

    private FactId here(FactId asks) {
        return counterparts.getOrDefault(asks, asks);
    }

    /** How many there are of what no entity says, by kind; of what stands in a table, if it is an entity's. */
    Map<FactKind, Long> leftAlone(Set<FactKind> kinds) {
        Set<FactId> known = Set.copyOf(counterparts.values());
        return before.values().stream()
                .filter(fact -> kinds.contains(fact.id().kind())
                        && facts.containsKey(fact.id())
                        && !known.contains(fact.id())
                        && (fact.parent() == null
                                || fact.parent().kind() == FactKind.SCHEMA
                                || known.contains(fact.parent())))
                .collect(Collectors.groupingBy(fact -> fact.id().kind(), TreeMap::new, Collectors.counting()));
    }
}
