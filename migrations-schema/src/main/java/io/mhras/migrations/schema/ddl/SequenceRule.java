package io.mhras.migrations.schema.ddl;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.SchemaFact;
import java.util.HashSet;
import java.util.Set;

/** Sequences: what they belong to comes after them. */
final class SequenceRule {

    private SequenceRule() {}

    static void create(SchemaFact sequence, DdlActions actions) {
        FactId id = sequence.id();
        String clauses = new Clauses(sequence)
                .ifSet("type", "AS %s")
                .ifSet("start", "START WITH %s")
                .ifSet("increment", "INCREMENT BY %s")
                .ifSet("minimum", "MINVALUE %s")
                .ifSet("maximum", "MAXVALUE %s")
                .ifSet("cache", "CACHE %s")
                .ifSet("cycle", "CYCLE")
                .joined(" ");
        String create = sequence.attribute("persistence") == null ? "CREATE SEQUENCE " : "CREATE UNLOGGED SEQUENCE ";
        Set<FactId> owners = new HashSet<>(actions.needs(id));
        owners.removeIf(needed -> needed.kind() != FactKind.COLUMN);
        actions.makeBeforeItsOwner(DdlStage.SEQUENCE, sequence, owners, create + id.qualifiedName() + " " + clauses);
        if (sequence.attribute("owned by") != null) {
            actions.alter(
                    DdlStage.COLUMN,
                    id,
                    owners,
                    "ALTER SEQUENCE " + id.qualifiedName() + " OWNED BY " + sequence.attribute("owned by"));
        }
    }
}
