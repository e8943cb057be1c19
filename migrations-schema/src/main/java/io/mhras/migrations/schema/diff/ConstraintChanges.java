package io.mhras.migrations.schema.diff;

import static io.mhras.migrations.schema.FactId.quoted;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.Hazard;
import io.mhras.migrations.schema.ddl.DdlStage;
import java.util.List;
import java.util.Objects;

/** Constraints, indexes and statistics. */
final class ConstraintChanges {

    private static final int ENFORCED = 18;

    private ConstraintChanges() {}

    static void constraint(Alteration constraint) {
        FactId of = Objects.requireNonNull(constraint.after().parent());
        boolean isDomains = of.kind() == FactKind.DOMAIN;
        String alter = (isDomains ? "ALTER DOMAIN " : "ALTER TABLE ") + of.qualifiedName() + " ";
        String name = quoted(constraint.id().name());
        String before = String.valueOf(constraint.before().attribute("definition"));
        String after = String.valueOf(constraint.after().attribute("definition"));
        if (constraint.changes("type") || constraint.changes("inherited")) {
            constraint.replace();
        } else if (before.equals(after + " NOT VALID")) {
            constraint.alter(
                    DdlStage.CHECK,
                    alter + "VALIDATE CONSTRAINT " + name,
                    new Hazard.Locks(of, "SHARE UPDATE EXCLUSIVE", /* isLong= */ true));
        } else if (!before.equals(after)) {
            changed(constraint, alter + "ALTER CONSTRAINT " + name, before, after);
        }
        String index = "ALTER INDEX "
                + new FactId(
                                FactKind.INDEX,
                                List.of(of.path().get(0), constraint.id().name()))
                        .qualifiedName() + " ";
        if (constraint.changes("index options")) {
            ColumnChanges.options(
                            constraint.before().attribute("index options"),
                            constraint.after().attribute("index options"))
                    .forEach(change -> constraint.alter(DdlStage.STATE, index + change));
        }
        if (constraint.changes("tablespace")) {
            constraint.alter(DdlStage.STATE, index + tablespace(constraint));
        }
    }

    private static String tablespace(Alteration altered) {
        return "SET TABLESPACE " + Objects.requireNonNullElse(altered.after().attribute("tablespace"), "pg_default");
    }

    /** A foreign key can be deferred, and enforced, without being made again. */
    private static void changed(Alteration constraint, String alter, String before, String after) {
        boolean isForeignKey = "foreign key".equals(constraint.after().attribute("type"));
        if (!isForeignKey
                || !withoutState(before).equals(withoutState(after))
                || before.contains(" NOT VALID")
                || after.contains(" NOT VALID")) {
            constraint.replace();
            return;
        }
        boolean wasEnforced = !before.contains(" NOT ENFORCED");
        boolean isEnforced = !after.contains(" NOT ENFORCED");
        if (wasEnforced != isEnforced) {
            if (constraint.majorVersion() < ENFORCED) {
                constraint.replace();
                return;
            }
            constraint.alter(DdlStage.FOREIGN_KEY, alter + (isEnforced ? " ENFORCED" : " NOT ENFORCED"));
        }
        String deferrable = deferrable(after);
        if (!deferrable(before).equals(deferrable)) {
            constraint.alter(DdlStage.FOREIGN_KEY, alter + deferrable);
        }
    }

    private static String withoutState(String definition) {
        return definition.replaceFirst("( DEFERRABLE)?( INITIALLY DEFERRED)?( NOT ENFORCED)?$", "");
    }

    private static String deferrable(String definition) {
        if (!definition.contains(" DEFERRABLE")) {
            return " NOT DEFERRABLE";
        }
        return definition.contains(" INITIALLY DEFERRED")
                ? " DEFERRABLE INITIALLY DEFERRED"
                : " DEFERRABLE INITIALLY IMMEDIATE";
    }

    static void index(Alteration index) {
        String alter = "ALTER INDEX " + index.id().qualifiedName() + " ";
        if (index.changes("valid") && index.after().attribute("valid") != null) {
            index.cannot("nothing makes an index invalid");
        } else if (index.changes("definition")) {
            index.replace();
        } else if (index.changes("valid")) {
            FactId table = Objects.requireNonNull(index.after().parent());
            index.alter(
                    DdlStage.INDEX,
                    "REINDEX INDEX " + index.id().qualifiedName(),
                    new Hazard.Locks(table, "SHARE", /* isLong= */ true));
        }
        if (index.changes("tablespace")) {
            index.alter(DdlStage.STATE, alter + tablespace(index));
        }
        if (index.changes("statistics targets")) {
            targets(index.before().attribute("statistics targets"))
                    .forEach(target -> index.alter(
                            DdlStage.STATE,
                            alter + "ALTER COLUMN " + target.replaceFirst(": .*", " SET STATISTICS -1")));
            targets(index.after().attribute("statistics targets"))
                    .forEach(target -> index.alter(
                            DdlStage.STATE, alter + "ALTER COLUMN " + target.replace(": ", " SET STATISTICS ")));
        }
    }

    private static List<String> targets(@org.jspecify.annotations.Nullable String targets) {
        return targets == null ? List.of() : List.of(targets.split(", "));
    }

    static void statistics(Alteration statistics) {
        if (statistics.changes("definition")) {
            statistics.replace();
        } else if (statistics.changes("target")) {
            statistics.alter(
                    DdlStage.STATISTICS,
                    "ALTER STATISTICS " + statistics.id().qualifiedName() + " SET STATISTICS "
                            + Objects.requireNonNullElse(statistics.after().attribute("target"), "-1"));
        }
    }
}
