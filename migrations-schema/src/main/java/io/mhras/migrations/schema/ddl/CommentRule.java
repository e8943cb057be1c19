package io.mhras.migrations.schema.ddl;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.SchemaFact;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Comments. */
final class CommentRule {

    private static final String OF_PUBLIC = "standard public schema";

    private CommentRule() {}

    static void create(SchemaFact comment, DdlActions actions) {
        SchemaFact of = actions.fact(Objects.requireNonNull(comment.parent()));
        String text = String.valueOf(comment.attribute("text"));
        if (of == null) {
            actions.leaveOut(comment.id(), "what it is on is left out");
        } else if (!of.id().equals(SchemaRules.PUBLIC) || !text.equals(OF_PUBLIC)) {
            actions.alter(
                    DdlStage.COMMENT,
                    of.id(),
                    Set.of(),
                    "COMMENT ON " + target(comment, of) + " IS " + SqlLiteral.of(text));
        }
    }

    /** The index of a constraint may have one besides the constraint's. */
    private static String target(SchemaFact comment, SchemaFact of) {
        boolean isOfIndex = comment.id().path().size() > of.id().path().size() + 1;
        return isOfIndex
                ? "INDEX "
                        + new FactId(
                                        FactKind.INDEX,
                                        List.of(of.id().path().get(0), of.id().name()))
                                .qualifiedName()
                : ObjectName.of(of);
    }
}
