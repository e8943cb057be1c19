package io.mhras.migrations.schema.diff;

import static io.mhras.migrations.schema.FactId.quoted;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.Hazard;
import io.mhras.migrations.schema.SchemaFact;
import io.mhras.migrations.schema.ddl.Creation;
import io.mhras.migrations.schema.ddl.DdlStage;
import io.mhras.migrations.schema.ddl.SqlLiteral;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Columns of tables, attributes of composite types, and columns' defaults. */
final class ColumnChanges {

    private static final int SET_EXPRESSION = 17;

    private ColumnChanges() {}

    static void column(Alteration column) {
        FactId relation = Objects.requireNonNull(column.after().parent());
        if (relation.kind() == FactKind.COMPOSITE) {
            attribute(column, relation);
            return;
        }
        boolean isTables = relation.kind() == FactKind.TABLE || relation.kind() == FactKind.FOREIGN_TABLE;
        if (!isTables || "yes".equals(column.after().attribute("inherited"))) {
            // It follows from the query, or from the parent; what uses it does not.
            if (isTables && (column.changes("type") || column.changes("collation"))) {
                column.invalidate();
            }
            return;
        }
        if (column.changes("generated") && column.after().attribute("generated") != null
                || "virtual".equals(column.before().attribute("generated")) && column.changes("generated")) {
            column.replace();
            return;
        }
        String alter = "ALTER TABLE " + relation.qualifiedName() + " ALTER COLUMN " + name(column) + " ";
        expression(column, relation, alter);
        identityGoes(column, alter);
        type(column, relation, alter);
        notNull(column, relation, alter);
        identityComes(column, alter);
        storage(column, alter);
    }

    private static String name(Alteration column) {
        return quoted(column.id().name());
    }

    private static void attribute(Alteration attribute, FactId type) {
        if (!attribute.from().dependents(type).isEmpty()) {
            attribute.cannot("columns are of this type, and PostgreSQL changes no attribute of a type in use");
            return;
        }
        attribute.alter(
                DdlStage.TYPE,
                "ALTER TYPE " + type.qualifiedName() + " ALTER ATTRIBUTE " + name(attribute) + " TYPE "
                        + typeOf(attribute.after()));
    }

    private static String typeOf(SchemaFact column) {
        String collation = column.attribute("collation");
        return column.attribute("type") + (collation == null ? "" : " COLLATE " + collation);
    }

    private static void expression(Alteration column, FactId relation, String alter) {
        String expression = column.after().attribute("expression");
        if (column.before().attribute("generated") == null) {
            return;
        }
        if (column.after().attribute("generated") == null) {
            column.alter(DdlStage.COLUMN, alter + "DROP EXPRESSION");
        } else if (column.changes("expression") || column.changes("type")) {
            boolean canBeSet = column.majorVersion() >= SET_EXPRESSION && !column.changes("type");
            if (!canBeSet) {
                column.replace();
            } else if ("virtual".equals(column.after().attribute("generated"))) {
                column.alter(DdlStage.COLUMN, alter + "SET EXPRESSION AS (" + expression + ")");
            } else {
                column.alter(
                        DdlStage.COLUMN,
                        alter + "SET EXPRESSION AS (" + expression + ")",
                        new Hazard.Rewrites(relation));
            }
        }
    }

    private static void type(Alteration column, FactId relation, String alter) {
        if (!column.changes("type") && !column.changes("collation") || column.replaces()) {
            return;
        }
        String before = String.valueOf(column.before().attribute("type"));
        String after = String.valueOf(column.after().attribute("type"));
        column.invalidate();
        String sql = alter + "TYPE " + typeOf(column.after());
        boolean isAssignable = TypeCast.isAssignable(before, after);
        Hazard rewrite = TypeCast.rewrites(before, after)
                ? new Hazard.Rewrites(relation)
                : new Hazard.Locks(relation, "ACCESS EXCLUSIVE", /* isLong= */ false);
        String using = isAssignable ? "" : " USING " + name(column) + "::" + castOf(before, after);
        if (!isAssignable) {
            column.alter(
                    DdlStage.COLUMN,
                    sql + using,
                    rewrite,
                    new Hazard.Gap(
                            column.id(),
                            "how " + before + " becomes " + after + ", which PostgreSQL does not do by itself;" + using
                                    + " is a proposal"),
                    new Hazard.MayFail(column.id(), TypeCast.failingRows(relation, name(column), before, after)));
        } else if (TypeCast.mayFail(before, after)) {
            column.alter(
                    DdlStage.COLUMN,
                    sql + using,
                    rewrite,
                    new Hazard.MayFail(column.id(), TypeCast.failingRows(relation, name(column), before, after)));
        } else {
            column.alter(DdlStage.COLUMN, sql + using, rewrite);
        }
    }

    /** Types without a cast between them have texts in common. */
    private static String castOf(String before, String after) {
        return TypeCast.isText(before) || TypeCast.isText(after) ? after : "text::" + after;
    }

    private static void notNull(Alteration column, FactId relation, String alter) {
        if (!column.changes("not null")) {
            return;
        }
        String before = column.before().attribute("not null");
        String after = column.after().attribute("not null");
        if (after == null) {
            column.alter(DdlStage.COLUMN, alter + "DROP NOT NULL");
            return;
        }
        if (before != null && (flag(before, "no inherit") != flag(after, "no inherit") || flag(after, "not valid"))) {
            column.alter(DdlStage.COLUMN, alter + "DROP NOT NULL");
            before = null;
        }
        Hazard mayFail = new Hazard.MayFail(
                column.id(),
                "SELECT count(*) FROM " + relation.qualifiedName() + " WHERE " + name(column) + " IS NULL");
        if (before != null) {
            // It was not valid: this validates it.
            column.alter(
                    DdlStage.CHECK,
                    alter + "SET NOT NULL",
                    new Hazard.Locks(relation, "ACCESS EXCLUSIVE", /* isLong= */ true),
                    mayFail);
        } else if (flag(after, "not valid") || flag(after, "no inherit")) {
            column.alter(
                    DdlStage.CHECK,
                    "ALTER TABLE " + relation.qualifiedName() + " ADD NOT NULL " + name(column)
                            + (flag(after, "no inherit") ? " NO INHERIT" : "")
                            + (flag(after, "not valid") ? " NOT VALID" : ""));
        } else {
            column.alter(
                    DdlStage.COLUMN,
                    alter + "SET NOT NULL",
                    new Hazard.Locks(relation, "ACCESS EXCLUSIVE", /* isLong= */ true),
                    mayFail,
                    new Hazard.BreaksRunningRelease(
                            column.id(), "may write rows in which " + name(column) + " is null"));
        }
    }

    private static boolean flag(String notNull, String flag) {
        return notNull.contains(flag);
    }

    private static void identityGoes(Alteration column, String alter) {
        if (column.before().attribute("identity") != null && column.after().attribute("identity") == null) {
            column.alter(DdlStage.COLUMN, alter + "DROP IDENTITY");
        }
    }

    private static void identityComes(Alteration column, String alter) {
        String before = column.before().attribute("identity");
        String after = column.after().attribute("identity");
        if (after == null) {
            return;
        }
        if (before == null) {
            column.alter(
                    DdlStage.DEFAULT,
                    alter + "ADD GENERATED " + after.toUpperCase(Locale.ROOT) + " AS IDENTITY"
                            + Creation.identityOptions(column.after()));
            FactId table = Objects.requireNonNull(column.after().parent());
            column.alter(
                    DdlStage.DEFAULT,
                    "SELECT setval(pg_get_serial_sequence(" + SqlLiteral.of(table.qualifiedName()) + ", "
                            + SqlLiteral.of(column.id().name()) + "), coalesce(max(" + name(column)
                            + "), 0) + 1, false) FROM "
                            + table.qualifiedName());
            return;
        }
        if (!before.equals(after)) {
            column.alter(DdlStage.COLUMN, alter + "SET GENERATED " + after.toUpperCase(Locale.ROOT));
        }
        if (column.changes("identity options")) {
            column.alter(DdlStage.COLUMN, alter + IdentityOptions.change(column.before(), column.after()));
        }
    }

    private static void storage(Alteration column, String alter) {
        if (column.changes("storage")) {
            column.alter(DdlStage.COLUMN, alter + "SET STORAGE " + orUsual(column, "storage", "DEFAULT"));
        }
        if (column.changes("compression")) {
            column.alter(DdlStage.COLUMN, alter + "SET COMPRESSION " + orUsual(column, "compression", "default"));
        }
        if (column.changes("statistics target")) {
            column.alter(DdlStage.COLUMN, alter + "SET STATISTICS " + orUsual(column, "statistics target", "-1"));
        }
        if (column.changes("options")) {
            options(column.before().attribute("options"), column.after().attribute("options"))
                    .forEach(change -> column.alter(DdlStage.COLUMN, alter + change));
        }
    }

    private static String orUsual(Alteration column, String attribute, String usual) {
        return Objects.requireNonNullElse(column.after().attribute(attribute), usual);
    }

    /** RESET of what is no longer set, and SET of what is. */
    static Stream<String> options(@Nullable String before, @Nullable String after) {
        Stream<String> gone = before == null
                ? Stream.of()
                : Stream.of(before.split(", "))
                        .map(option -> option.replaceFirst("=.*", ""))
                        .filter(name -> after == null
                                || Stream.of(after.split(", ")).noneMatch(option -> option.startsWith(name + "=")))
                        .map(name -> "RESET (" + name + ")");
        return Stream.concat(gone, after == null ? Stream.of() : Stream.of("SET (" + after + ")"));
    }

    static void defaultOf(Alteration value) {
        FactId column = Objects.requireNonNull(value.after().parent());
        SchemaFact of = Objects.requireNonNull(value.to().fact(column));
        value.alter(
                DdlStage.DEFAULT,
                "ALTER TABLE " + Objects.requireNonNull(of.parent()).qualifiedName() + " ALTER COLUMN "
                        + quoted(column.name()) + " SET DEFAULT "
                        + value.after().attribute("expression"));
    }
}
