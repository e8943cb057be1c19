package io.mhras.migrations.schema.snapshot;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.SchemaEdge;
import io.mhras.migrations.schema.SchemaFact;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The facts that were read so far, and where in the catalog each one stands. */
final class CatalogFacts {

    private final NavigableMap<FactId, SchemaFact> facts = new TreeMap<>();
    private final Map<CatalogAddress, FactId> ids = new HashMap<>();
    private final Map<CatalogAddress, CatalogAddress> parts = new HashMap<>();
    private final Set<SchemaEdge> edges = new HashSet<>();

    /** A part of a member of an extension has no record of being one, so its parent has to be there. */
    void add(CatalogAddress address, SchemaFact fact) {
        FactId parent = fact.parent();
        if (parent == null || parent.kind() == FactKind.SCHEMA || facts.containsKey(parent)) {
            facts.put(fact.id(), fact);
            ids.put(address, fact.id());
        }
    }

    /** That the one has no fact of its own, and is part of the other. */
    void addPart(CatalogAddress part, CatalogAddress of) {
        parts.put(part, of);
    }

    /** Something that is said about an object; nothing if that object is none of the schema's. */
    void addAbout(CatalogAddress address, FactKind kind, String name, String value, @Nullable String more) {
        FactId about = ids.get(address);
        if (about != null) {
            FactId id = FactId.about(kind, about, more);
            facts.put(id, new SchemaFact(id, about, 0, Map.of(name, value)));
        }
    }

    void addEdge(CatalogAddress dependent, CatalogAddress needed) {
        FactId from = id(dependent);
        FactId to = id(needed);
        if (from != null && to != null && !from.equals(to) && !isWithin(from, to) && !isWithin(to, from)) {
            edges.add(new SchemaEdge(from, to));
        }
    }

    private @Nullable FactId id(CatalogAddress address) {
        CatalogAddress at = address;
        // A part of a part of a part is met, as the array type of a table's row type; there is no circle.
        while (at != null) {
            FactId id = ids.get(at);
            if (id != null) {
                return id;
            }
            CatalogAddress whole = parts.get(at);
            at = whole == null && at.column() != 0 ? at.whole() : whole;
        }
        return null;
    }

    private boolean isWithin(FactId inner, FactId outer) {
        for (FactId at = inner; at != null; at = parent(at)) {
            if (at.equals(outer)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable FactId parent(FactId id) {
        SchemaFact fact = facts.get(id);
        return fact == null ? null : fact.parent();
    }

    NavigableMap<FactId, SchemaFact> facts() {
        return facts;
    }

    Set<SchemaEdge> edges() {
        return edges;
    }
}
