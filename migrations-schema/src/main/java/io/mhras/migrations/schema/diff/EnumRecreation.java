package io.mhras.migrations.schema.diff;

import static io.mhras.migrations.schema.FactId.quoted;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.Hazard;
import io.mhras.migrations.schema.SchemaFact;
import io.mhras.migrations.schema.ddl.DdlStage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** An enum that loses labels, or gets them in another order: a new type takes its name and its columns. */
final class EnumRecreation {

    private static final String OLD = "_before";
    private static final int LONGEST_NAME = 63;

    private EnumRecreation() {}

    static String rename(FactId type) {
        return "ALTER TYPE " + type.qualifiedName() + " RENAME TO " + quoted(oldName(type));
    }

    static String drop(FactId type) {
        return "DROP TYPE " + new FactId(type.kind(), List.of(type.path().get(0), oldName(type))).qualifiedName();
    }

    private static String oldName(FactId type) {
        String name = type.name();
        return name.substring(0, Math.min(name.length(), LONGEST_NAME - OLD.length())) + OLD;
    }

    /** The type of a column becomes the new one. */
    static void retype(Alteration column, FactId type) {
        FactId table = Objects.requireNonNull(column.after().parent());
        List<String> gone = new ArrayList<>(
                TypeChanges.labels(Objects.requireNonNull(column.from().fact(type))));
        gone.removeAll(TypeChanges.labels(Objects.requireNonNull(column.to().fact(type))));
        String name = quoted(column.id().name());
        String sql = "ALTER TABLE " + table.qualifiedName() + " ALTER COLUMN " + name + " TYPE "
                + column.after().attribute("type") + " USING " + TypeChanges.using(column.after(), type);
        column.invalidate();
        if (gone.isEmpty() || isArray(column.after())) {
            column.alter(DdlStage.COLUMN, sql, new Hazard.Rewrites(table));
        } else {
            column.alter(
                    DdlStage.COLUMN,
                    sql,
                    new Hazard.Rewrites(table),
                    new Hazard.MayFail(
                            column.id(),
                            "SELECT count(*) FROM " + table.qualifiedName() + " WHERE " + name + " IN ("
                                    + String.join(", ", gone) + ")"),
                    new Hazard.BreaksRunningRelease(type, "may still write " + String.join(", ", gone)));
        }
    }

    private static boolean isArray(SchemaFact column) {
        return String.valueOf(column.attribute("type")).endsWith("[]");
    }
}
