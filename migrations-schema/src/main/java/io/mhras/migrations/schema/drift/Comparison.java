package io.mhras.migrations.schema.drift;

import io.mhras.migrations.schema.DiffOptions;
import io.mhras.migrations.schema.DiffOptions.Drops;
import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.Reload;
import io.mhras.migrations.schema.SchemaDdl;
import io.mhras.migrations.schema.SchemaDifference;
import io.mhras.migrations.schema.SchemaFact;
import io.mhras.migrations.schema.SchemaGap;
import io.mhras.migrations.schema.SchemaPlan;
import io.mhras.migrations.schema.SchemaSnapshot;
import io.mhras.migrations.schema.diff.Planner;
import io.mhras.migrations.schema.report.DriftReport;
import io.mhras.migrations.schema.report.DriftReport.Difference;
import io.mhras.migrations.schema.report.DriftReport.Statements;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Two schemas, of the database and of a scratch database with its migrations.
 *
 * @param live the database's
 * @param byMigrations what the migrations make
 * @param applied the migrations
 * @param reload tells whether two texts say the same
 */
public record Comparison(SchemaSnapshot live, SchemaSnapshot byMigrations, AppliedScripts applied, Reload reload) {

    private static final String VERSION = "(version)";
    private static final DiffOptions PLAIN =
            DiffOptions.DEFAULT.offline().with(Drops.ALL).withoutQuestions();

    /** @param notes what is known already */
    public DriftReport report(List<String> notes, String database) {
        List<SchemaDifference> found = byMigrations.differencesTo(live, reload);
        NavigableMap<FactId, SchemaFact> made = byMigrations.byId();
        NavigableMap<FactId, SchemaFact> there = live.byId();
        Set<FactId> oneSided = found.stream()
                .filter(one -> !(one instanceof SchemaDifference.Changed))
                .map(SchemaDifference::id)
                .collect(Collectors.toCollection(HashSet::new));
        List<SchemaDifference> outermost = found.stream()
                .filter(one -> !isInOneOf(oneSided, one.id(), there, made))
                .toList();
        Causes causes = new Causes(applied, outermost);
        List<Difference> differences = new ArrayList<>();
        for (SchemaDifference one : outermost) {
            SchemaFact inDatabase = there.get(one.id());
            SchemaFact wanted = made.get(one.id());
            differences.add(new Difference(
                    object(Objects.requireNonNullElse(inDatabase, wanted), there, made),
                    one.id(),
                    one instanceof SchemaDifference.Removed ? null : inDatabase,
                    one instanceof SchemaDifference.Added ? null : wanted,
                    causes.of(one)));
        }
        differences.sort(Comparator.comparing(Difference::object).thenComparing(Difference::id));
        List<String> all = new ArrayList<>(notes);
        applied.unfinished()
                .forEach(one -> all.add(one.title() + " " + one.doubt()
                        + ": what it did until then is in the database, and was not compared with."));
        all.addAll(columnOrders(there, made));
        all.addAll(extensionVersions(there, made));
        all.addAll(unseen());
        return new DriftReport(
                database,
                live.majorVersion(),
                applied.applied().size(),
                differences,
                all,
                statements(byMigrations, live),
                statements(live, byMigrations));
    }

    /** They are proposed to somebody who reads them. */
    private Statements statements(SchemaSnapshot from, SchemaSnapshot to) {
        SchemaPlan plan = Planner.plan(from, to, PLAIN, reload);
        return new Statements(
                plan.statements().map(SchemaPlan.Statement::sql).toList(),
                plan.unwritten().stream().map(SchemaDdl.Unwritten::what).toList());
    }

    /** Whether what it stands in is on one side only, too. */
    private static boolean isInOneOf(
            Set<FactId> oneSided, FactId id, Map<FactId, SchemaFact> there, Map<FactId, SchemaFact> made) {
        SchemaFact fact = Objects.requireNonNullElseGet(there.get(id), () -> Objects.requireNonNull(made.get(id)));
        FactId parent = fact.parent();
        return parent != null && oneSided.contains(parent);
    }

    private static FactId object(SchemaFact fact, Map<FactId, SchemaFact> there, Map<FactId, SchemaFact> made) {
        SchemaFact at = fact;
        while (at.parent() != null && at.parent().kind() != FactKind.SCHEMA) {
            FactId parent = at.parent();
            SchemaFact next = there.containsKey(parent) ? there.get(parent) : made.get(parent);
            if (next == null) {
                return parent;
            }
            at = next;
        }
        return at.id();
    }

    /** It cannot be changed, and seldom matters. */
    private static List<String> columnOrders(Map<FactId, SchemaFact> there, Map<FactId, SchemaFact> made) {
        Map<FactId, List<String>> inDatabase = columns(there, made.keySet());
        Map<FactId, List<String>> wanted = columns(made, there.keySet());
        List<String> notes = new ArrayList<>();
        inDatabase.forEach((table, columns) -> {
            List<String> others = wanted.getOrDefault(table, List.of());
            if (!columns.equals(others)) {
                notes.add("The columns of " + table + " stand in another order: "
                        + String.join(", ", columns) + " in the database, " + String.join(", ", others)
                        + " by the migrations.");
            }
        });
        return notes;
    }

    private static Map<FactId, List<String>> columns(Map<FactId, SchemaFact> facts, Set<FactId> alsoIn) {
        Map<FactId, List<SchemaFact>> byTable = new TreeMap<>();
        facts.values().stream()
                .filter(fact -> fact.id().kind() == FactKind.COLUMN && alsoIn.contains(fact.id()))
                .forEach(fact -> byTable.computeIfAbsent(
                                Objects.requireNonNull(fact.parent()), table -> new ArrayList<>())
                        .add(fact));
        Map<FactId, List<String>> names = new TreeMap<>();
        byTable.forEach((table, columns) -> names.put(
                table,
                columns.stream()
                        .sorted(Comparator.comparingInt(SchemaFact::position))
                        .map(fact -> fact.id().name())
                        .toList()));
        return names;
    }

    private static List<String> extensionVersions(Map<FactId, SchemaFact> there, Map<FactId, SchemaFact> made) {
        List<String> notes = new ArrayList<>();
        there.forEach((id, fact) -> {
            SchemaFact wanted = made.get(id);
            if (id.kind() == FactKind.EXTENSION
                    && wanted != null
                    && !Objects.equals(fact.attribute(VERSION), wanted.attribute(VERSION))) {
                notes.add("The " + id + " is of version " + fact.attribute(VERSION) + " in the database, and of "
                        + wanted.attribute(VERSION) + " by the migrations; 'ALTER EXTENSION " + id.qualifiedName()
                        + " UPDATE' brings it to the server's newest.");
            }
        });
        return notes;
    }

    private List<String> unseen() {
        List<String> notes = new ArrayList<>();
        for (SchemaGap gap : live.gaps()) {
            notes.add("The user may not read " + gap.what() + " (" + gap.why() + "): they were not compared.");
        }
        new TreeMap<>(live.unread())
                .forEach((kind, number) ->
                        notes.add(number + " " + kind + " in the database are of a kind that is not read."));
        live.leftOut().forEach(left -> notes.add("Left out: " + left + "."));
        return notes;
    }
}
