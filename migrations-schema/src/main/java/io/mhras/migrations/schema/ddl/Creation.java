package io.mhras.migrations.schema.ddl;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.SchemaDdl.Unwritten;
import io.mhras.migrations.schema.SchemaFact;
import io.mhras.migrations.schema.SchemaSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The statements that make some facts of a schema in a database that has the others.
 *
 * @param actions not in order
 * @param unwritten what cannot be written
 */
public record Creation(List<DdlAction> actions, List<Unwritten> unwritten) {

    public Creation {
        actions = List.copyOf(actions);
        unwritten = List.copyOf(unwritten);
    }

    /**
     * The statements for these facts.
     *
     * @param whole the schema with all its facts
     * @param made which of them are made; what stands in one of them is among them, too
     */
    public static Creation of(SchemaSnapshot whole, Set<FactId> made) {
        DdlActions actions = new DdlActions(whole);
        for (SchemaFact fact : whole.facts()) {
            if (made.contains(fact.id())) {
                create(fact, made, actions);
            }
        }
        return new Creation(actions.actions(), new ArrayList<>(actions.unwritten()));
    }

    private static void create(SchemaFact fact, Set<FactId> made, DdlActions actions) {
        FactId parent = fact.parent();
        if (fact.id().kind() == FactKind.COLUMN && !made.contains(Objects.requireNonNull(parent))) {
            ColumnRules.added(fact, actions);
        }
        if (fact.id().kind() == FactKind.DEFAULT && !made.contains(Objects.requireNonNull(parent))) {
            ColumnRules.setDefault(fact, actions);
        } else {
            DdlRules.of(fact.id().kind()).create(fact, actions);
        }
    }

    /** What a column's statement says after its name: its type, and what it is like. */
    public static String ofColumn(SchemaFact column, SchemaFact table) {
        return String.valueOf(ColumnRules.definition(column, table, null));
    }

    /** The options of an identity column, in parentheses and after a space; empty if all are as usual. */
    public static String identityOptions(SchemaFact column) {
        return ColumnRules.identityOptions(column);
    }
}
