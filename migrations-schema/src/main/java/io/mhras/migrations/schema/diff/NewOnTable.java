package io.mhras.migrations.schema.diff;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.Hazard;
import io.mhras.migrations.schema.SchemaFact;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** What it does to a table in use when something is made on it. */
final class NewOnTable {

    private static final Pattern VOLATILE =
            Pattern.compile("\\b(?:random|gen_random_uuid|uuid_generate_\\w+|clock_timestamp|timeofday|nextval)\\(");

    private static final Pattern FOREIGN_KEY =
            Pattern.compile("FOREIGN KEY \\((.*?)\\) REFERENCES ((?:\"(?:[^\"]|\"\")*\"|[\\w.$])+)\\((.*?)\\).*");

    private NewOnTable() {}

    static List<Hazard> hazards(SchemaFact fact, State to) {
        FactId table = Objects.requireNonNull(fact.parent());
        return switch (fact.id().kind()) {
            case COLUMN -> column(fact, table, to);
            case INDEX -> List.of(new Hazard.Locks(table, "SHARE", /* isLong= */ true));
            case CONSTRAINT -> constraint(fact, table);
            case TRIGGER -> List.of(new Hazard.Locks(table, "SHARE ROW EXCLUSIVE", /* isLong= */ false));
            case RULE, POLICY, DEFAULT -> List.of(new Hazard.Locks(table, "ACCESS EXCLUSIVE", /* isLong= */ false));
            default -> List.of();
        };
    }

    private static List<Hazard> column(SchemaFact column, FactId table, State to) {
        if (table.kind() != FactKind.TABLE) {
            return List.of();
        }
        List<Hazard> hazards = new ArrayList<>();
        List<SchemaFact> values = to.children(column.id(), FactKind.DEFAULT);
        String value = values.isEmpty() ? null : values.get(0).attribute("expression");
        boolean isFilled =
                value != null || column.attribute("generated") != null || column.attribute("identity") != null;
        boolean rewrites = "stored".equals(column.attribute("generated"))
                || column.attribute("identity") != null
                || value != null && VOLATILE.matcher(value).find();
        hazards.add(
                rewrites
                        ? new Hazard.Rewrites(table)
                        : new Hazard.Locks(table, "ACCESS EXCLUSIVE", /* isLong= */ false));
        if (column.attribute("not null") != null && !isFilled) {
            String name = FactId.quoted(column.id().name());
            hazards.add(new Hazard.Gap(
                    column.id(),
                    "what " + name + " is in the rows that are there, as UPDATE " + table.qualifiedName() + " SET "
                            + name + " = ... before this statement"));
            hazards.add(new Hazard.MayFail(column.id(), "SELECT count(*) FROM " + table.qualifiedName()));
            hazards.add(new Hazard.BreaksRunningRelease(column.id(), "insert rows without " + name));
        }
        return hazards;
    }

    private static List<Hazard> constraint(SchemaFact constraint, FactId table) {
        String definition = String.valueOf(constraint.attribute("definition"));
        boolean isChecked = !definition.contains(" NOT VALID") && !definition.contains(" NOT ENFORCED");
        List<Hazard> hazards = new ArrayList<>();
        boolean isForeignKey = "foreign key".equals(constraint.attribute("type"));
        hazards.add(new Hazard.Locks(table, isForeignKey ? "SHARE ROW EXCLUSIVE" : "ACCESS EXCLUSIVE", isChecked));
        if (isChecked) {
            String query = failingRows(constraint, table, definition);
            if (!query.isEmpty()) {
                hazards.add(new Hazard.MayFail(constraint.id(), query));
            }
        }
        return hazards;
    }

    private static String failingRows(SchemaFact constraint, FactId table, String definition) {
        String from = "FROM " + table.qualifiedName();
        return switch (Objects.requireNonNullElse(constraint.attribute("type"), "")) {
            case "check" ->
                "SELECT count(*) " + from + " WHERE NOT "
                        + definition.replaceFirst("^CHECK ", "").replaceFirst(" NO INHERIT$", "");
            case "unique", "primary key" -> {
                String columns = definition.replaceFirst("^[A-Z ]+\\((.*?)\\).*$", "$1");
                yield definition.contains("WITHOUT OVERLAPS")
                        ? ""
                        : "SELECT " + columns + ", count(*) " + from + " GROUP BY " + columns + " HAVING count(*) > 1";
            }
            case "foreign key" -> {
                var matcher = FOREIGN_KEY.matcher(definition);
                yield matcher.matches() && !definition.contains("PERIOD ")
                        ? orphans(from, matcher.group(1), matcher.group(2), matcher.group(3))
                        : "";
            }
            default -> "";
        };
    }

    private static String orphans(String from, String columns, String referenced, String keys) {
        String[] ours = columns.split(", ", -1);
        String[] theirs = keys.split(", ", -1);
        List<String> notNull = new ArrayList<>();
        List<String> equal = new ArrayList<>();
        for (int i = 0; i < Math.min(ours.length, theirs.length); i++) {
            notNull.add("f." + ours[i] + " IS NOT NULL");
            equal.add("t." + theirs[i] + " = f." + ours[i]);
        }
        return "SELECT count(*) " + from + " f WHERE " + String.join(" AND ", notNull) + " AND NOT EXISTS (SELECT FROM "
                + referenced + " t WHERE " + String.join(" AND ", equal) + ")";
    }
}
