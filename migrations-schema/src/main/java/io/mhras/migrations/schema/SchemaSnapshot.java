package io.mhras.migrations.schema;

import java.util.Collection;
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
 * @param edges what needs what, apart from what stands in what
 * @param unread how many objects there are of kinds that are not read, by their names in the plural
 */
public record SchemaSnapshot(
        int majorVersion, List<SchemaFact> facts, Set<SchemaEdge> edges, Map<String, Integer> unread) {

    public SchemaSnapshot {
        facts = List.copyOf(facts);
        edges = Set.copyOf(edges);
        unread = Map.copyOf(unread);
    }

    /** By their ids, in order. */
    public NavigableMap<FactId, SchemaFact> byId() {
        return facts.stream()
                .collect(Collectors.toMap(SchemaFact::id, Function.identity(), (one, other) -> one, TreeMap::new));
    }

    /** What has to change to come from here to there, in the order of the ids. */
    public List<SchemaDifference> differencesTo(SchemaSnapshot other) {
        return SchemaDifference.between(byId(), other.byId());
    }

    /** Only what the filter keeps. */
    SchemaSnapshot only(Collection<SchemaFact> kept) {
        Set<FactId> ids = kept.stream().map(SchemaFact::id).collect(Collectors.toSet());
        return new SchemaSnapshot(
                majorVersion,
                List.copyOf(kept),
                edges.stream()
                        .filter(edge -> ids.contains(edge.dependent()) && ids.contains(edge.needed()))
                        .collect(Collectors.toSet()),
                unread);
    }
}
