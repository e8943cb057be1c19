package io.mhras.migrations.schema.ddl;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.SchemaFact;
import java.util.Objects;

/** Policies of row security. */
final class PolicyRule {

    private PolicyRule() {}

    static void create(SchemaFact policy, DdlActions actions) {
        actions.make(
                DdlStage.POLICY,
                policy,
                "CREATE POLICY " + FactId.quoted(policy.id().name()) + " ON "
                        + Objects.requireNonNull(policy.parent()).qualifiedName()
                        + new Clauses(policy)
                                .ifSet("permissive", " AS RESTRICTIVE")
                                .ifSet("for", " FOR %s")
                                .ifSet("to", " TO %s")
                                .ifSet("using", " USING (%s)")
                                .ifSet("with check", " WITH CHECK (%s)")
                                .joined(""));
    }
}
