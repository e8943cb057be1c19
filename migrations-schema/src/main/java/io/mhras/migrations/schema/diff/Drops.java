package io.mhras.migrations.schema.diff;

import static io.mhras.migrations.schema.FactId.quoted;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.Hazard;
import io.mhras.migrations.schema.SchemaFact;
import io.mhras.migrations.schema.ddl.ObjectName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The statements that take objects away. */
final class Drops {

    private Drops() {}

    /** The statements that drop it from where it stands; none if it goes with something else. */
    static List<String> of(SchemaFact fact, State from) {
        FactId id = fact.id();
        return switch (id.kind()) {
            case COLUMN -> column(fact);
            case DEFAULT ->
                List.of("ALTER TABLE " + tableOf(fact, from).qualifiedName() + " ALTER COLUMN " + quoted(id.name())
                        + " DROP DEFAULT");
            case CONSTRAINT -> {
                FactId of = Objects.requireNonNull(fact.parent());
                yield List.of((of.kind() == FactKind.DOMAIN ? "ALTER DOMAIN " : "ALTER TABLE ") + of.qualifiedName()
                        + " DROP CONSTRAINT " + quoted(id.name()));
            }
            case COMMENT -> List.of(RightsChanges.uncomment(fact, from));
            case GRANT -> RightsChanges.revoke(fact, from, List.of());
            case OWNER -> List.of();
            case DEFAULT_PRIVILEGES -> defaults(fact);
            case USER_MAPPING -> {
                String user = id.path().get(1);
                yield List.of("DROP USER MAPPING FOR " + (user.equals("public") ? "PUBLIC" : quoted(user)) + " SERVER "
                        + Objects.requireNonNull(fact.parent()).qualifiedName());
            }
            default -> List.of("DROP " + ObjectName.of(fact));
        };
    }

    private static List<String> column(SchemaFact column) {
        FactId of = Objects.requireNonNull(column.parent());
        boolean isInherited = "yes".equals(column.attribute("inherited"));
        return switch (of.kind()) {
            case TABLE, FOREIGN_TABLE ->
                isInherited
                        ? List.of()
                        : List.of("ALTER TABLE " + of.qualifiedName() + " DROP COLUMN "
                                + quoted(column.id().name()));
            case COMPOSITE ->
                List.of("ALTER TYPE " + of.qualifiedName() + " DROP ATTRIBUTE "
                        + quoted(column.id().name()));
            default -> List.of();
        };
    }

    private static FactId tableOf(SchemaFact value, State from) {
        SchemaFact column = Objects.requireNonNull(from.fact(Objects.requireNonNull(value.parent())));
        return Objects.requireNonNull(column.parent());
    }

    /** Back to what the server does without being told: a setting that says just that is none. */
    private static List<String> defaults(SchemaFact defaults) {
        List<String> path = defaults.id().path();
        boolean isEverywhere = path.get(0).equals("*");
        String objects = path.get(2).toUpperCase(Locale.ROOT);
        String alter = "ALTER DEFAULT PRIVILEGES FOR ROLE " + path.get(1)
                + (isEverywhere ? "" : " IN SCHEMA " + quoted(path.get(0)));
        Set<String> grantees = new LinkedHashSet<>();
        for (String grant : String.valueOf(defaults.attribute("privileges")).split(", ", -1)) {
            int colon = grant.lastIndexOf(": ");
            if (colon > 0) {
                grantees.add(grant.substring(0, colon));
            }
        }
        List<String> statements = new ArrayList<>();
        if (!grantees.isEmpty()) {
            statements.add(alter + " REVOKE ALL ON " + objects + " FROM " + String.join(", ", grantees));
        }
        if (isEverywhere) {
            statements.add(alter + " GRANT ALL ON " + objects + " TO " + path.get(1));
            if (objects.equals("FUNCTIONS") || objects.equals("TYPES")) {
                statements.add(alter + " GRANT " + (objects.equals("TYPES") ? "USAGE" : "EXECUTE") + " ON " + objects
                        + " TO PUBLIC");
            }
        }
        return statements;
    }

    /** Whether people would miss it: it is dropped only if somebody says so. */
    static boolean isMissed(SchemaFact fact) {
        return switch (fact.id().kind()) {
            case SCHEMA,
                    EXTENSION,
                    TABLE,
                    FOREIGN_TABLE,
                    SEQUENCE,
                    VIEW,
                    MATERIALIZED_VIEW,
                    FUNCTION,
                    PROCEDURE,
                    AGGREGATE,
                    ENUM,
                    DOMAIN,
                    RANGE,
                    COMPOSITE,
                    COLLATION,
                    SERVER,
                    FOREIGN_DATA_WRAPPER,
                    USER_MAPPING,
                    PUBLICATION -> true;
            case COLUMN -> {
                FactKind of = Objects.requireNonNull(fact.parent()).kind();
                yield of == FactKind.TABLE || of == FactKind.FOREIGN_TABLE || of == FactKind.COMPOSITE;
            }
            default -> false;
        };
    }

    /** What of the data nobody brings back; null if there are none. */
    static @Nullable String lost(SchemaFact fact) {
        return switch (fact.id().kind()) {
            case TABLE -> "the rows of " + fact.id().qualifiedName();
            case COLUMN ->
                fact.attribute("generated") != null
                                || Objects.requireNonNull(fact.parent()).kind() != FactKind.TABLE
                        ? null
                        : "the values of " + fact.id().qualifiedName();
            case SEQUENCE -> "the position of " + fact.id().qualifiedName();
            default -> null;
        };
    }

    /** What dropping it does to a database in use. */
    static List<Hazard> hazards(SchemaFact fact, boolean comesAgain) {
        List<Hazard> hazards = new ArrayList<>();
        if (lost(fact) != null) {
            hazards.add(new Hazard.DeletesData(fact.id()));
        }
        FactId parent = fact.parent();
        if (fact.id().kind() == FactKind.COLUMN && parent != null) {
            hazards.add(new Hazard.Locks(parent, "ACCESS EXCLUSIVE", /* isLong= */ false));
        }
        if (!comesAgain && isMissed(fact)) {
            hazards.add(new Hazard.BreaksRunningRelease(fact.id(), "may still use " + fact.id()));
        }
        return hazards;
    }
}
