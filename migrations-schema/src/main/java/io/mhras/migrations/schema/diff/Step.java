package io.mhras.migrations.schema.diff;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.Hazard;
import io.mhras.migrations.schema.ddl.DdlStage;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One statement of a plan that has no order yet.
 *
 * @param doing which of the three it is
 * @param stage where it comes among its like if nothing else decides
 * @param about the fact that it is for
 * @param drops the facts that are gone after it
 * @param makes the facts that are there after it, and were not before
 * @param needs the facts that have to be there, as they are after the plan
 * @param sql without its semicolon
 * @param isApart whether it has to be committed before anything uses what it makes
 * @param irreversible what is lost for good; null if nothing is
 */
record Step(
        Doing doing,
        DdlStage stage,
        FactId about,
        Set<FactId> drops,
        Set<FactId> makes,
        Set<FactId> needs,
        String sql,
        List<Hazard> hazards,
        boolean isApart,
        @Nullable String irreversible) {

    /** Where it comes if nothing else decides. */
    enum Doing {
        DROP,
        CHANGE,
        /** What can only go once others have left it. */
        DROP_LAST
    }

    Step {
        drops = Set.copyOf(drops);
        makes = Set.copyOf(makes);
        needs = Set.copyOf(needs);
        hazards = List.copyOf(hazards);
    }
}
