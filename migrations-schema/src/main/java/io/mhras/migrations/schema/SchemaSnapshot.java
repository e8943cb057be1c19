package io.mhras.migrations.schema;

import io.mhras.migrations.schema.SchemaDifference.Changed;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Everything that defines a database's schema, as its server has it at one moment.
 *
 * <p>Texts of expressions are the server's own. They can be compared between servers of one major version only.
 *
 * @param majorVersion of the server
 * @param facts in the order of their ids
 * @param edges what needs what, apart from what stands in what; what is needed may have been left out
 * @param unread how many objects there are of kinds that are not read, by their names in the plural
 * @param gaps what the user may not read
 * @param leftOut other tools' histories, each with whose it is
 */
public record SchemaSnapshot(
        int majorVersion,
        List<SchemaFact> facts,
        Set<SchemaEdge> edges,
        Map<String, Integer> unread,
        List<SchemaGap> gaps,
        List<String> leftOut) {

    public SchemaSnapshot {
        facts = List.copyOf(facts);
        edges = Set.copyOf(edges);
        unread = Map.copyOf(unread);
        gaps = List.copyOf(gaps);
        leftOut = List.copyOf(leftOut);
    }

    /** By their ids, in order. */
    public NavigableMap<FactId, SchemaFact> byId() {
        return facts.stream()
                .collect(Collectors.toMap(SchemaFact::id, Function.identity(), (one, other) -> one, TreeMap::new));
    }

    /**
     * What has to change to come from here to there, in the order of the ids. What the user of one of them may not read
     * does not count.
     */
    public List<SchemaDifference> differencesTo(SchemaSnapshot other) {
        return SchemaDifference.between(readableFor(other), other.readableFor(this));
    }

    /** The same, but for texts that say the same in other words. */
    public List<SchemaDifference> differencesTo(SchemaSnapshot other, Reload reload) {
        List<SchemaDifference> differences = differencesTo(other);
        List<Changed> changed = differences.stream()
                .filter(Changed.class::isInstance)
                .map(Changed.class::cast)
                .toList();
        if (changed.isEmpty()) {
            return differences;
        }
        List<SchemaFact> before =
                reload.reloaded(changed.stream().map(Changed::before).toList(), byId());
        List<SchemaFact> after =
                reload.reloaded(changed.stream().map(Changed::after).toList(), other.byId());
        Set<FactId> same = new HashSet<>();
        for (int i = 0; i < before.size(); i++) {
            if (before.get(i).definesTheSameAs(after.get(i))) {
                same.add(before.get(i).id());
            }
        }
        return differences.stream()
                .filter(difference -> !same.contains(difference.id()))
                .toList();
    }

    private NavigableMap<FactId, SchemaFact> readableFor(SchemaSnapshot other) {
        NavigableMap<FactId, SchemaFact> readable = byId();
        Set<FactKind> hidden = new HashSet<>();
        gaps.forEach(gap -> hidden.addAll(gap.kinds()));
        other.gaps.forEach(gap -> hidden.addAll(gap.kinds()));
        if (!hidden.isEmpty()) {
            Map<FactId, SchemaFact> all = Map.copyOf(readable);
            readable.values().removeIf(fact -> fact.isWithin(id -> hidden.contains(id.kind()), all));
        }
        return readable;
    }

    /** Without these tables, and without what stands in them or belongs to them. */
    public SchemaSnapshot without(Set<FactId> tables, List<String> leftOutNow) {
        if (tables.isEmpty()) {
            return this;
        }
        NavigableMap<FactId, SchemaFact> all = byId();
        Set<FactId> gone = facts.stream()
                .filter(fact -> tables.stream().anyMatch(fact::belongsTo))
                .map(SchemaFact::id)
                .collect(Collectors.toCollection(HashSet::new));
        gone.addAll(tables);
        SchemaSnapshot rest = only(facts.stream()
                .filter(fact -> !fact.isWithin(gone::contains, all))
                .toList());
        return new SchemaSnapshot(majorVersion, rest.facts, rest.edges, unread, gaps, leftOutNow);
    }

    /** Only these of its facts. */
    SchemaSnapshot only(Collection<SchemaFact> kept) {
        Set<FactId> ids = kept.stream().map(SchemaFact::id).collect(Collectors.toSet());
        return new SchemaSnapshot(
                majorVersion,
                List.copyOf(kept),
                edges.stream().filter(edge -> ids.contains(edge.dependent())).collect(Collectors.toSet()),
                unread,
                gaps,
                leftOut);
    }
}
