package io.mhras.migrations.schema.report;

import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.SchemaFact;
import io.mhras.migrations.schema.SchemaPlan;
import io.mhras.migrations.schema.SchemaSnapshot;
import io.mhras.migrations.schema.report.EntityRemark.Weight;
import java.util.List;
import java.util.Map;

/**
 * What entities and migrations differ in.
 *
 * @param there the schema that the migrations make
 * @param entities the schema that Hibernate would make
 * @param up what makes the first one what the entities want
 * @param remarks what no statement settles
 * @param indexes those that new foreign keys should have, and that no entity asks for
 * @param leftAlone how many objects there are that entities cannot say, by kind
 */
public record EntityComparison(
        SchemaSnapshot there,
        SchemaSnapshot entities,
        SchemaPlan up,
        List<EntityRemark> remarks,
        List<SchemaFact> indexes,
        Map<FactKind, Long> leftAlone) {

    /** Whether the migrations make what the entities say. */
    public boolean isMatch() {
        return up.isEmpty() && of(Weight.UNDECIDED).isEmpty();
    }

    /** The remarks of one weight. */
    public List<EntityRemark> of(Weight weight) {
        return remarks.stream().filter(remark -> remark.weight() == weight).toList();
    }
}
