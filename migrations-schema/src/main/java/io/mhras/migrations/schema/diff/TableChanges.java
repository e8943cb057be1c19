package io.mhras.migrations.schema.diff;

import io.mhras.migrations.schema.Hazard;
import io.mhras.migrations.schema.ddl.DdlStage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tables, and what they belong to. */
final class TableChanges {

    private TableChanges() {}

    static void table(Alteration table) {
        String alter = "ALTER TABLE " + table.id().qualifiedName() + " ";
        refuse(table, "partition by", "a table cannot become partitioned, or partitioned in another way");
        refuse(table, "server", "a foreign table cannot change its server");
        refuse(table, "foreign options", "options may be secrets, and are not changed");
        if (table.changes("persistence")) {
            table.alter(
                    DdlStage.TABLE,
                    alter + (table.after().attribute("persistence") == null ? "SET LOGGED" : "SET UNLOGGED"),
                    new Hazard.Rewrites(table.id()));
        }
        partition(table);
        inherits(table, alter);
        if (table.changes("of type")) {
            String type = table.after().attribute("of type");
            table.alter(DdlStage.TABLE, alter + (type == null ? "NOT OF" : "OF " + type));
        }
        if (table.changes("options")) {
            ColumnChanges.options(
                            table.before().attribute("options"), table.after().attribute("options"))
                    .forEach(change -> table.alter(DdlStage.TABLE, alter + change));
        }
        if (table.changes("tablespace")) {
            table.alter(
                    DdlStage.TABLE,
                    alter + "SET TABLESPACE "
                            + Objects.requireNonNullElse(table.after().attribute("tablespace"), "pg_default"),
                    new Hazard.Rewrites(table.id()));
        }
        if (table.changes("access method")) {
            table.alter(
                    DdlStage.TABLE,
                    alter + "SET ACCESS METHOD "
                            + Objects.requireNonNullElse(table.after().attribute("access method"), "heap"),
                    new Hazard.Rewrites(table.id()));
        }
        rowSecurity(table, alter);
        byIndex(table, alter);
    }

    private static void refuse(Alteration table, String attribute, String why) {
        if (table.changes(attribute)) {
            table.cannot(why);
        }
    }

    private static void partition(Alteration table) {
        if (!table.changes("partition of")) {
            return;
        }
        String name = table.id().qualifiedName();
        String before = table.before().attribute("partition of");
        String after = table.after().attribute("partition of");
        if (before != null) {
            table.alter(DdlStage.TABLE, "ALTER TABLE " + partitioned(before) + " DETACH PARTITION " + name);
        }
        if (after != null) {
            String parent = partitioned(after);
            table.alter(
                    DdlStage.STATE,
                    "ALTER TABLE " + parent + " ATTACH PARTITION " + name + after.substring(parent.length()),
                    new Hazard.Locks(table.id(), "ACCESS EXCLUSIVE", /* isLong= */ true));
        }
    }

    /** Of {@code parent FOR VALUES ...} or {@code parent DEFAULT} the parent. */
    private static String partitioned(String partition) {
        int bound = partition.indexOf(" FOR VALUES");
        return bound >= 0 ? partition.substring(0, bound) : partition.replaceFirst(" DEFAULT$", "");
    }

    private static void inherits(Alteration table, String alter) {
        if (!table.changes("inherits")) {
            return;
        }
        List<String> before = parents(table.before().attribute("inherits"));
        List<String> after = parents(table.after().attribute("inherits"));
        before.stream()
                .filter(parent -> !after.contains(parent))
                .forEach(parent -> table.alter(DdlStage.TABLE, alter + "NO INHERIT " + parent));
        after.stream()
                .filter(parent -> !before.contains(parent))
                .forEach(parent -> table.alter(DdlStage.STATE, alter + "INHERIT " + parent));
    }

    private static List<String> parents(@Nullable String inherits) {
        return inherits == null ? List.of() : new ArrayList<>(Arrays.asList(inherits.split(", ", -1)));
    }

    private static void rowSecurity(Alteration table, String alter) {
        boolean wasEnabled = has(table.before().attribute("row security"), "enabled");
        boolean isEnabled = has(table.after().attribute("row security"), "enabled");
        boolean wasForced = has(table.before().attribute("row security"), "forced");
        boolean isForced = has(table.after().attribute("row security"), "forced");
        if (wasEnabled != isEnabled) {
            table.alter(DdlStage.STATE, alter + (isEnabled ? "ENABLE" : "DISABLE") + " ROW LEVEL SECURITY");
        }
        if (wasForced != isForced) {
            table.alter(DdlStage.STATE, alter + (isForced ? "FORCE" : "NO FORCE") + " ROW LEVEL SECURITY");
        }
    }

    private static boolean has(@Nullable String flags, String flag) {
        return flags != null && flags.contains(flag);
    }

    private static void byIndex(Alteration table, String alter) {
        if (table.changes("replica identity")) {
            table.alter(DdlStage.STATE, alter + identity(table.after().attribute("replica identity")));
        }
        if (table.changes("clustered on")) {
            String index = table.after().attribute("clustered on");
            table.alter(DdlStage.STATE, alter + (index == null ? "SET WITHOUT CLUSTER" : "CLUSTER ON " + index));
        }
    }

    static String identity(@Nullable String identity) {
        if (identity == null) {
            return "REPLICA IDENTITY DEFAULT";
        }
        return "REPLICA IDENTITY "
                + (identity.startsWith("index ")
                        ? "USING INDEX " + identity.substring("index ".length())
                        : identity.toUpperCase(Locale.ROOT));
    }
}
