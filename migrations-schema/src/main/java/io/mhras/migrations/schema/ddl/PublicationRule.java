package io.mhras.migrations.schema.ddl;

import io.mhras.migrations.schema.SchemaFact;
import java.util.ArrayList;
import java.util.List;

/** Publications. */
final class PublicationRule {

    private PublicationRule() {}

    static void create(SchemaFact publication, DdlActions actions) {
        List<String> what = new ArrayList<>();
        if (publication.attribute("for all tables") != null) {
            what.add("ALL TABLES");
        }
        if (publication.attribute("tables") != null) {
            what.add("TABLE " + publication.attribute("tables"));
        }
        if (publication.attribute("schemas") != null) {
            what.add("TABLES IN SCHEMA " + publication.attribute("schemas"));
        }
        String options = new Clauses(publication)
                .add("publish = " + SqlLiteral.of(publication.attribute("publish")))
                .ifSet("via root", "publish_via_partition_root = true")
                .ifSet("generated columns", "publish_generated_columns = %s")
                .joined(", ");
        actions.make(
                DdlStage.PUBLICATION,
                publication,
                "CREATE PUBLICATION " + publication.id().qualifiedName()
                        + (what.isEmpty() ? "" : " FOR " + String.join(", ", what)) + " WITH (" + options + ")");
    }
}
