package io.mhras.migrations.schema.diff;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.Hazard;
import io.mhras.migrations.schema.Rename;
import io.mhras.migrations.schema.SchemaFact;
import io.mhras.migrations.schema.SchemaPlan.Statement;
import io.mhras.migrations.schema.SchemaSnapshot;
import io.mhras.migrations.schema.ddl.SqlLiteral;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Renames that were said: what they make of the schema before, and the statements that do them. */
final class Renames {

    private static final String BETWEEN = "mhras_between_";

    private final Map<FactId, FactId> names = new LinkedHashMap<>();
    private final Map<FactId, SchemaFact> before;

    /**
     * Those that have to do with these two schemas.
     *
     * @throws IllegalArgumentException if what was renamed was not there, or is not there afterwards
     */
    Renames(List<Rename> said, SchemaSnapshot from, SchemaSnapshot to) {
        this.before = from.byId();
        Map<FactId, SchemaFact> after = to.byId();
        for (Rename rename : said) {
            FactId gone = isIn(this.before, rename.before())
                    ? rename.before()
                    : within(rename.before(), said.stream().map(Rename::back).toList());
            FactId came = isIn(after, rename.after()) ? rename.after() : within(rename.after(), said);
            if (!isIn(this.before, gone)) {
                throw new IllegalArgumentException(
                        "There is no " + named(gone) + " in the schema before, which could be renamed.");
            }
            if (!isIn(after, came)) {
                throw new IllegalArgumentException("There is no " + named(came) + " in the wanted schema, so that "
                        + named(gone) + " cannot have become it.");
            }
            names.put(gone, came);
        }
    }

    /** Where what it stands in has got another name. */
    private static FactId within(FactId id, List<Rename> renames) {
        int names = id.path().size();
        for (Rename rename : renames) {
            int outer = rename.before().path().size();
            if (outer < names && rename.before().path().equals(id.path().subList(0, outer))) {
                List<String> path = new ArrayList<>(rename.after().path());
                path.addAll(id.path().subList(outer, names));
                return new FactId(id.kind(), path);
            }
        }
        return id;
    }

    /** An enum's label stands behind the names of the enum. */
    static boolean isLabel(FactId id) {
        return id.kind() == FactKind.ENUM && id.path().size() > 2;
    }

    static FactId enumOf(FactId label) {
        return new FactId(FactKind.ENUM, label.path().subList(0, 2));
    }

    private static String named(FactId id) {
        return isLabel(id) ? "label '" + id.name() + "' of " + enumOf(id) : id.toString();
    }

    private static boolean isIn(Map<FactId, SchemaFact> facts, FactId id) {
        if (!isLabel(id)) {
            return facts.containsKey(id);
        }
        SchemaFact type = facts.get(enumOf(id));
        return type != null && TypeChanges.labels(type).contains(SqlLiteral.of(id.name()));
    }

    Map<FactId, FactId> names() {
        return names;
    }

    /** What the one schema is under the names of the other. */
    SchemaSnapshot applied(SchemaSnapshot from, SchemaSnapshot to) {
        return RenamedSnapshot.of(from, names, to);
    }

    /** The statements, in an order in which each finds its object under the name that it uses. */
    List<Statement> statements() {
        List<Statement> steps = new ArrayList<>();
        Map<FactId, FactId> rest = new LinkedHashMap<>(names);
        // What stands in a table is named by the table's new name.
        List<FactId> inOrder = rest.keySet().stream()
                .sorted((one, other) -> {
                    int depth = Integer.compare(depth(one), depth(other));
                    return depth != 0 ? depth : one.compareTo(other);
                })
                .toList();
        Map<FactId, FactId> at = new HashMap<>();
        inOrder.forEach(id -> at.put(id, within(id)));
        Set<FactId> taken = new HashSet<>(at.values());
        List<FactId> waiting = new ArrayList<>(inOrder);
        while (!waiting.isEmpty()) {
            FactId next = waiting.stream()
                    .filter(id -> depth(id) == depth(waiting.get(0)) && !taken.contains(target(id)))
                    .findFirst()
                    .orElse(null);
            if (next == null) {
                // Names go round in a circle: one of them gets another name in between.
                FactId first = waiting.get(0);
                FactId there = Objects.requireNonNull(at.get(first));
                FactId between = withName(there, BETWEEN + there.name());
                steps.add(statement(there, first, sql(first, there, between)));
                taken.remove(there);
                taken.add(between);
                at.put(first, between);
            } else {
                FactId there = Objects.requireNonNull(at.get(next));
                statements(next, there, target(next)).forEach(sql -> steps.add(statement(target(next), next, sql)));
                taken.remove(there);
                waiting.remove(next);
            }
        }
        return steps;
    }

    private Statement statement(FactId about, FactId before, String sql) {
        List<Hazard> hazards = new ArrayList<>();
        FactId relation = relation(about);
        if (relation != null) {
            hazards.add(new Hazard.Locks(relation, "ACCESS EXCLUSIVE", /* isLong= */ false));
        }
        switch (before.kind()) {
            case CONSTRAINT, INDEX, TRIGGER, POLICY, RULE -> {}
            default ->
                hazards.add(new Hazard.BreaksRunningRelease(
                        about,
                        (isLabel(before) ? "still write '" : "still use the name ")
                                + before.name()
                                + (isLabel(before) ? "'" : "")));
        }
        return new Statement(about, sql, hazards, /* irreversible= */ null);
    }

    private static @Nullable FactId relation(FactId id) {
        return switch (id.kind()) {
            case TABLE, FOREIGN_TABLE, VIEW, MATERIALIZED_VIEW -> id;
            case COLUMN, CONSTRAINT, TRIGGER, POLICY, RULE ->
                new FactId(FactKind.TABLE, id.path().subList(0, 2));
            default -> null;
        };
    }

    private FactId target(FactId id) {
        return Objects.requireNonNull(names.get(id));
    }

    private static int depth(FactId id) {
        return switch (id.kind()) {
            case COLUMN, CONSTRAINT, TRIGGER, POLICY, RULE -> 1;
            default -> isLabel(id) ? 1 : 0;
        };
    }

    /** Its old name, in what it stands in by then. */
    private FactId within(FactId id) {
        if (depth(id) == 0) {
            return id;
        }
        List<String> path = new ArrayList<>(target(id).path());
        path.set(path.size() - 1, id.name());
        return new FactId(id.kind(), path);
    }

    private static FactId withName(FactId id, String name) {
        List<String> path = new ArrayList<>(id.path());
        path.set(path.size() - (isRoutine(id) ? 2 : 1), name);
        return new FactId(id.kind(), path);
    }

    private static boolean isRoutine(FactId id) {
        return switch (id.kind()) {
            case FUNCTION, PROCEDURE, AGGREGATE -> true;
            default -> false;
        };
    }

    private List<String> statements(FactId id, FactId before, FactId after) {
        List<String> statements = new ArrayList<>();
        FactId at = before;
        if (!before.name().equals(after.name())) {
            at = withName(before, after.name());
            statements.add(sql(id, before, at));
        }
        if (depth(before) == 0 && !before.path().get(0).equals(after.path().get(0))) {
            statements.add("ALTER " + word(at.kind()) + " " + at.qualifiedName() + " SET SCHEMA "
                    + FactId.quoted(after.path().get(0)));
        }
        return statements;
    }

    private String sql(FactId id, FactId there, FactId after) {
        String name = FactId.quoted(after.name());
        FactKind in = kindOfParent(id);
        String place =
                new FactId(in, there.path().subList(0, Math.min(2, there.path().size()))).qualifiedName();
        if (isLabel(there)) {
            return "ALTER TYPE " + place + " RENAME VALUE " + SqlLiteral.of(there.name()) + " TO "
                    + SqlLiteral.of(after.name());
        }
        return switch (there.kind()) {
            case COLUMN, CONSTRAINT ->
                "ALTER " + word(in) + " " + place + " RENAME "
                        + (in == FactKind.COMPOSITE ? "ATTRIBUTE" : word(there.kind())) + " "
                        + FactId.quoted(there.name()) + " TO " + name;
            case TRIGGER, POLICY, RULE ->
                "ALTER " + word(there.kind()) + " " + FactId.quoted(there.name()) + " ON " + place + " RENAME TO "
                        + name;
            default -> "ALTER " + word(there.kind()) + " " + there.qualifiedName() + " RENAME TO " + name;
        };
    }

    private FactKind kindOfParent(FactId id) {
        SchemaFact fact = before.get(id);
        return fact == null || fact.parent() == null
                ? FactKind.TABLE
                : fact.parent().kind();
    }

    private static String word(FactKind kind) {
        return switch (kind) {
            case ENUM, RANGE, COMPOSITE -> "TYPE";
            default -> kind.toString().toUpperCase(Locale.ROOT);
        };
    }
}
