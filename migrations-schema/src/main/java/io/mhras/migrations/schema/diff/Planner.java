package io.mhras.migrations.schema.diff;

import io.mhras.migrations.schema.DiffOptions;
import io.mhras.migrations.schema.Reload;
import io.mhras.migrations.schema.SchemaDdl.Unwritten;
import io.mhras.migrations.schema.SchemaDifference;
import io.mhras.migrations.schema.SchemaPlan;
import io.mhras.migrations.schema.SchemaSnapshot;
import java.util.ArrayList;
import java.util.List;

/** Plans the way from one schema to another. */
public final class Planner {

    private Planner() {}

    /** @throws IllegalStateException if changes need each other in a circle */
    public static SchemaPlan plan(SchemaSnapshot from, SchemaSnapshot to, DiffOptions options, Reload reload) {
        Holding holding = Holding.back(from, to, options, from.differencesTo(to, reload));
        SchemaSnapshot outcome = holding.outcome();
        List<SchemaDifference> differences = from.differencesTo(outcome, reload);
        Fates fates = new Fates(new State(from), new State(outcome), differences);
        Steps steps = new Steps(fates);
        List<Unwritten> unwritten = new ArrayList<>(steps.unwritten());
        List<SchemaPlan.Part> parts = Parts.of(StepOrder.of(fates, steps.steps()), fates);
        return new SchemaPlan(differences, parts, holding.heldBack(), List.of(), unwritten, outcome);
    }
}
