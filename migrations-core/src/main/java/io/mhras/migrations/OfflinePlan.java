package io.mhras.migrations;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Steps that are planned without looking at the database, for a script that is run later. Immutable.
 *
 * @param from where the database is assumed to stand: {@code base}, {@code head}, a version, or those of several branches, such
 *     as {@code 003,004}
 * @param fingerprint stands for the versioned migrations that are assumed to be applied; which repeatables are, and in
 *     which text, only the database knows
 * @param plan the steps from there; a repeatable's is to be left out where it has nothing to do
 * @param refusedBeside the tables of other tools beside which an empty history must not begin
 */
public record OfflinePlan(String from, String fingerprint, MigrationPlan plan, List<OtherTable> refusedBeside) {

    /**
     * By what another tool's table is recognised.
     *
     * @param tool whose it is, in words
     * @param names what it may be called
     * @param telltale a column that shows it whatever it is called; null if none does
     * @param columns one of each of these sets it has, in lower case
     * @param hasNoOthers whether it has no other columns
     */
    public record OtherTable(
            String tool,
            List<String> names,
            @Nullable String telltale,
            List<Set<String>> columns,
            boolean hasNoOthers) {

        public OtherTable {
            names = List.copyOf(names);
            columns = List.copyOf(columns);
        }
    }

    /** @throws MigrationException.InvalidMigration if a step runs code, of which there is no text */
    public OfflinePlan {
        refusedBeside = List.copyOf(refusedBeside);
        for (MigrationStep step : plan.steps()) {
            if (step.runsCode()) {
                throw MigrationCode.withoutText(step.migration());
            }
        }
    }
}
