package io.mhras.migrations.schema.measure;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.report.StatementFacts.Rename;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** What a statement has changed of the objects and their files. */
record CatalogChange(Catalog before, Catalog after) {

    List<FactId> made() {
        return onlyIn(after, before);
    }

    List<FactId> dropped() {
        return onlyIn(before, after);
    }

    /** What is in one and not in the other, without what goes with its table; an index that is made anew is in both. */
    private static List<FactId> onlyIn(Catalog one, Catalog other) {
        Set<FactId> there = new HashSet<>();
        forEach(other, (key, object) -> there.add(object.id()));
        Map<String, CatalogObject> byKey = byKey(other);
        List<FactId> only = new ArrayList<>();
        forEach(one, (key, object) -> {
            CatalogObject parent = one.relations().get(object.parent());
            boolean goesWithParent = parent != null && !other.relations().containsKey(object.parent());
            if (!byKey.containsKey(key)
                    && !there.contains(object.id())
                    && !goesWithParent
                    && !object.isOfConstraint()) {
                only.add(object.id());
            }
        });
        return only.stream().sorted().toList();
    }

    /** What has another name of its own, or stands in another schema by itself. */
    List<Rename> renamed() {
        Map<String, CatalogObject> now = byKey(after);
        List<Rename> renamed = new ArrayList<>();
        forEach(before, (key, then) -> {
            CatalogObject object = now.get(key);
            if (object != null && isRenamed(then, object)) {
                renamed.add(new Rename(then.id(), object.id()));
            }
        });
        renamed.sort((one, other) -> one.before().compareTo(other.before()));
        return renamed;
    }

    private boolean isRenamed(CatalogObject then, CatalogObject now) {
        if (then.id().equals(now.id()) || then.id().kind() != now.id().kind()) {
            return false;
        }
        if (!then.id().name().equals(now.id().name())) {
            // The index of a constraint has the constraint's name.
            return !now.isOfConstraint();
        }
        return then.parent() == 0
                && !isRenamedSchema(then.id().path().get(0), now.id().path().get(0));
    }

    private boolean isRenamedSchema(String then, String now) {
        FactId schema = new FactId(FactKind.SCHEMA, List.of(then));
        return before.others().entrySet().stream()
                .filter(entry -> entry.getValue().id().equals(schema))
                .map(entry -> after.others().get(entry.getKey()))
                .anyMatch(object -> object != null && object.id().name().equals(now));
    }

    /** The oids of tables and materialized views that were there and have other files. */
    List<Long> rewritten() {
        return withOtherFiles()
                .filter(oid -> switch (idBefore(oid).kind()) {
                    case TABLE, MATERIALIZED_VIEW -> true;
                    default -> false;
                })
                .toList();
    }

    private FactId idBefore(long oid) {
        return objectBefore(oid).id();
    }

    private CatalogObject objectBefore(long oid) {
        return Objects.requireNonNull(before.relations().get(oid));
    }

    /** Indexes that have other files, though their tables have not. Some are dropped and made anew for that. */
    List<FactId> rebuilt() {
        Map<FactId, CatalogObject> then = new HashMap<>();
        before.relations().values().stream()
                .filter(object -> object.id().kind() == FactKind.INDEX)
                .forEach(index -> then.put(index.id(), index));
        Stream<FactId> underTheirNames = after.relations().values().stream()
                .filter(index -> {
                    CatalogObject old = then.get(index.id());
                    return old != null && old.file() != index.file() && !isRewritten(index.parent());
                })
                .map(CatalogObject::id);
        Stream<FactId> underOtherNames = withOtherFiles()
                .filter(oid -> idBefore(oid).kind() == FactKind.INDEX
                        && !isRewritten(objectBefore(oid).parent()))
                .map(this::idBefore);
        return Stream.concat(underTheirNames, underOtherNames)
                .distinct()
                .sorted()
                .toList();
    }

    private boolean isRewritten(long table) {
        CatalogObject then = before.relations().get(table);
        CatalogObject now = after.relations().get(table);
        return then == null || now == null || then.file() != now.file();
    }

    private Stream<Long> withOtherFiles() {
        return before.relations().entrySet().stream()
                .filter(entry -> {
                    CatalogObject now = after.relations().get(entry.getKey());
                    long file = entry.getValue().file();
                    return now != null && file != 0 && now.file() != 0 && file != now.file();
                })
                .map(Map.Entry::getKey);
    }

    private static Map<String, CatalogObject> byKey(Catalog catalog) {
        Map<String, CatalogObject> byKey = new HashMap<>();
        forEach(catalog, byKey::put);
        return byKey;
    }

    private static void forEach(Catalog catalog, BiConsumer<String, CatalogObject> consumer) {
        catalog.relations().forEach((oid, object) -> consumer.accept(oid.toString(), object));
        catalog.others().forEach(consumer);
        catalog.columns().forEach((key, column) -> consumer.accept("column " + key, column));
    }
}
