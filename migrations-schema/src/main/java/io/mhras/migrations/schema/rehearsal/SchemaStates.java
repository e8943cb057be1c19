package io.mhras.migrations.schema.rehearsal;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.SchemaDifference;
import io.mhras.migrations.schema.SchemaFact;
import io.mhras.migrations.schema.SchemaSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The schema before and after each migration, of which only what each has changed is kept. */
final class SchemaStates {

    private final NavigableMap<FactId, SchemaFact> last;
    private final List<List<SchemaDifference>> changes = new ArrayList<>();

    /** Begins with the schema before the first. */
    SchemaStates(SchemaSnapshot first) {
        this.last = new TreeMap<>(first.byId());
    }

    /** The schema after the last. */
    NavigableMap<FactId, SchemaFact> last() {
        return last;
    }

    /** Takes the schema after one more migration, and returns what that has changed. */
    List<SchemaDifference> add(SchemaSnapshot after) {
        List<SchemaDifference> changed = SchemaDifference.between(last, after.byId());
        changed.forEach(difference -> {
            if (difference instanceof SchemaDifference.Added added) {
                last.put(added.id(), added.fact());
            } else if (difference instanceof SchemaDifference.Removed removed) {
                last.remove(removed.id());
            } else if (difference instanceof SchemaDifference.Changed change) {
                last.put(change.id(), change.after());
            }
        });
        changes.add(changed);
        return changed;
    }

    /** The schema before the migration with this number, counted from 0. */
    NavigableMap<FactId, SchemaFact> before(int number) {
        NavigableMap<FactId, SchemaFact> state = new TreeMap<>(last);
        for (int i = changes.size() - 1; i >= number; i--) {
            undo(changes.get(i), state);
        }
        return state;
    }

    private static void undo(List<SchemaDifference> changed, NavigableMap<FactId, SchemaFact> state) {
        changed.forEach(difference -> {
            if (difference instanceof SchemaDifference.Added added) {
                state.remove(added.id());
            } else if (difference instanceof SchemaDifference.Removed removed) {
                state.put(removed.id(), removed.fact());
            } else if (difference instanceof SchemaDifference.Changed change) {
                state.put(change.id(), change.before());
            }
        });
    }
}
