package io.mhras.migrations.schema.ddl;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.SchemaFact;
import java.util.Locale;
import java.util.Objects;

/** How a statement about an object names it: {@code TABLE public.patients}. */
public final class ObjectName {

    private ObjectName() {}

    public static String of(SchemaFact fact) {
        FactId id = fact.id();
        return switch (id.kind()) {
            case COMPOSITE, ENUM, RANGE -> "TYPE " + id.qualifiedName();
            case AGGREGATE -> "AGGREGATE " + AggregateRule.signature(fact);
            case CONSTRAINT, TRIGGER, RULE, POLICY -> {
                FactId on = Objects.requireNonNull(fact.parent());
                yield word(id) + " " + FactId.quoted(id.name()) + " ON "
                        + (on.kind() == FactKind.DOMAIN ? "DOMAIN " : "") + on.qualifiedName();
            }
            default -> word(id) + " " + id.qualifiedName();
        };
    }

    private static String word(FactId id) {
        return id.kind().toString().toUpperCase(Locale.ROOT);
    }

    /** How GRANT names it; of a column the table. */
    public static String granted(SchemaFact fact) {
        FactId id = fact.id();
        return switch (id.kind()) {
            case VIEW, MATERIALIZED_VIEW, FOREIGN_TABLE -> "TABLE " + id.qualifiedName();
            case COLUMN -> "TABLE " + Objects.requireNonNull(fact.parent()).qualifiedName();
            case AGGREGATE -> "FUNCTION " + id.qualifiedName();
            case SERVER -> "FOREIGN SERVER " + id.qualifiedName();
            default -> of(fact);
        };
    }
}
