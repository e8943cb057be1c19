package io.mhras.migrations.schema.ddl;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.SchemaFact;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Collations and types. */
final class TypeRules {

    private TypeRules() {}

    static void collation(SchemaFact collation, DdlActions actions) {
        Clauses clauses = new Clauses(collation).ifSet("provider", "provider = %s");
        if (collation.attribute("locale") != null) {
            clauses.add("locale = " + SqlLiteral.of(collation.attribute("locale")));
        } else {
            clauses.add("lc_collate = " + SqlLiteral.of(collation.attribute("collate")));
            clauses.add("lc_ctype = " + SqlLiteral.of(collation.attribute("ctype")));
        }
        if (collation.attribute("rules") != null) {
            clauses.add("rules = " + SqlLiteral.of(collation.attribute("rules")));
        }
        clauses.ifSet("deterministic", "deterministic = false");
        actions.make(
                DdlStage.COLLATION,
                collation,
                "CREATE COLLATION " + collation.id().qualifiedName() + " (" + clauses.joined(", ") + ")");
    }

    static void enumeration(SchemaFact type, DdlActions actions) {
        make(type, "CREATE TYPE ", " AS ENUM (" + type.attribute("labels") + ")", Set.of(type.id()), actions);
    }

    static void range(SchemaFact type, DdlActions actions) {
        String clauses = new Clauses(type)
                .ifSet("subtype", "SUBTYPE = %s")
                .ifSet("operator class", "SUBTYPE_OPCLASS = %s")
                .ifSet("collation", "COLLATION = %s")
                .ifSet("canonical", "CANONICAL = %s")
                .ifSet("difference", "SUBTYPE_DIFF = %s")
                .ifSet("multirange", "MULTIRANGE_TYPE_NAME = %s")
                .joined(", ");
        make(type, "CREATE TYPE ", " AS RANGE (" + clauses + ")", Set.of(type.id()), actions);
    }

    static void domain(SchemaFact domain, DdlActions actions) {
        String clauses = new Clauses(domain)
                .ifSet("type", "%s")
                .ifSet("collation", "COLLATE %s")
                .ifSet("default", "DEFAULT %s")
                .ifSet("not null", "NOT NULL")
                .joined(" ");
        make(domain, "CREATE DOMAIN ", " AS " + clauses, Set.of(domain.id()), actions);
    }

    static void composite(SchemaFact type, DdlActions actions) {
        List<SchemaFact> columns = actions.children(type.id(), FactKind.COLUMN);
        Set<FactId> makes = new HashSet<>(Set.of(type.id()));
        columns.forEach(column -> makes.add(column.id()));
        String attributes = columns.stream()
                .map(column -> "\n  " + FactId.quoted(column.id().name()) + " "
                        + new Clauses(column)
                                .ifSet("type", "%s")
                                .ifSet("collation", "COLLATE %s")
                                .joined(" "))
                .collect(Collectors.joining(","));
        make(type, "CREATE TYPE ", " AS (" + attributes + (columns.isEmpty() ? ")" : "\n)"), makes, actions);
    }

    private static void make(SchemaFact type, String create, String as, Set<FactId> makes, DdlActions actions) {
        actions.make(
                DdlStage.TYPE, type.id(), makes, Set.of(), create + type.id().qualifiedName() + as);
        RightsRules.revokeWhatIsUsual(type, actions);
    }
}
