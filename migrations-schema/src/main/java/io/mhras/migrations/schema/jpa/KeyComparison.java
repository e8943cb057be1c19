package io.mhras.migrations.schema.jpa;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.SchemaFact;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Keys and indexes of a table: found by what they are, whatever they are called. New ones get names as the server gives. */
final class KeyComparison {

    private static final String DEFINITION = "definition";
    private static final Pattern ON_DELETE = Pattern.compile(" ON DELETE [A-Z]+(?: [A-Z]+)?");

    private final WantedFacts wanted;
    private final FactId table;
    private final boolean isNew;

    KeyComparison(WantedFacts wanted, FactId table, boolean isNew) {
        this.wanted = wanted;
        this.table = table;
        this.isNew = isNew;
    }

    private record Key(SchemaFact fact, KeyText text) {

        static Key of(SchemaFact fact) {
            return new Key(fact, KeyText.of(Objects.requireNonNullElse(fact.attribute(DEFINITION), "")));
        }

        boolean is(String type) {
            return type.equals(fact.attribute("type"));
        }
    }

    /** Primary and unique keys, which foreign keys of other tables need. */
    void ownKeys() {
        for (Key asks : asked("primary key")) {
            primaryKey(asks);
        }
        for (Key asks : asked("unique")) {
            find(there().filter(has -> has.text().isUnique()
                            && has.text().isPlain()
                            && has.text().hasTheColumnsOf(asks.text())))
                    .ifPresentOrElse(has -> same(asks, has), () -> add(asks, "key"));
        }
        indexes();
    }

    private void primaryKey(Key asks) {
        Optional<Key> has = find(there().filter(key -> key.is("primary key")));
        if (has.isEmpty()) {
            add(asks, "pkey");
            return;
        }
        // That of a partitioned table has to have the columns that it is partitioned by.
        boolean isOfParts = Optional.ofNullable(wanted.before().get(table))
                        .map(fact -> fact.attribute("partition by"))
                        .isPresent()
                && has.get().text().columns().containsAll(asks.text().columns());
        if (isOfParts || has.get().text().hasTheColumnsOf(asks.text())) {
            same(asks, has.get());
        } else {
            wanted.change(
                    has.get().fact().id(),
                    asks.fact().id(),
                    Map.of(DEFINITION, asks.text().text()));
        }
    }

    private void indexes() {
        for (SchemaFact index : wanted.asked(FactKind.INDEX, table)) {
            Key asks = Key.of(index);
            Optional<Key> namesake = find(there().filter(has -> has.fact().id().equals(index.id())));
            Optional<Key> has = namesake.isPresent() && isAsGood(namesake.get(), asks)
                    ? namesake
                    : find(there().filter(key -> key.text().isPlain() && isAsGood(key, asks)));
            if (has.isPresent()) {
                same(asks, has.get());
            } else if (namesake.isPresent()) {
                wanted.change(
                        index.id(), index.id(), Map.of(DEFINITION, asks.text().text()));
            } else {
                add(asks, "idx");
            }
        }
    }

    /** What it has beyond the keys, a condition or further columns, an entity cannot say. */
    private static boolean isAsGood(Key has, Key asks) {
        return has.text().keys().equals(asks.text().keys())
                && (has.text().isUnique() || !asks.text().isUnique());
    }

    void foreignKeys() {
        for (Key asks : asked("foreign key")) {
            Optional<Key> has = find(there().filter(key -> key.text().relatesAs(asks.text())));
            if (has.isEmpty()) {
                add(asks, "fkey");
            } else {
                same(asks, has.get());
                String action = action(asks);
                if (!action.isEmpty() && !action.equals(action(has.get()))) {
                    wanted.change(
                            has.get().fact().id(),
                            asks.fact().id(),
                            Map.of(DEFINITION, asks.text().text()));
                }
            }
        }
    }

    private static String action(Key key) {
        return ON_DELETE
                .matcher(key.text().text())
                .results()
                .map(found -> found.group())
                .findFirst()
                .orElse("");
    }

    /** The foreign keys by which no index finds the rows, as when what they point to is deleted. */
    List<ForeignKeyIndex> unindexed() {
        List<ForeignKeyIndex> unindexed = new ArrayList<>();
        for (Key asks : asked("foreign key")) {
            boolean isFound = Stream.of(FactKind.CONSTRAINT, FactKind.INDEX)
                    .flatMap(kind -> wanted.wanted(kind, table).stream())
                    .map(Key::of)
                    .filter(key ->
                            key.fact().id().kind() == FactKind.INDEX || key.is("primary key") || key.is("unique"))
                    .anyMatch(key -> key.text().finds(asks.text().columns()));
            boolean isNewKey = find(there().filter(key -> key.text().relatesAs(asks.text())))
                    .isEmpty();
            if (!isFound && isNewKey) {
                unindexed.add(ForeignKeyIndex.of(table, asks.text().columns(), this::isTaken));
            }
        }
        return unindexed;
    }

    private void same(Key asks, Key has) {
        wanted.same(asks.fact().id(), has.fact().id());
    }

    private void add(Key asks, String label) {
        FactId id = asks.fact().id();
        String name = id.name();
        if (ServerName.isHash(name) || isTaken(name)) {
            name = ServerName.of(table.name(), asks.text().columns(), label, this::isTaken);
        }
        List<String> path = new ArrayList<>(id.path());
        path.set(path.size() - 1, name);
        Map<String, String> attributes = new LinkedHashMap<>(asks.fact().attributes());
        if (id.kind() == FactKind.INDEX) {
            // The name of an index stands in its text.
            attributes.put(
                    DEFINITION,
                    asks.text()
                            .text()
                            .replaceFirst(
                                    "INDEX " + Pattern.quote(FactId.quoted(id.name())) + " ON ",
                                    "INDEX " + Matcher.quoteReplacement(FactId.quoted(name)) + " ON "));
        }
        wanted.add(asks.fact(), new FactId(id.kind(), path), 0, attributes);
    }

    /** Names of constraints are a table's, names of indexes and of the keys that have one are a schema's. */
    private boolean isTaken(String name) {
        String schema = table.path().get(0);
        return wanted.isWanted(new FactId(FactKind.CONSTRAINT, List.of(schema, table.name(), name)))
                || wanted.isWanted(new FactId(FactKind.INDEX, List.of(schema, name)))
                || wanted.isWanted(new FactId(FactKind.TABLE, List.of(schema, name)));
    }

    private static Optional<Key> find(Stream<Key> keys) {
        return keys.findFirst();
    }

    private List<Key> asked(String type) {
        return wanted.asked(FactKind.CONSTRAINT, table).stream()
                .map(Key::of)
                .filter(key -> key.is(type))
                .toList();
    }

    private Stream<Key> there() {
        return isNew
                ? Stream.empty()
                : Stream.of(FactKind.CONSTRAINT, FactKind.INDEX)
                        .flatMap(kind -> wanted.before(kind, table).stream())
                        .map(Key::of);
    }
}
