package io.mhras.migrations.schema.drift;

import static io.mhras.migrations.schema.FactId.quoted;
import static io.mhras.migrations.schema.drift.Alteration.body;
import static io.mhras.migrations.schema.drift.Alteration.literal;
import static io.mhras.migrations.schema.drift.Alteration.owner;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.SchemaFact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The statement that creates an object, where it is an ordinary one. */
final class Creation {

    /** What the statement of a table says. */
    private static final Set<String> OF_TABLES = Set.of("persistence", "partition by", "options", "partition of");

    private static final Set<String> OF_COLUMNS =
            Set.of("type", "collation", "not null", "identity", "generated", "expression");

    private final Map<FactId, SchemaFact> facts;

    Creation(Map<FactId, SchemaFact> facts) {
        this.facts = facts;
    }

    /** Null if it is not written here. */
    @Nullable String of(SchemaFact fact) {
        FactId id = fact.id();
        String name = id.qualifiedName();
        return switch (id.kind()) {
            case SCHEMA -> "CREATE SCHEMA " + name;
            case EXTENSION -> "CREATE EXTENSION " + name + " SCHEMA " + fact.attribute("schema");
            case ENUM -> "CREATE TYPE " + name + " AS ENUM (" + fact.attribute("labels") + ")";
            case DOMAIN -> domain(fact);
            case SEQUENCE -> sequence(fact);
            case TABLE -> table(fact);
            case COLUMN -> addedColumn(fact);
            case DEFAULT ->
                "ALTER TABLE " + owner(id) + " ALTER COLUMN " + quoted(id.name()) + " SET DEFAULT "
                        + fact.attribute("expression");
            case CONSTRAINT ->
                hasOnly(fact, Set.of("type", "definition"))
                        ? Alteration.holder(fact) + " ADD CONSTRAINT " + quoted(id.name()) + " "
                                + fact.attribute("definition")
                        : null;
            case INDEX -> hasOnly(fact, Set.of("definition", "valid")) ? body(fact) : null;
            case STATISTICS, TRIGGER, RULE -> hasOnly(fact, Set.of("definition")) ? body(fact) : null;
            case VIEW -> hasOnly(fact, Set.of("definition")) ? "CREATE VIEW " + name + " AS\n" + body(fact) : null;
            case MATERIALIZED_VIEW ->
                hasOnly(fact, Set.of("definition")) ? "CREATE MATERIALIZED VIEW " + name + " AS\n" + body(fact) : null;
            case FUNCTION, PROCEDURE -> body(fact);
            case POLICY -> policy(fact);
            case COMMENT -> Alteration.comment(fact, literal(fact.attribute("text")));
            case GRANT -> Alteration.grant(fact, "GRANT", "TO");
            default -> null;
        };
    }

    /** What has to follow once other objects are there; null if nothing has. */
    @Nullable String after(SchemaFact fact) {
        if (fact.id().kind() == FactKind.SEQUENCE && fact.attribute("owned by") != null) {
            return "ALTER SEQUENCE " + fact.id().qualifiedName() + " OWNED BY " + fact.attribute("owned by");
        }
        return null;
    }

    private static boolean hasOnly(SchemaFact fact, Set<String> attributes) {
        return attributes.containsAll(fact.attributes().keySet().stream()
                .filter(name -> !name.startsWith("("))
                .toList());
    }

    private static @Nullable String domain(SchemaFact fact) {
        if (!hasOnly(fact, Set.of("type", "collation", "not null", "default"))) {
            return null;
        }
        return "CREATE DOMAIN " + fact.id().qualifiedName() + " AS " + fact.attribute("type")
                + clause(fact, "collation", " COLLATE ")
                + clause(fact, "default", " DEFAULT ")
                + (fact.attribute("not null") == null ? "" : " NOT NULL");
    }

    private static @Nullable String sequence(SchemaFact fact) {
        if (fact.attribute("persistence") != null) {
            return null;
        }
        return "CREATE SEQUENCE " + fact.id().qualifiedName() + clause(fact, "type", " AS ")
                + clause(fact, "increment", " INCREMENT BY ") + clause(fact, "minimum", " MINVALUE ")
                + clause(fact, "maximum", " MAXVALUE ") + clause(fact, "start", " START WITH ")
                + clause(fact, "cache", " CACHE ") + (fact.attribute("cycle") == null ? "" : " CYCLE");
    }

    private @Nullable String table(SchemaFact fact) {
        if (!hasOnly(fact, OF_TABLES)) {
            return null;
        }
        String create = "CREATE " + (fact.attribute("persistence") == null ? "" : "UNLOGGED ") + "TABLE "
                + fact.id().qualifiedName();
        String partition = fact.attribute("partition of");
        if (partition != null) {
            int bound = partition.indexOf(" FOR VALUES");
            String partitioned = bound < 0 ? partition.replaceFirst(" DEFAULT$", "") : partition.substring(0, bound);
            return fact.attribute("options") == null
                    ? create + " PARTITION OF " + partitioned + (bound < 0 ? " DEFAULT" : partition.substring(bound))
                    : null;
        }
        List<String> columns = new ArrayList<>();
        for (SchemaFact column : columnsOf(fact.id())) {
            String written = column(column);
            if (written == null) {
                return null;
            }
            columns.add("\n    " + written);
        }
        return create + " (" + String.join(",", columns) + (columns.isEmpty() ? ")" : "\n)")
                + clause(fact, "partition by", " PARTITION BY ")
                + (fact.attribute("options") == null ? "" : " WITH (" + fact.attribute("options") + ")");
    }

    private List<SchemaFact> columnsOf(FactId table) {
        return facts.values().stream()
                .filter(one -> one.id().kind() == FactKind.COLUMN && table.equals(one.parent()))
                .sorted(Comparator.comparingInt(SchemaFact::position))
                .toList();
    }

    private @Nullable String addedColumn(SchemaFact fact) {
        String column = column(fact);
        boolean isOfTable =
                Objects.requireNonNull(fact.parent()).kind() == FactKind.TABLE && fact.attribute("inherited") == null;
        return column == null || !isOfTable ? null : "ALTER TABLE " + owner(fact.id()) + " ADD COLUMN " + column;
    }

    private @Nullable String column(SchemaFact fact) {
        String notNull = fact.attribute("not null");
        if (!hasOnly(fact, OF_COLUMNS) || notNull != null && !notNull.equals("yes")) {
            return null;
        }
        SchemaFact value = facts.get(new FactId(FactKind.DEFAULT, fact.id().path()));
        String identity = fact.attribute("identity");
        return quoted(fact.id().name()) + " " + fact.attribute("type")
                + clause(fact, "collation", " COLLATE ")
                + (identity == null
                        ? ""
                        : " GENERATED " + (identity.equals("always") ? "ALWAYS" : "BY DEFAULT") + " AS IDENTITY")
                + (fact.attribute("generated") == null
                        ? ""
                        : " GENERATED ALWAYS AS (" + fact.attribute("expression") + ")"
                                + (fact.attribute("generated").equals("stored") ? " STORED" : " VIRTUAL"))
                + (value == null ? "" : " DEFAULT " + value.attribute("expression"))
                + (notNull == null ? "" : " NOT NULL");
    }

    private static String policy(SchemaFact fact) {
        return "CREATE POLICY " + quoted(fact.id().name()) + " ON " + owner(fact.id())
                + (fact.attribute("permissive") == null ? "" : " AS RESTRICTIVE")
                + clause(fact, "for", " FOR ") + clause(fact, "to", " TO ")
                + (fact.attribute("using") == null ? "" : " USING (" + fact.attribute("using") + ")")
                + (fact.attribute("with check") == null ? "" : " WITH CHECK (" + fact.attribute("with check") + ")");
    }

    private static String clause(SchemaFact fact, String attribute, String keyword) {
        String value = fact.attribute(attribute);
        return value == null ? "" : keyword + value;
    }
}
