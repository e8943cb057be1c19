package io.mhras.migrations.schema.diff;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.SchemaPlan.Part;
import io.mhras.migrations.schema.SchemaPlan.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Cuts the statements into what can run in one transaction each. */
final class Parts {

    private Parts() {}

    static List<Part> of(List<Step> ordered, Fates fates) {
        List<Part> parts = new ArrayList<>();
        List<Statement> statements = new ArrayList<>();
        Set<FactId> uncommitted = new HashSet<>();
        String why = null;
        for (Step step : ordered) {
            if (uses(step, uncommitted, fates)) {
                parts.add(new Part(/* isTransactional= */ true, why, statements));
                statements = new ArrayList<>();
                uncommitted.clear();
                why = "It uses values of an enum, which have to be committed first.";
            }
            statements.add(new Statement(step.about(), step.sql(), step.hazards(), step.irreversible()));
            if (step.isApart()) {
                uncommitted.add(step.about());
            }
        }
        if (!statements.isEmpty()) {
            parts.add(new Part(/* isTransactional= */ true, why, statements));
        }
        return parts;
    }

    private static boolean uses(Step step, Set<FactId> uncommitted, Fates fates) {
        if (uncommitted.isEmpty() || step.isApart()) {
            return false;
        }
        return step.needs().stream().anyMatch(uncommitted::contains)
                || step.makes().stream()
                        .anyMatch(made -> fates.to().needs(made).stream().anyMatch(uncommitted::contains));
    }
}
