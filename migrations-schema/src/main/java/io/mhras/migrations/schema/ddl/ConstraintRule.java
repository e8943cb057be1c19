package io.mhras.migrations.schema.ddl;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.SchemaFact;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Constraints: each is a statement of its own. */
final class ConstraintRule {

    private ConstraintRule() {}

    static void create(SchemaFact constraint, DdlActions actions) {
        FactId of = Objects.requireNonNull(constraint.parent());
        boolean isOfDomain = of.kind() == FactKind.DOMAIN;
        actions.make(
                isOfDomain ? DdlStage.DOMAIN_CONSTRAINT : stage(constraint),
                constraint,
                (isOfDomain ? "ALTER DOMAIN " : "ALTER TABLE ") + of.qualifiedName() + " ADD CONSTRAINT "
                        + FactId.quoted(constraint.id().name()) + " " + constraint.attribute("definition"));
        String index = "ALTER INDEX "
                + new FactId(
                                FactKind.INDEX,
                                List.of(of.path().get(0), constraint.id().name()))
                        .qualifiedName();
        if (constraint.attribute("index options") != null) {
            actions.alter(
                    DdlStage.STATE,
                    constraint.id(),
                    Set.of(),
                    index + " SET (" + constraint.attribute("index options") + ")");
        }
        if (constraint.attribute("tablespace") != null) {
            actions.alter(
                    DdlStage.STATE,
                    constraint.id(),
                    Set.of(),
                    index + " SET TABLESPACE " + constraint.attribute("tablespace"));
        }
    }

    private static DdlStage stage(SchemaFact constraint) {
        return switch (Objects.requireNonNullElse(constraint.attribute("type"), "")) {
            case "foreign key" -> DdlStage.FOREIGN_KEY;
            case "check" -> DdlStage.CHECK;
            default -> DdlStage.KEY;
        };
    }
}
