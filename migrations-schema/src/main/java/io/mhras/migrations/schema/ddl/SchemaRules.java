package io.mhras.migrations.schema.ddl;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.SchemaFact;
import java.util.List;
import java.util.Set;

/** Schemas and extensions. */
final class SchemaRules {

    /** It is there in an empty database. */
    static final FactId PUBLIC = new FactId(FactKind.SCHEMA, List.of("public"));

    private SchemaRules() {}

    static void schema(SchemaFact schema, DdlActions actions) {
        boolean isThere = schema.id().equals(PUBLIC);
        actions.make(
                DdlStage.SCHEMA,
                schema,
                (isThere ? "CREATE SCHEMA IF NOT EXISTS " : "CREATE SCHEMA ")
                        + schema.id().qualifiedName());
        if (isThere && actions.children(schema.id(), FactKind.COMMENT).isEmpty()) {
            actions.alter(DdlStage.COMMENT, schema.id(), Set.of(), "COMMENT ON SCHEMA public IS NULL");
        }
        RightsRules.revokeWhatIsUsual(schema, actions);
    }

    static void extension(SchemaFact extension, DdlActions actions) {
        actions.make(
                DdlStage.EXTENSION,
                extension,
                "CREATE EXTENSION IF NOT EXISTS " + extension.id().qualifiedName() + " WITH SCHEMA "
                        + extension.attribute("schema"));
    }
}
