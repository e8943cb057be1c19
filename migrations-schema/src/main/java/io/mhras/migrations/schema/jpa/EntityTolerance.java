package io.mhras.migrations.schema.jpa;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.SchemaFact;
import io.mhras.migrations.schema.SchemaSnapshot;
import io.mhras.migrations.schema.report.EntityRemark;
import io.mhras.migrations.schema.report.EntityRemark.Weight;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What entities want of a schema that is there: all that they say, and all else as it is.
 *
 * <p>What an existing schema may do differently without being wrong stays as well.
 *
 * @param wanted the schema that there should be
 * @param remarks what no statement settles
 * @param indexes those that foreign keys should have, and that no entity asks for
 * @param leftAlone how many objects there are that entities cannot say, by kind
 */
public record EntityTolerance(
        SchemaSnapshot wanted, List<EntityRemark> remarks, List<SchemaFact> indexes, Map<FactKind, Long> leftAlone) {

    private static final Set<FactKind> UNSAYABLE = EnumSet.of(
            FactKind.TABLE,
            FactKind.VIEW,
            FactKind.MATERIALIZED_VIEW,
            FactKind.COLUMN,
            FactKind.CONSTRAINT,
            FactKind.INDEX,
            FactKind.TRIGGER,
            FactKind.RULE,
            FactKind.POLICY);

    private static final Set<FactKind> INSTEAD_OF_TABLES =
            EnumSet.of(FactKind.VIEW, FactKind.MATERIALIZED_VIEW, FactKind.FOREIGN_TABLE);

    /**
     * Compares.
     *
     * @param there the schema that the migrations make
     * @param entities the schema that Hibernate would make, on a server of the same version
     * @param drops columns and tables that no entity has and that may go, by name, with their table and schema or without
     */
    public static EntityTolerance of(SchemaSnapshot there, SchemaSnapshot entities, Set<String> drops) {
        WantedFacts wanted = new WantedFacts(there, entities);
        EnumTypes enums = new EnumTypes(wanted);
        wanted.asked(FactKind.SCHEMA).stream()
                .filter(schema -> !wanted.isWanted(schema.id()))
                .forEach(wanted::add);
        List<KeyComparison> keys = new ArrayList<>();
        for (SchemaFact table : wanted.asked(FactKind.TABLE)) {
            if (isSomethingElse(table.id(), wanted)) {
                continue;
            }
            boolean isNew = !wanted.before().containsKey(table.id());
            KeyComparison ofTable = new KeyComparison(wanted, table.id(), isNew);
            keys.add(ofTable);
            if (isNew) {
                addTable(table, wanted);
            } else {
                wanted.same(table.id(), table.id());
                new ColumnComparison(wanted, enums, table.id()).compare();
            }
            new CheckComparison(wanted, table.id()).compare();
            ofTable.ownKeys();
        }
        keys.forEach(KeyComparison::foreignKeys);
        enums.addMissing();
        sequences(wanted);
        views(wanted);
        comments(wanted);
        drop(drops, wanted);
        List<SchemaFact> indexes = keys.stream()
                .flatMap(key -> key.unindexed().stream())
                .map(ForeignKeyIndex::index)
                .toList();
        return new EntityTolerance(wanted.snapshot(), wanted.remarks(), indexes, wanted.leftAlone(UNSAYABLE));
    }

    /** The same with an index for each foreign key that has none. */
    public EntityTolerance withIndexes() {
        List<SchemaFact> facts = new ArrayList<>(wanted.facts());
        facts.addAll(indexes);
        facts.sort(Comparator.comparing(SchemaFact::id));
        return new EntityTolerance(
                new SchemaSnapshot(
                        wanted.majorVersion(), facts, wanted.edges(), wanted.unread(), wanted.gaps(), wanted.leftOut()),
                remarks,
                List.of(),
                leftAlone);
    }

    /** An entity may be mapped to a view. */
    private static boolean isSomethingElse(FactId table, WantedFacts wanted) {
        return INSTEAD_OF_TABLES.stream()
                .map(kind -> new FactId(kind, table.path()))
                .filter(wanted.before()::containsKey)
                .peek(found -> {
                    wanted.same(table, found);
                    wanted.remark(
                            Weight.NOTE,
                            found,
                            "an entity reads this " + found.kind() + "; its columns are not compared.");
                })
                .findFirst()
                .isPresent();
    }

    private static void addTable(SchemaFact table, WantedFacts wanted) {
        wanted.add(table);
        for (SchemaFact column : wanted.asked(FactKind.COLUMN, table.id())) {
            wanted.addColumn(column, column.position());
            wanted.asked(FactKind.DEFAULT, column.id()).forEach(wanted::add);
            if ("oid".equals(column.attribute("type"))) {
                wanted.remark(
                        Weight.WARNING,
                        column.id(),
                        "@Lob makes a large object (oid), whose contents stay when the row is deleted. Leave @Lob out,"
                                + " or annotate with @JdbcTypeCode(SqlTypes.LONG32VARCHAR), for bytes LONG32VARBINARY.");
            }
        }
    }

    private static void sequences(WantedFacts wanted) {
        for (SchemaFact asks : wanted.asked(FactKind.SEQUENCE)) {
            SchemaFact has = wanted.before().get(asks.id());
            if (has == null) {
                wanted.add(asks);
                continue;
            }
            wanted.same(asks.id(), has.id());
            String step = Objects.requireNonNullElse(asks.attribute("increment"), "1");
            String now = Objects.requireNonNullElse(has.attribute("increment"), "1");
            if (!step.equals(now)) {
                wanted.remark(
                        Weight.UNDECIDED,
                        has.id(),
                        "it counts by " + now + ", and the entity takes " + step
                                + " ids at a time: two instances would give out the same. Either write allocationSize = "
                                + now + " in @SequenceGenerator; or, while nobody inserts, ALTER SEQUENCE "
                                + has.id().qualifiedName() + " INCREMENT BY " + step
                                + " and set it " + step + " past the greatest id.");
            }
        }
    }

    private static void views(WantedFacts wanted) {
        for (SchemaFact view : wanted.asked(FactKind.VIEW)) {
            if (wanted.before().containsKey(view.id())) {
                wanted.same(view.id(), view.id());
            } else {
                wanted.add(view);
                wanted.asked(FactKind.COLUMN, view.id()).forEach(wanted::add);
            }
        }
    }

    private static void comments(WantedFacts wanted) {
        for (SchemaFact comment : wanted.asked(FactKind.COMMENT)) {
            FactId about = comment.parent();
            if (about == null || about.kind() == FactKind.SCHEMA || !wanted.isWanted(about)) {
                continue;
            }
            SchemaFact has = wanted.before().get(comment.id());
            if (has == null) {
                wanted.add(comment);
            } else if (!has.attributes().equals(comment.attributes())) {
                wanted.change(has.id(), comment.id(), comment.attributes());
            }
        }
    }

    private static void drop(Set<String> names, WantedFacts wanted) {
        if (names.isEmpty()) {
            return;
        }
        Set<FactId> gone = wanted.before().keySet().stream()
                .filter(id -> (id.kind() == FactKind.TABLE || id.kind() == FactKind.COLUMN)
                        && !wanted.isCounterpart(id)
                        && isNamed(id, names))
                .collect(Collectors.toSet());
        gone.forEach(id -> {
            wanted.dependents(id).forEach(wanted::remove);
            wanted.remove(id);
        });
    }

    private static boolean isNamed(FactId id, Set<String> names) {
        String qualified = id.qualifiedName();
        return names.contains(qualified) || names.contains(qualified.substring(qualified.indexOf('.') + 1));
    }
}
