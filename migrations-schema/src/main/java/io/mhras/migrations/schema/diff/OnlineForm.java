package io.mhras.migrations.schema.diff;

import static io.mhras.migrations.schema.FactId.quoted;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.Hazard;
import io.mhras.migrations.schema.SchemaFact;
import io.mhras.migrations.schema.diff.Piece.Moment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The forms of statements that keep nobody out for long of a table that is there already, in as many transactions as it takes.
 *
 * <p>What is made in the same plan nobody uses yet, so that the plain form is right for it.
 */
final class OnlineForm {

    private static final int FOREIGN_KEYS_OF_PARTITIONED = 18;
    private static final int NOT_NULL_CONSTRAINTS = 18;
    private static final String REINDEX = "REINDEX INDEX ";
    private static final String NOT_NULL = " NOT NULL";
    private static final int LONGEST_NAME = 63;

    private static final String VALIDATION =
            "validation reads the rows while others go on, after the constraint is committed";
    private static final String BUILD = "an index is built while others go on, which no transaction can do";

    private final State from;
    private final State to;
    private final Set<FactId> dropped;
    private final Set<FactId> made;

    /** Indexes of which the old one serves until the new one is there. */
    private final Set<FactId> swapped = new HashSet<>();

    private OnlineForm(Fates fates) {
        from = fates.from();
        to = fates.to();
        dropped = fates.dropped();
        made = fates.made();
    }

    /**
     * The statements that do the work of each step.
     *
     * @param needs the places of the steps that each one needs
     */
    static List<List<Piece>> of(List<Step> steps, List<Set<Integer>> needs, Fates fates) {
        OnlineForm form = new OnlineForm(fates);
        form.findSwaps(steps, needs);
        return steps.stream().map(form::pieces).toList();
    }

    private void findSwaps(List<Step> steps, List<Set<Integer>> needs) {
        for (int i = 0; i < steps.size(); i++) {
            int place = i;
            FactId id = steps.get(i).about();
            SchemaFact fact = from.fact(id);
            SchemaFact after = to.fact(id);
            boolean isOfSameTable = fact != null && after != null && Objects.equals(fact.parent(), after.parent());
            if (isDropOfIndex(steps.get(i))
                    && fact != null
                    && isOfSameTable
                    && fact.attribute("valid") == null
                    && made.contains(id)) {
                boolean isInTheWay = IntStream.range(0, steps.size())
                        .anyMatch(other -> needs.get(other).contains(place)
                                && !steps.get(other).about().equals(id));
                if (!isInTheWay) {
                    swapped.add(id);
                }
            }
        }
    }

    private boolean isDropOfIndex(Step step) {
        SchemaFact fact = from.fact(step.about());
        return step.doing() == Step.Doing.DROP
                && step.about().kind() == FactKind.INDEX
                && fact != null
                && stays(fact.parent())
                && !isPartitioned(Objects.requireNonNull(fact.parent()));
    }

    private List<Piece> pieces(Step step) {
        SchemaFact after = to.fact(step.about());
        if (isDropOfIndex(step)) {
            return swapped.contains(step.about()) ? List.of() : List.of(dropConcurrently(step.about(), Moment.IN_TURN));
        }
        if (step.doing() == Step.Doing.CHANGE && after != null) {
            if (isOfBuiltIndex(step, after)) {
                return List.of();
            }
            return step.makes().contains(step.about())
                    ? making(after, step.sql(), step.hazards())
                    : altering(step.about(), step.sql(), step.hazards());
        }
        return List.of(Piece.plain(step.sql(), step.hazards()));
    }

    /** The index that a constraint takes over has been built with its options. */
    private boolean isOfBuiltIndex(Step step, SchemaFact fact) {
        return fact.id().kind() == FactKind.CONSTRAINT
                && made.contains(fact.id())
                && stays(fact.parent())
                && takesAnIndex(fact)
                && step.sql().endsWith(" SET (" + fact.attribute("index options") + ")");
    }

    /** Whether it is there when the plan begins, and stays. */
    private boolean stays(@Nullable FactId relation) {
        return relation != null && from.has(relation) && !dropped.contains(relation) && !made.contains(relation);
    }

    private List<Piece> making(SchemaFact fact, String sql, List<Hazard> hazards) {
        FactId table = fact.parent();
        if (table != null && stays(table)) {
            if (fact.id().kind() == FactKind.INDEX && sql.startsWith("CREATE ")) {
                return isPartitioned(table) ? onPartitions(fact, sql) : index(fact, sql);
            }
            if (fact.id().kind() == FactKind.COLUMN && sql.endsWith(NOT_NULL)) {
                return column(fact, table, sql, hazards);
            }
            if (fact.id().kind() == FactKind.CONSTRAINT && sql.contains(" ADD CONSTRAINT ")) {
                return constraint(fact, table, sql, hazards);
            }
        }
        return List.of(Piece.plain(sql, hazards));
    }

    /** Between the two its values can be written. */
    private List<Piece> column(SchemaFact column, FactId table, String sql, List<Hazard> hazards) {
        boolean mayHaveNone = hazards.stream().anyMatch(Hazard.Gap.class::isInstance);
        if (!mayHaveNone || table.kind() != FactKind.TABLE) {
            return List.of(Piece.plain(sql, hazards));
        }
        List<Piece> pieces = new ArrayList<>();
        pieces.add(Piece.plain(
                sql.substring(0, sql.length() - NOT_NULL.length()),
                List.of(new Hazard.Locks(table, "ACCESS EXCLUSIVE", /* isLong= */ false))));
        pieces.addAll(notNull(
                column,
                "ALTER TABLE " + table.qualifiedName() + " ALTER COLUMN "
                        + quoted(column.id().name()) + " SET NOT NULL",
                hazards));
        return pieces;
    }

    private boolean isPartitioned(FactId table) {
        SchemaFact fact = to.fact(table);
        return fact != null && fact.attribute("partition by") != null;
    }

    private List<Piece> index(SchemaFact index, String sql) {
        Piece build = Piece.apart(
                Moment.IN_TURN,
                concurrently(sql),
                BUILD,
                new Hazard.Slow(index.id(), index.id() + " is built concurrently"));
        if (!swapped.contains(index.id())) {
            return List.of(build);
        }
        FactId old = new FactId(
                FactKind.INDEX, List.of(index.id().path().get(0), cut(index.id().name(), "_old")));
        return List.of(
                Piece.apart(
                        Moment.IN_TURN,
                        "ALTER INDEX " + index.id().qualifiedName() + " RENAME TO " + quoted(old.name()),
                        "an index is replaced while others go on, which no transaction can do"),
                build,
                dropConcurrently(old, Moment.LATER));
    }

    private static String concurrently(String sql) {
        return sql.replaceFirst("^CREATE (UNIQUE )?INDEX ", "CREATE $1INDEX CONCURRENTLY ");
    }

    /** The parent's is not valid before it has the indexes of all partitions. */
    private List<Piece> onPartitions(SchemaFact index, String sql) {
        FactId table = Objects.requireNonNull(index.parent());
        String using = sql.substring(sql.indexOf(" USING "));
        String create = sql.startsWith("CREATE UNIQUE") ? "CREATE UNIQUE INDEX " : "CREATE INDEX ";
        List<Piece> parents = new ArrayList<>();
        List<Piece> builds = new ArrayList<>();
        List<Piece> attached = new ArrayList<>();
        parents.add(Piece.plain(
                create + quoted(index.id().name()) + " ON ONLY " + table.qualifiedName() + using,
                List.of(new Hazard.Locks(table, "SHARE", /* isLong= */ false))));
        addPartitions(index.id(), table, create, using, parents, builds, attached);
        parents.addAll(builds);
        parents.addAll(attached);
        return parents;
    }

    private void addPartitions(
            FactId index,
            FactId table,
            String create,
            String using,
            List<Piece> parents,
            List<Piece> builds,
            List<Piece> attached) {
        for (FactId partition : partitions(table)) {
            FactId its = new FactId(
                    FactKind.INDEX, List.of(partition.path().get(0), cut(partition.name() + "_" + index.name(), "")));
            if (isPartitioned(partition)) {
                parents.add(Piece.plain(
                        create + quoted(its.name()) + " ON ONLY " + partition.qualifiedName() + using, List.of()));
                addPartitions(its, partition, create, using, parents, builds, attached);
            } else {
                builds.add(Piece.apart(
                        Moment.IN_TURN,
                        concurrently(create + quoted(its.name()) + " ON " + partition.qualifiedName() + using),
                        BUILD,
                        new Hazard.Slow(its, its + " is built concurrently")));
            }
            attached.add(Piece.plain(
                    "ALTER INDEX " + index.qualifiedName() + " ATTACH PARTITION " + its.qualifiedName(), List.of()));
        }
    }

    /** Those that stay; a new one gets its part of the index when it is made. */
    private Stream<FactId> partitionsOf(FactId table) {
        return to.dependents(table).stream()
                .filter(id -> id.kind() == FactKind.TABLE && stays(id))
                .filter(id -> {
                    SchemaFact fact = to.fact(id);
                    return fact != null && fact.attribute("partition of") != null;
                });
    }

    private List<FactId> partitions(FactId table) {
        return partitionsOf(table).sorted().toList();
    }

    private List<Piece> constraint(SchemaFact constraint, FactId table, String sql, List<Hazard> hazards) {
        String definition = String.valueOf(constraint.attribute("definition"));
        boolean isSettled = definition.contains(" NOT VALID") || definition.contains(" NOT ENFORCED");
        boolean isPartitioned = isPartitioned(table);
        return switch (String.valueOf(constraint.attribute("type"))) {
            case "foreign key" ->
                isSettled || isPartitioned && from.snapshot().majorVersion() < FOREIGN_KEYS_OF_PARTITIONED
                        ? List.of(Piece.plain(sql, hazards))
                        : validated(constraint, table, sql, hazards, "SHARE ROW EXCLUSIVE");
            case "check" ->
                isSettled || table.kind() == FactKind.FOREIGN_TABLE || table.kind() == FactKind.DOMAIN
                        ? List.of(Piece.plain(sql, hazards))
                        : validated(constraint, table, sql, hazards, "ACCESS EXCLUSIVE");
            case "primary key", "unique" -> key(constraint, table, sql, definition, hazards);
            default -> List.of(Piece.plain(sql, hazards));
        };
    }

    private static List<Piece> validated(
            SchemaFact constraint, FactId table, String sql, List<Hazard> hazards, String lock) {
        List<Hazard> early = new ArrayList<>();
        early.add(new Hazard.Locks(table, lock, /* isLong= */ false));
        hazards.stream().filter(OnlineForm::isOfTheRelease).forEach(early::add);
        List<Hazard> late = new ArrayList<>();
        late.add(new Hazard.Locks(table, "SHARE UPDATE EXCLUSIVE", /* isLong= */ true));
        hazards.stream().filter(Hazard.MayFail.class::isInstance).forEach(late::add);
        return List.of(
                Piece.plain(sql + " NOT VALID", early),
                new Piece(
                        "ALTER TABLE " + table.qualifiedName() + " VALIDATE CONSTRAINT "
                                + quoted(constraint.id().name()),
                        late,
                        /* isTransactional= */ true,
                        Moment.LATER,
                        VALIDATION));
    }

    private static boolean isOfRows(Hazard hazard) {
        return hazard instanceof Hazard.MayFail || hazard instanceof Hazard.Gap;
    }

    private static boolean isOfTheRelease(Hazard hazard) {
        return hazard instanceof Hazard.BreaksRunningRelease;
    }

    /** The index is built first, and the constraint takes it over. */
    private List<Piece> key(SchemaFact constraint, FactId table, String sql, String definition, List<Hazard> hazards) {
        if (!takesAnIndex(constraint)) {
            return List.of(Piece.plain(sql, hazards));
        }
        int open = definition.indexOf('(');
        String head = definition.substring(0, open).strip();
        int end = end(definition, definition.indexOf(" INCLUDE (") > 0 ? definition.indexOf(" INCLUDE (") : open);
        String name = constraint.id().name();
        FactId index = new FactId(FactKind.INDEX, List.of(table.path().get(0), name));
        String built = from.has(constraint.id()) || from.has(index) ? cut(name, "_new") : name;
        String options = constraint.attribute("index options");
        String create = "CREATE UNIQUE INDEX CONCURRENTLY " + quoted(built) + " ON " + table.qualifiedName() + " "
                + definition.substring(open, end)
                + (head.endsWith("NULLS NOT DISTINCT") ? " NULLS NOT DISTINCT" : "")
                + (options == null ? "" : " WITH (" + options + ")");
        List<Hazard> late = new ArrayList<>();
        late.add(new Hazard.Locks(table, "ACCESS EXCLUSIVE", /* isLong= */ false));
        hazards.stream().filter(OnlineForm::isOfTheRelease).forEach(late::add);
        List<Hazard> early = new ArrayList<>();
        early.add(new Hazard.Slow(constraint.id(), "the index of " + constraint.id() + " is built concurrently"));
        hazards.stream().filter(Hazard.MayFail.class::isInstance).forEach(early::add);
        return List.of(
                Piece.apart(Moment.EARLY, create, BUILD, early.toArray(Hazard[]::new)),
                Piece.plain(
                        "ALTER TABLE " + table.qualifiedName() + " ADD CONSTRAINT " + quoted(name) + " "
                                + (head.equals("PRIMARY KEY") ? head : "UNIQUE") + " USING INDEX " + quoted(built)
                                + definition.substring(end),
                        late));
    }

    private boolean takesAnIndex(SchemaFact constraint) {
        String definition = String.valueOf(constraint.attribute("definition"));
        return (definition.startsWith("PRIMARY KEY (") || definition.startsWith("UNIQUE "))
                && !definition.contains(" WITHOUT OVERLAPS")
                && !isPartitioned(Objects.requireNonNull(constraint.parent()));
    }

    /** Where the parentheses end that begin there or after. */
    private static int end(String text, int start) {
        int depth = 0;
        boolean isQuoted = false;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                isQuoted = !isQuoted;
            } else if (!isQuoted && c == '(') {
                depth++;
            } else if (!isQuoted && c == ')' && --depth == 0) {
                return i + 1;
            }
        }
        return text.length();
    }

    private static String cut(String name, String end) {
        return name.substring(0, Math.min(name.length(), LONGEST_NAME - end.length())) + end;
    }

    private static Piece dropConcurrently(FactId index, Moment moment) {
        return Piece.apart(
                moment,
                "DROP INDEX CONCURRENTLY " + index.qualifiedName(),
                "an index is dropped while others go on, which no transaction can do");
    }

    private List<Piece> altering(FactId id, String sql, List<Hazard> hazards) {
        if (id.kind() == FactKind.COLUMN && sql.endsWith(" SET NOT NULL")) {
            SchemaFact column = Objects.requireNonNull(to.fact(id));
            SchemaFact before = Objects.requireNonNull(from.fact(id));
            if (stays(column.parent()) && before.attribute("not null") == null) {
                return notNull(column, sql, hazards);
            }
        }
        if (sql.startsWith(REINDEX)) {
            return List.of(Piece.apart(
                    Moment.IN_TURN,
                    sql.replaceFirst(REINDEX, REINDEX + "CONCURRENTLY "),
                    BUILD,
                    new Hazard.Slow(id, id + " is built concurrently")));
        }
        if (id.kind() == FactKind.TABLE && sql.contains(" DETACH PARTITION ")) {
            return new Detachment(from, to).of(id, sql, hazards);
        }
        return List.of(Piece.plain(sql, hazards));
    }

    private List<Piece> notNull(SchemaFact column, String sql, List<Hazard> hazards) {
        FactId table = Objects.requireNonNull(column.parent());
        String alter = "ALTER TABLE " + table.qualifiedName() + " ";
        String name = quoted(column.id().name());
        String constraint = quoted(cut(table.name() + "_" + column.id().name(), "_not_null"));
        boolean isItself = from.snapshot().majorVersion() >= NOT_NULL_CONSTRAINTS;
        List<Hazard> early = new ArrayList<>(List.of(new Hazard.Locks(table, "ACCESS EXCLUSIVE", /* isLong= */ false)));
        hazards.stream().filter(OnlineForm::isOfTheRelease).forEach(early::add);
        List<Hazard> late =
                new ArrayList<>(List.of(new Hazard.Locks(table, "SHARE UPDATE EXCLUSIVE", /* isLong= */ true)));
        hazards.stream().filter(OnlineForm::isOfRows).forEach(late::add);
        List<Piece> pieces = new ArrayList<>();
        pieces.add(Piece.plain(
                alter + "ADD CONSTRAINT " + constraint
                        + (isItself ? " NOT NULL " + name : " CHECK (" + name + " IS NOT NULL)") + " NOT VALID",
                early));
        pieces.add(new Piece(
                alter + "VALIDATE CONSTRAINT " + constraint,
                late,
                /* isTransactional= */ true,
                Moment.IN_TURN,
                VALIDATION));
        if (!isItself) {
            Hazard brief = new Hazard.Locks(table, "ACCESS EXCLUSIVE", /* isLong= */ false);
            // The server does not read the rows again, since the check tells it.
            pieces.add(Piece.plain(sql, List.of(brief)));
            pieces.add(Piece.plain(alter + "DROP CONSTRAINT " + constraint, List.of(brief)));
        }
        return pieces;
    }
}
