package io.mhras.migrations.schema.ddl;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.SchemaFact;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** Owners, grants and default privileges. */
final class RightsRules {

    private static final String GRANTABLE = " with grant option";

    private RightsRules() {}

    static void owner(SchemaFact owner, DdlActions actions) {
        SchemaFact of = actions.fact(Objects.requireNonNull(owner.parent()));
        // A column's sequence has the owner of the table.
        if (of != null && of.attribute("owned by") == null) {
            actions.alter(
                    DdlStage.OWNER,
                    of.id(),
                    Set.of(),
                    "ALTER " + ObjectName.of(of) + " OWNER TO " + owner.attribute("role"));
        }
    }

    static void grant(SchemaFact grant, DdlActions actions) {
        SchemaFact on = actions.fact(Objects.requireNonNull(grant.parent()));
        if (on == null) {
            return;
        }
        String column =
                on.id().kind() == FactKind.COLUMN ? " (" + FactId.quoted(on.id().name()) + ")" : "";
        for (String privilege : privileges(grant)) {
            boolean isGrantable = privilege.endsWith(GRANTABLE);
            String word = isGrantable ? privilege.substring(0, privilege.length() - GRANTABLE.length()) : privilege;
            actions.alter(
                    DdlStage.GRANT,
                    on.id(),
                    Set.of(),
                    "GRANT " + word.toUpperCase(Locale.ROOT) + column + " ON " + ObjectName.granted(on) + " TO "
                            + grantee(grant) + (isGrantable ? " WITH GRANT OPTION" : ""));
        }
    }

    private static List<String> privileges(SchemaFact grant) {
        return List.of(String.valueOf(grant.attribute("privileges")).split(", "));
    }

    private static String grantee(SchemaFact grant) {
        List<String> path = grant.id().path();
        return path.get(path.size() - 1);
    }

    /** What everybody may do with a new object, unless it is granted here. */
    static void revokeWhatIsUsual(SchemaFact fact, DdlActions actions) {
        if (actions.hasRights() && !isUsual(fact, actions)) {
            actions.alter(
                    DdlStage.OWNER, fact.id(), Set.of(), "REVOKE ALL ON " + ObjectName.granted(fact) + " FROM PUBLIC");
        }
    }

    private static boolean isUsual(SchemaFact fact, DdlActions actions) {
        String toPublic = actions.children(fact.id(), FactKind.GRANT).stream()
                .filter(grant -> grantee(grant).equals("public"))
                .map(grant -> String.join(", ", privileges(grant)))
                .findFirst()
                .orElse("");
        return toPublic.equals(
                switch (fact.id().kind()) {
                    case FUNCTION, PROCEDURE, AGGREGATE -> "execute";
                    case SCHEMA ->
                        !fact.id().equals(SchemaRules.PUBLIC)
                                ? toPublic
                                : actions.majorVersion() < 15 ? "create, usage" : "usage";
                    default -> "usage";
                });
    }

    static void defaults(SchemaFact defaults, DdlActions actions) {
        List<String> path = defaults.id().path();
        boolean isEverywhere = path.get(0).equals("*");
        String alter = "ALTER DEFAULT PRIVILEGES FOR ROLE " + path.get(1)
                + (isEverywhere ? "" : " IN SCHEMA " + FactId.quoted(path.get(0)));
        String objects = " ON " + path.get(2).toUpperCase(Locale.ROOT);
        Set<FactId> needs = isEverywhere ? Set.of() : Set.of(new FactId(FactKind.SCHEMA, List.of(path.get(0))));
        // What is usual everywhere is part of what is kept.
        actions.make(
                DdlStage.DEFAULT_PRIVILEGES,
                defaults.id(),
                Set.of(defaults.id()),
                needs,
                alter + " REVOKE ALL" + objects + " FROM PUBLIC" + (isEverywhere ? ", " + path.get(1) : ""));
        for (String grant : privileges(defaults)) {
            boolean isGrantable = grant.endsWith(GRANTABLE);
            String without = isGrantable ? grant.substring(0, grant.length() - GRANTABLE.length()) : grant;
            int colon = without.lastIndexOf(": ");
            actions.alter(
                    DdlStage.DEFAULT_PRIVILEGES,
                    defaults.id(),
                    needs,
                    alter + " GRANT " + without.substring(colon + 2).toUpperCase(Locale.ROOT) + objects + " TO "
                            + without.substring(0, colon) + (isGrantable ? " WITH GRANT OPTION" : ""));
        }
    }
}
