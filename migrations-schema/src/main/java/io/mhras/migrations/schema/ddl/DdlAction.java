package io.mhras.migrations.schema.ddl;

import io.mhras.migrations.schema.FactId;
import java.util.Set;

/**
 * One statement of a schema.
 *
 * @param stage where it comes if nothing else decides
 * @param about the fact that it is for
 * @param makes the facts that are there after it, and were not before
 * @param needs the facts that have to be there before it
 * @param sql without its semicolon
 */
public record DdlAction(DdlStage stage, FactId about, Set<FactId> makes, Set<FactId> needs, String sql) {

    public DdlAction {
        makes = Set.copyOf(makes);
        needs = Set.copyOf(needs);
    }
}
