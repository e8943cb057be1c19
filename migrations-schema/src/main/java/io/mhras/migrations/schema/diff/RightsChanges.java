package io.mhras.migrations.schema.diff;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.SchemaFact;
import io.mhras.migrations.schema.ddl.DdlStage;
import io.mhras.migrations.schema.ddl.ObjectName;
import io.mhras.migrations.schema.ddl.SqlLiteral;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What is said about objects, and who may do what with them. */
final class RightsChanges {

    private static final String GRANTABLE = " with grant option";

    private RightsChanges() {}

    static void comment(Alteration comment) {
        comment.alter(DdlStage.COMMENT, commentOn(comment.after(), comment.to()));
    }

    /** The statement with its text. */
    private static String commentOn(SchemaFact comment, State state) {
        return comment(comment, state) + SqlLiteral.of(String.valueOf(comment.attribute("text")));
    }

    /** The statement that takes it away. */
    static String uncomment(SchemaFact comment, State state) {
        return comment(comment, state) + "NULL";
    }

    private static String comment(SchemaFact comment, State state) {
        SchemaFact of = of(comment, state);
        boolean isOfIndex = comment.id().path().size() > of.id().path().size() + 1;
        String target = isOfIndex
                ? "INDEX "
                        + new FactId(
                                        FactKind.INDEX,
                                        List.of(of.id().path().get(0), of.id().name()))
                                .qualifiedName()
                : ObjectName.of(of);
        return "COMMENT ON " + target + " IS ";
    }

    private static SchemaFact of(SchemaFact fact, State state) {
        return Objects.requireNonNull(state.fact(Objects.requireNonNull(fact.parent())));
    }

    static void owner(Alteration owner) {
        SchemaFact of = of(owner.after(), owner.to());
        if (of.attribute("owned by") == null) {
            owner.alter(
                    DdlStage.OWNER,
                    "ALTER " + ObjectName.of(of) + " OWNER TO " + owner.after().attribute("role"));
        }
    }

    static void grant(Alteration grant) {
        List<String> before = privileges(grant.before());
        List<String> after = privileges(grant.after());
        revoke(grant.before(), grant.from(), after).forEach(sql -> grant.alter(DdlStage.GRANT, sql));
        after.stream()
                .filter(privilege -> !before.contains(privilege))
                .forEach(privilege -> grant.alter(DdlStage.GRANT, granted(grant.after(), grant.to(), privilege)));
    }

    private static String granted(SchemaFact grant, State state, String privilege) {
        boolean isGrantable = privilege.endsWith(GRANTABLE);
        return "GRANT " + words(privilege, grant, state) + " TO " + grantee(grant)
                + (isGrantable ? " WITH GRANT OPTION" : "");
    }

    private static String words(String privilege, SchemaFact grant, State state) {
        SchemaFact on = of(grant, state);
        String column =
                on.id().kind() == FactKind.COLUMN ? " (" + FactId.quoted(on.id().name()) + ")" : "";
        String word = privilege.endsWith(GRANTABLE)
                ? privilege.substring(0, privilege.length() - GRANTABLE.length())
                : privilege;
        return word.toUpperCase(Locale.ROOT) + column + " ON " + ObjectName.granted(on);
    }

    /** What takes away all but those. */
    static List<String> revoke(SchemaFact grant, State state, List<String> kept) {
        List<String> statements = new ArrayList<>();
        for (String privilege : privileges(grant)) {
            if (!kept.contains(privilege)) {
                boolean keepsTheRight = privilege.endsWith(GRANTABLE)
                        && kept.contains(privilege.substring(0, privilege.length() - GRANTABLE.length()));
                statements.add("REVOKE " + (keepsTheRight ? "GRANT OPTION FOR " : "") + words(privilege, grant, state)
                        + " FROM " + grantee(grant));
            }
        }
        return statements;
    }

    private static List<String> privileges(SchemaFact grant) {
        return List.of(String.valueOf(grant.attribute("privileges")).split(", "));
    }

    private static String grantee(SchemaFact grant) {
        List<String> path = grant.id().path();
        return path.get(path.size() - 1);
    }

    static void extension(Alteration extension) {
        if (extension.changes("schema")) {
            extension.alter(
                    DdlStage.EXTENSION,
                    "ALTER EXTENSION " + extension.id().qualifiedName() + " SET SCHEMA "
                            + extension.after().attribute("schema"));
        }
    }
}
