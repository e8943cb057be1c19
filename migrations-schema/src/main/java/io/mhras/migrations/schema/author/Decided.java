package io.mhras.migrations.schema.author;

import io.mhras.migrations.schema.DiffOptions;
import io.mhras.migrations.schema.Reload;
import io.mhras.migrations.schema.Rename;
import io.mhras.migrations.schema.RenameDecision;
import io.mhras.migrations.schema.SchemaPlan;
import io.mhras.migrations.schema.SchemaSnapshot;
import io.mhras.migrations.schema.diff.Planner;
import java.util.List;

/** Plans the way between two schemas, once it is said what was renamed. */
record Decided(SchemaSnapshot from, SchemaSnapshot to, Reload reload) {

    /** A table that was renamed may have columns that were. */
    private static final int MOST_ROUNDS = 10;

    /**
     * A plan.
     *
     * @param options with all answers; what the plan was made with
     */
    record Answered(SchemaPlan plan, DiffOptions options) {}

    /** With questions if nobody answers them. */
    Answered plan(DiffOptions options, RenameDecision decision) {
        List<Rename> given = decision.given(from, to);
        DiffOptions at = given.isEmpty() ? options : options.renaming(given);
        SchemaPlan plan = Planner.plan(from, to, at, reload);
        for (int round = 0; round < MOST_ROUNDS && !plan.questions().isEmpty(); round++) {
            DiffOptions next = decision.decide(plan.questions(), at);
            if (next == null) {
                break;
            }
            at = next;
            plan = Planner.plan(from, to, at, reload);
        }
        return new Answered(plan, at);
    }
}
