package io.mhras.migrations.schema.diff;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.Hazard;
import io.mhras.migrations.schema.SchemaDdl.Unwritten;
import io.mhras.migrations.schema.SchemaFact;
import io.mhras.migrations.schema.ddl.Creation;
import io.mhras.migrations.schema.ddl.DdlAction;
import io.mhras.migrations.schema.ddl.DdlStage;
import io.mhras.migrations.schema.ddl.SqlLiteral;
import io.mhras.migrations.schema.diff.Step.Doing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** All statements that the fates of the facts take, without an order. */
final class Steps {

    private final Fates fates;
    private final State from;
    private final List<Step> steps = new ArrayList<>();
    private final List<Unwritten> unwritten = new ArrayList<>();

    Steps(Fates fates) {
        this.fates = fates;
        this.from = fates.from();
        Set<FactId> apart = DropCircles.of(from, fates.dropped());
        fates.dropped().forEach(id -> drop(id, apart));
        fates.remadeEnums().forEach(this::remake);
        fates.altered().values().forEach(this::alter);
        make();
        TableByIndex.again(fates).forEach(steps::add);
        fates.impossible().forEach((id, why) -> unwritten.add(new Unwritten(id, id + ": " + why)));
    }

    List<Step> steps() {
        return steps;
    }

    List<Unwritten> unwritten() {
        return unwritten;
    }

    private void drop(FactId id, Set<FactId> apart) {
        SchemaFact fact = Objects.requireNonNull(from.fact(id));
        FactId parent = fact.parent();
        boolean goesWithIt =
                State.isPart(fact) && parent != null && fates.dropped().contains(parent);
        if (goesWithIt && !apart.contains(id) || goesWithColumns(fact) || goesWithPartitioned(fact)) {
            return;
        }
        Set<FactId> gone = new HashSet<>();
        addGone(id, apart, gone);
        boolean comesAgain = fates.made().contains(id);
        for (String sql : Drops.of(fact, from)) {
            steps.add(new Step(
                    Doing.DROP,
                    stage(fact),
                    id,
                    gone,
                    Set.of(),
                    Set.of(),
                    sql,
                    Drops.hazards(fact, comesAgain),
                    /* isApart= */ false,
                    Drops.lost(fact)));
        }
    }

    private void addGone(FactId id, Set<FactId> apart, Set<FactId> gone) {
        gone.add(id);
        from.descendants(id).forEach(part -> {
            if (!apart.contains(part.id())) {
                gone.add(part.id());
            }
        });
        for (FactId partition : from.dependents(id)) {
            SchemaFact fact = from.fact(partition);
            if (fact != null && fates.dropped().contains(partition) && goesWithPartitioned(fact)) {
                addGone(partition, apart, gone);
            }
        }
    }

    /** A partition of a table that goes. */
    private boolean goesWithPartitioned(SchemaFact fact) {
        return fact.attribute("partition of") != null
                && from.needs(fact.id()).stream()
                        .anyMatch(needed -> needed.kind() == FactKind.TABLE
                                && fates.dropped().contains(needed));
    }

    /** The sequence of a column that goes. */
    private boolean goesWithColumns(SchemaFact fact) {
        return fact.id().kind() == FactKind.SEQUENCE
                && fact.attribute("owned by") != null
                && from.needs(fact.id()).stream()
                        .anyMatch(needed -> needed.kind() == FactKind.COLUMN
                                && fates.dropped().contains(needed));
    }

    /** What is made late is dropped early. */
    private static DdlStage stage(SchemaFact fact) {
        return switch (fact.id().kind()) {
            case EXTENSION -> DdlStage.EXTENSION;
            case SCHEMA -> DdlStage.SCHEMA;
            case COLLATION -> DdlStage.COLLATION;
            case ENUM, RANGE, DOMAIN, COMPOSITE -> DdlStage.TYPE;
            case SEQUENCE -> DdlStage.SEQUENCE;
            case TABLE, FOREIGN_TABLE, COLLECTION -> DdlStage.TABLE;
            case VIEW, MATERIALIZED_VIEW -> DdlStage.VIEW;
            case FUNCTION, PROCEDURE, AGGREGATE -> DdlStage.ROUTINE;
            case STATISTICS -> DdlStage.STATISTICS;
            case FOREIGN_DATA_WRAPPER, SERVER, USER_MAPPING -> DdlStage.FOREIGN_SERVER;
            case PUBLICATION -> DdlStage.PUBLICATION;
            case EVENT_TRIGGER -> DdlStage.EVENT_TRIGGER;
            case DEFAULT_PRIVILEGES -> DdlStage.DEFAULT_PRIVILEGES;
            case COLUMN -> DdlStage.COLUMN;
            case DEFAULT -> DdlStage.DEFAULT;
            case CONSTRAINT -> "foreign key".equals(fact.attribute("type")) ? DdlStage.FOREIGN_KEY : DdlStage.CHECK;
            case INDEX -> DdlStage.INDEX;
            case TRIGGER, RULE -> DdlStage.TRIGGER;
            case POLICY -> DdlStage.POLICY;
            case COMMENT -> DdlStage.COMMENT;
            case OWNER -> DdlStage.OWNER;
            case GRANT -> DdlStage.GRANT;
        };
    }

    private void remake(FactId type) {
        SchemaFact after = Objects.requireNonNull(fates.to().fact(type));
        steps.add(new Step(
                Doing.CHANGE,
                DdlStage.TYPE,
                type,
                Set.of(),
                Set.of(),
                Set.of(),
                EnumRecreation.rename(type),
                List.of(),
                /* isApart= */ false,
                /* irreversible= */ null));
        steps.add(new Step(
                Doing.CHANGE,
                DdlStage.TYPE,
                type,
                Set.of(),
                Set.of(type),
                Set.of(),
                "CREATE TYPE " + type.qualifiedName() + " AS ENUM (" + after.attribute("labels") + ")",
                List.of(),
                /* isApart= */ false,
                /* irreversible= */ null));
        steps.add(new Step(
                Doing.DROP_LAST,
                DdlStage.TYPE,
                type,
                Set.of(),
                Set.of(),
                Set.of(type),
                EnumRecreation.drop(type),
                List.of(),
                /* isApart= */ false,
                /* irreversible= */ null));
    }

    private void alter(Alteration altered) {
        for (Alteration.Change change : altered.changes()) {
            steps.add(new Step(
                    Doing.CHANGE,
                    change.stage(),
                    altered.id(),
                    Set.of(),
                    Set.of(),
                    fates.to().needs(altered.id()),
                    change.sql(),
                    change.hazards(),
                    change.isApart(),
                    change.irreversible()));
        }
    }

    private void make() {
        Set<FactId> made = new HashSet<>(fates.made());
        fates.remadeEnums().forEach(type -> fates.to().descendants(type).forEach(part -> made.add(part.id())));
        Creation creation = Creation.of(fates.to().snapshot(), made);
        unwritten.addAll(creation.unwritten());
        for (DdlAction action : creation.actions()) {
            steps.add(new Step(
                    Doing.CHANGE,
                    action.stage(),
                    action.about(),
                    Set.of(),
                    action.makes(),
                    action.needs(),
                    action.sql(),
                    hazards(action),
                    /* isApart= */ false,
                    /* irreversible= */ null));
            goOn(action);
        }
    }

    /** A new sequence for a column that has values goes on after them. */
    private void goOn(DdlAction action) {
        SchemaFact sequence = fates.to().fact(action.about());
        if (sequence == null
                || action.about().kind() != FactKind.SEQUENCE
                || action.makes().isEmpty()) {
            return;
        }
        for (FactId column : fates.to().needs(sequence.id())) {
            SchemaFact fact = fates.to().fact(column);
            if (fact != null && column.kind() == FactKind.COLUMN && from.has(column)) {
                FactId table = Objects.requireNonNull(fact.parent());
                steps.add(new Step(
                        Doing.CHANGE,
                        DdlStage.DATA,
                        sequence.id(),
                        Set.of(),
                        Set.of(),
                        Set.of(sequence.id(), column),
                        "SELECT setval(" + SqlLiteral.of(sequence.id().qualifiedName()) + ", coalesce(max("
                                + FactId.quoted(column.name()) + "), 0) + 1, false) FROM " + table.qualifiedName(),
                        List.of(),
                        /* isApart= */ false,
                        /* irreversible= */ null));
            }
        }
    }

    /** What is made on a table that was there before. */
    private List<Hazard> hazards(DdlAction action) {
        SchemaFact fact = fates.to().fact(action.about());
        if (fact == null || !action.makes().contains(action.about())) {
            return List.of();
        }
        FactId parent = fact.parent();
        boolean isOnOldTable =
                parent != null && from.has(parent) && !fates.made().contains(parent);
        return isOnOldTable ? NewOnTable.hazards(fact, fates.to()) : List.of();
    }
}
