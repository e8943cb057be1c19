package io.mhras.migrations.schema.diff;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.Hazard;
import io.mhras.migrations.schema.SchemaFact;
import io.mhras.migrations.schema.ddl.DdlStage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How one fact becomes what it is after: in place, or by being dropped and made again. */
final class Alteration {

    private final SchemaFact before;
    private final SchemaFact after;
    private final State from;
    private final State to;
    private final List<Change> changes = new ArrayList<>();
    private boolean replaces;
    private boolean invalidates;
    private @Nullable String impossible;

    /**
     * One statement.
     *
     * @param isApart whether it has to be committed before anything uses what it makes
     * @param irreversible what is lost for good; null if nothing is
     */
    record Change(
            DdlStage stage,
            String sql,
            List<Hazard> hazards,
            boolean isApart,
            @Nullable String irreversible) {}

    Alteration(SchemaFact before, SchemaFact after, State from, State to) {
        this.before = before;
        this.after = after;
        this.from = from;
        this.to = to;
    }

    SchemaFact before() {
        return before;
    }

    SchemaFact after() {
        return after;
    }

    FactId id() {
        return after.id();
    }

    State from() {
        return from;
    }

    State to() {
        return to;
    }

    int majorVersion() {
        return to.snapshot().majorVersion();
    }

    /** Whether this attribute is another one after. */
    boolean changes(String attribute) {
        return !java.util.Objects.equals(before.attribute(attribute), after.attribute(attribute));
    }

    /** A statement that changes it in place. */
    void alter(DdlStage stage, String sql, Hazard... hazards) {
        changes.add(new Change(stage, sql, List.of(hazards), /* isApart= */ false, /* irreversible= */ null));
    }

    /** One after which the data before are not to be had any more. */
    void alterForGood(DdlStage stage, String sql, String lost, Hazard... hazards) {
        changes.add(new Change(stage, sql, List.of(hazards), /* isApart= */ false, lost));
    }

    /** One that has to be committed before anything uses what it makes. */
    void alterApart(DdlStage stage, String sql, Hazard... hazards) {
        changes.add(new Change(stage, sql, List.of(hazards), /* isApart= */ true, /* irreversible= */ null));
    }

    /** It is dropped, and made again. */
    void replace() {
        replaces = true;
    }

    /** What uses it in a way that does not follow has to go before, and comes again after. */
    void invalidate() {
        invalidates = true;
    }

    /** Nothing leads there. */
    void cannot(String why) {
        impossible = impossible == null ? why : impossible + "; " + why;
    }

    List<Change> changes() {
        return changes;
    }

    boolean replaces() {
        return replaces;
    }

    boolean invalidates() {
        return invalidates;
    }

    /** Why it cannot be; null if it can. */
    @Nullable String impossible() {
        return impossible;
    }
}
