package io.mhras.migrations.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;

/** One fact in which two schemas differ. */
public sealed interface SchemaDifference {

    FactId id();

    /** It is in the second schema only. */
    record Added(SchemaFact fact) implements SchemaDifference {
        @Override
        public FactId id() {
            return fact.id();
        }
    }

    /** It is in the first schema only. */
    record Removed(SchemaFact fact) implements SchemaDifference {
        @Override
        public FactId id() {
            return fact.id();
        }
    }

    /** It is in both, and is not the same. */
    record Changed(SchemaFact before, SchemaFact after) implements SchemaDifference {

        @Override
        public FactId id() {
            return after.id();
        }

        /** The attributes that are not the same, by name. */
        public NavigableSet<String> attributes() {
            NavigableSet<String> names = new TreeSet<>(before.attributes().keySet());
            names.addAll(after.attributes().keySet());
            names.removeIf(
                    name -> SchemaFact.isNote(name) || Objects.equals(before.attribute(name), after.attribute(name)));
            return names;
        }
    }

    /** What differs, in the order of the ids; what stands in something that is added or removed is listed, too. */
    static List<SchemaDifference> between(
            NavigableMap<FactId, SchemaFact> first, NavigableMap<FactId, SchemaFact> second) {
        NavigableSet<FactId> ids = new TreeSet<>(first.keySet());
        ids.addAll(second.keySet());
        List<SchemaDifference> differences = new ArrayList<>();
        for (FactId id : ids) {
            SchemaFact before = first.get(id);
            SchemaFact after = second.get(id);
            if (before == null && after != null) {
                differences.add(new Added(after));
            } else if (before != null && after == null) {
                differences.add(new Removed(before));
            } else if (before != null && after != null && !before.definesTheSameAs(after)) {
                differences.add(new Changed(before, after));
            }
        }
        return List.copyOf(differences);
    }
}
