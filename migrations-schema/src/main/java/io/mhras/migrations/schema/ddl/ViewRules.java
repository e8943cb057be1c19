package io.mhras.migrations.schema.ddl;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.SchemaFact;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Views. */
final class ViewRules {

    private ViewRules() {}

    static void view(SchemaFact view, DdlActions actions) {
        make(view, "CREATE VIEW ", "", actions);
    }

    static void materialized(SchemaFact view, DdlActions actions) {
        // Its query is not run before all is there that the functions in it use.
        make(view, "CREATE MATERIALIZED VIEW ", "\nWITH NO DATA", actions);
        if (view.attribute("(not populated)") == null) {
            actions.alter(
                    DdlStage.DATA,
                    view.id(),
                    Set.of(),
                    "REFRESH MATERIALIZED VIEW " + view.id().qualifiedName());
        }
        TableRule.cluster(view, actions);
    }

    private static void make(SchemaFact view, String create, String end, DdlActions actions) {
        Set<FactId> makes = new HashSet<>(Set.of(view.id()));
        actions.children(view.id(), FactKind.COLUMN).forEach(column -> makes.add(column.id()));
        String clauses = new Clauses(view)
                .ifSet("access method", " USING %s")
                .ifSet("options", " WITH (%s)")
                .ifSet("tablespace", " TABLESPACE %s")
                .joined("");
        actions.make(
                DdlStage.VIEW,
                view.id(),
                makes,
                Set.of(),
                create + view.id().qualifiedName() + clauses + " AS\n" + withoutEnd(view.attribute("definition"))
                        + end);
    }

    /** A text of the server without its semicolon. */
    static String withoutEnd(@Nullable String text) {
        String all = String.valueOf(text).strip();
        return all.endsWith(";") ? all.substring(0, all.length() - 1) : all;
    }
}
