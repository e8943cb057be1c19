package io.mhras.migrations.schema.ddl;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.SchemaFact;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** Tables with their columns; constraints, indexes and most defaults come apart. */
final class TableRule {

    private TableRule() {}

    static void create(SchemaFact table, DdlActions actions) {
        FactId id = table.id();
        List<SchemaFact> columns = actions.children(id, FactKind.COLUMN);
        Set<FactId> makes = new HashSet<>(Set.of(id));
        List<String> lines = new ArrayList<>();
        for (SchemaFact column : columns) {
            makes.add(column.id());
            SchemaFact value = ColumnRules.defaultInside(column, table, actions);
            if (value != null) {
                makes.add(value.id());
            }
            String line = ColumnRules.definition(column, table, value);
            if (line != null) {
                lines.add("\n  " + line);
            }
        }
        Set<FactId> alsoNeeds = new HashSet<>();
        if (table.attribute("partition of") != null) {
            // An index that its parent has by then is made for it, too.
            actions.parentTables(id)
                    .flatMap(parent -> actions.children(parent, FactKind.INDEX).stream())
                    .filter(IndexRule::isWritten)
                    .forEach(index -> alsoNeeds.add(index.id()));
        }
        actions.make(DdlStage.TABLE, id, makes, alsoNeeds, head(table) + body(table, lines) + tail(table));
        rowSecurity(table, actions);
        byIndex(table, actions);
    }

    private static String head(SchemaFact table) {
        String kind = table.id().kind() == FactKind.FOREIGN_TABLE
                ? "CREATE FOREIGN TABLE "
                : table.attribute("persistence") == null ? "CREATE TABLE " : "CREATE UNLOGGED TABLE ";
        return kind + table.id().qualifiedName();
    }

    private static String body(SchemaFact table, List<String> lines) {
        String columns = " (" + String.join(",", lines) + (lines.isEmpty() ? ")" : "\n)");
        if (table.attribute("partition of") != null) {
            return " PARTITION OF " + table.attribute("partition of");
        }
        if (table.attribute("of type") != null) {
            return " OF " + table.attribute("of type") + (lines.isEmpty() ? "" : columns);
        }
        return columns;
    }

    private static String tail(SchemaFact table) {
        String clauses = new Clauses(table)
                .ifSet("inherits", "INHERITS (%s)")
                .ifSet("partition by", "PARTITION BY %s")
                .ifSet("access method", "USING %s")
                .ifSet("options", "WITH (%s)")
                .ifSet("tablespace", "TABLESPACE %s")
                .ifSet("server", "SERVER %s")
                .ifSet("foreign options", "OPTIONS (%s)")
                .joined(" ");
        return clauses.isEmpty() ? "" : " " + clauses;
    }

    private static void rowSecurity(SchemaFact table, DdlActions actions) {
        String security = Objects.requireNonNullElse(table.attribute("row security"), "");
        String alter = "ALTER TABLE " + table.id().qualifiedName();
        if (security.contains("enabled")) {
            actions.alter(DdlStage.STATE, table.id(), Set.of(), alter + " ENABLE ROW LEVEL SECURITY");
        }
        if (security.contains("forced")) {
            actions.alter(DdlStage.STATE, table.id(), Set.of(), alter + " FORCE ROW LEVEL SECURITY");
        }
    }

    /** What names an index has to wait for it. */
    private static void byIndex(SchemaFact table, DdlActions actions) {
        String alter = "ALTER TABLE " + (table.id().kind() == FactKind.TABLE ? "ONLY " : "")
                + table.id().qualifiedName();
        String identity = table.attribute("replica identity");
        if (identity != null) {
            String index = identity.startsWith("index ") ? identity.substring("index ".length()) : null;
            actions.alter(
                    DdlStage.STATE,
                    table.id(),
                    index == null ? Set.of() : indexes(table, index, actions),
                    alter + " REPLICA IDENTITY "
                            + (index == null ? identity.toUpperCase(Locale.ROOT) : "USING INDEX " + index));
        }
        cluster(table, actions);
    }

    static void cluster(SchemaFact relation, DdlActions actions) {
        String index = relation.attribute("clustered on");
        if (index != null) {
            actions.alter(
                    DdlStage.STATE,
                    relation.id(),
                    indexes(relation, index, actions),
                    "ALTER " + relation.id().kind().toString().toUpperCase(Locale.ROOT) + " "
                            + relation.id().qualifiedName() + " CLUSTER ON " + index);
        }
    }

    private static Set<FactId> indexes(SchemaFact table, String quotedName, DdlActions actions) {
        Set<FactId> ids = new HashSet<>();
        for (FactKind kind : List.of(FactKind.INDEX, FactKind.CONSTRAINT)) {
            actions.children(table.id(), kind).stream()
                    .map(SchemaFact::id)
                    .filter(id -> FactId.quoted(id.name()).equals(quotedName))
                    .forEach(ids::add);
        }
        return ids;
    }
}
