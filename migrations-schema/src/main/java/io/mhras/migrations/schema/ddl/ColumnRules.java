package io.mhras.migrations.schema.ddl;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.SchemaFact;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Columns and their defaults. */
final class ColumnRules {

    private ColumnRules() {}

    /** What stands in the table's statement; null if it has the column from elsewhere. */
    static @Nullable String definition(SchemaFact column, SchemaFact table, @Nullable SchemaFact value) {
        String name = FactId.quoted(column.id().name());
        String constraints = constraints(column, value);
        if (table.attribute("of type") != null) {
            return constraints.isEmpty() ? null : name + " WITH OPTIONS " + constraints;
        }
        if (isInherited(column)) {
            return null;
        }
        return name + " "
                + new Clauses(column)
                        .ifSet("type", "%s")
                        .ifSet("foreign options", "OPTIONS (%s)")
                        .ifSet("collation", "COLLATE %s")
                        .joined(" ")
                + (constraints.isEmpty() ? "" : " " + constraints);
    }

    private static boolean isInherited(SchemaFact column) {
        return "yes".equals(column.attribute("inherited"));
    }

    private static String constraints(SchemaFact column, @Nullable SchemaFact value) {
        Clauses clauses = new Clauses(column);
        if (value != null) {
            clauses.add("DEFAULT " + value.attribute("expression"));
        }
        if (column.attribute("generated") != null) {
            clauses.add("GENERATED ALWAYS AS (" + column.attribute("expression") + ") "
                    + Objects.requireNonNull(column.attribute("generated")).toUpperCase(Locale.ROOT));
        }
        if (column.attribute("identity") != null) {
            clauses.add("GENERATED "
                    + Objects.requireNonNull(column.attribute("identity")).toUpperCase(Locale.ROOT)
                    + " AS IDENTITY" + identityOptions(column));
        }
        String notNull = column.attribute("not null");
        if (notNull != null && !notNull.contains("not valid")) {
            clauses.add(notNull.contains("no inherit") ? "NOT NULL NO INHERIT" : "NOT NULL");
        }
        return clauses.joined(" ");
    }

    static String identityOptions(SchemaFact column) {
        String options = column.attribute("identity options");
        return options == null
                ? ""
                : Stream.of(options.split(", "))
                        .map(option -> option.replaceFirst("^start ", "START WITH ")
                                .replaceFirst("^increment ", "INCREMENT BY ")
                                .replaceFirst("^minimum ", "MINVALUE ")
                                .replaceFirst("^maximum ", "MAXVALUE ")
                                .replaceFirst("^cache ", "CACHE ")
                                .replaceFirst("^cycle$", "CYCLE"))
                        .collect(Collectors.joining(" ", " (", ")"));
    }

    /** Its default, if it can stand in the table's statement: it calls nothing, and nobody inherits it. */
    static @Nullable SchemaFact defaultInside(SchemaFact column, SchemaFact table, DdlActions actions) {
        List<SchemaFact> values = actions.children(column.id(), FactKind.DEFAULT);
        boolean isApart = values.isEmpty()
                || isInherited(column)
                || !actions.childTables(table.id()).isEmpty()
                || actions.needs(values.get(0).id()).stream().anyMatch(ColumnRules::mayNeedTables);
        return isApart ? null : values.get(0);
    }

    private static boolean mayNeedTables(FactId id) {
        return switch (id.kind()) {
            case SEQUENCE, ENUM, EXTENSION, COLLATION, SCHEMA, COLUMN -> false;
            default -> true;
        };
    }

    static void column(SchemaFact column, DdlActions actions) {
        FactId relation = Objects.requireNonNull(column.parent());
        if (relation.kind() == FactKind.COMPOSITE || relation.kind() == FactKind.VIEW) {
            return;
        }
        // What a parent has would go to a child that comes later.
        Set<FactId> after = actions.childTables(relation);
        String alter = "ALTER TABLE ONLY " + relation.qualifiedName() + " ALTER COLUMN "
                + FactId.quoted(column.id().name()) + " ";
        new Clauses(column)
                .ifSet("storage", "SET STORAGE %s")
                .ifSet("compression", "SET COMPRESSION %s")
                .ifSet("statistics target", "SET STATISTICS %s")
                .ifSet("options", "SET (%s)")
                .list()
                .forEach(change -> actions.alter(DdlStage.COLUMN, column.id(), after, alter + change));
        notNull(column, relation, actions, alter);
    }

    /** To a table that is there already. */
    static void added(SchemaFact column, DdlActions actions) {
        FactId relation = Objects.requireNonNull(column.parent());
        SchemaFact table = actions.fact(relation);
        if (table == null || isInherited(column)) {
            return;
        }
        boolean isAttribute = relation.kind() == FactKind.COMPOSITE;
        if (!isAttribute && relation.kind() != FactKind.TABLE && relation.kind() != FactKind.FOREIGN_TABLE) {
            return;
        }
        SchemaFact value = isAttribute ? null : defaultInside(column, table, actions);
        Set<FactId> makes = value == null ? Set.of(column.id()) : Set.of(column.id(), value.id());
        actions.make(
                isAttribute ? DdlStage.TYPE : DdlStage.COLUMN,
                column.id(),
                makes,
                Set.of(),
                (isAttribute ? "ALTER TYPE " : "ALTER TABLE ")
                        + relation.qualifiedName()
                        + (isAttribute ? " ADD ATTRIBUTE " : " ADD COLUMN ")
                        + definition(column, table, value));
    }

    private static void notNull(SchemaFact column, FactId relation, DdlActions actions, String alter) {
        String notNull = Objects.requireNonNullElse(column.attribute("not null"), "");
        if (notNull.contains("not valid") && !isInherited(column)) {
            actions.alter(
                    DdlStage.CHECK,
                    column.id(),
                    Set.of(),
                    "ALTER TABLE " + relation.qualifiedName() + " ADD NOT NULL "
                            + FactId.quoted(column.id().name())
                            + (notNull.contains("no inherit") ? " NO INHERIT" : "") + " NOT VALID");
        } else if (!notNull.isEmpty() && isInherited(column) && !isParentsNotNull(column, relation, actions)) {
            actions.alter(DdlStage.COLUMN, column.id(), Set.of(), alter + "SET NOT NULL");
        }
    }

    private static boolean isParentsNotNull(SchemaFact column, FactId table, DdlActions actions) {
        return actions.parentTables(table)
                .flatMap(parent -> actions.children(parent, FactKind.COLUMN).stream())
                .anyMatch(theirs ->
                        theirs.id().name().equals(column.id().name()) && theirs.attribute("not null") != null);
    }

    static void defaultOf(SchemaFact value, DdlActions actions) {
        SchemaFact column = actions.fact(Objects.requireNonNull(value.parent()));
        if (column == null) {
            actions.leaveOut(value.id(), "its column is left out");
            return;
        }
        FactId relation = Objects.requireNonNull(column.parent());
        SchemaFact table = actions.fact(relation);
        boolean isTable = relation.kind() == FactKind.TABLE || relation.kind() == FactKind.FOREIGN_TABLE;
        if (isTable && table != null && defaultInside(column, table, actions) != null) {
            return;
        }
        set(value, column, relation, actions);
    }

    /** On a column that is there already. */
    static void setDefault(SchemaFact value, DdlActions actions) {
        SchemaFact column = Objects.requireNonNull(actions.fact(Objects.requireNonNull(value.parent())));
        set(value, column, Objects.requireNonNull(column.parent()), actions);
    }

    private static void set(SchemaFact value, SchemaFact column, FactId relation, DdlActions actions) {
        actions.make(
                DdlStage.DEFAULT,
                value.id(),
                Set.of(value.id()),
                actions.childTables(relation),
                "ALTER TABLE ONLY " + relation.qualifiedName() + " ALTER COLUMN "
                        + FactId.quoted(column.id().name()) + " SET DEFAULT " + value.attribute("expression"));
    }
}
