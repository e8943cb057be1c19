package io.mhras.migrations.schema.jpa;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.SchemaFact;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The checks of a table. */
final class CheckComparison {

    private static final String DEFINITION = "definition";

    private final WantedFacts wanted;
    private final FactId table;

    CheckComparison(WantedFacts wanted, FactId table) {
        this.wanted = wanted;
        this.table = table;
    }

    void compare() {
        for (SchemaFact asks : wanted.asked(FactKind.CONSTRAINT, table)) {
            if ("check".equals(asks.attribute("type"))) {
                ValueCheck values = ValueCheck.of(definition(asks));
                if (values != null) {
                    values(asks, values);
                } else {
                    condition(asks);
                }
            }
        }
    }

    /** The constants of an enum, or the classes of a hierarchy. */
    private void values(SchemaFact asks, ValueCheck values) {
        boolean isFound = false;
        for (SchemaFact has : wanted.before(FactKind.CONSTRAINT, table)) {
            ValueCheck there = ValueCheck.of(definition(has));
            if (there != null && there.column().equals(values.column())) {
                isFound = true;
                wanted.same(asks.id(), has.id());
                List<String> missing = there.missing(values);
                if (!missing.isEmpty()) {
                    wanted.change(
                            has.id(),
                            asks.id(),
                            Map.of(DEFINITION, there.with(missing).definition()));
                }
            }
        }
        List<String> column = new ArrayList<>(table.path());
        column.add(values.column());
        if (!isFound && !wanted.before().containsKey(new FactId(FactKind.COLUMN, column))) {
            add(asks, values.definition());
        }
    }

    private void condition(SchemaFact asks) {
        SqlWords words = SqlWords.of(definition(asks)).bare();
        SchemaFact has = wanted.before(FactKind.CONSTRAINT, table).stream()
                .filter(other -> SqlWords.of(definition(other)).bare().equals(words))
                .findFirst()
                .orElse(null);
        if (has != null) {
            wanted.same(asks.id(), has.id());
        } else if (!isOfAHierarchy(words) || !wanted.before().containsKey(table)) {
            add(asks, definition(asks));
        }
    }

    /** What Hibernate writes by itself where a class of a hierarchy has a column that must not be null. */
    private static boolean isOfAHierarchy(SqlWords check) {
        return check.is(2, "<>")
                && check.words().size() > 4
                && check.words().get(3).startsWith("'")
                && check.is(4, "or");
    }

    private void add(SchemaFact asks, String definition) {
        Map<String, String> attributes = new LinkedHashMap<>(asks.attributes());
        attributes.put(DEFINITION, definition);
        SchemaFact namesake = wanted.before().get(asks.id());
        if (namesake != null && isChosen(asks.id())) {
            wanted.change(asks.id(), asks.id(), attributes);
            return;
        }
        FactId id = asks.id();
        for (int number = 1; wanted.isWanted(id); number++) {
            List<String> path = new ArrayList<>(table.path());
            path.add(asks.id().name() + number);
            id = new FactId(FactKind.CONSTRAINT, path);
        }
        wanted.add(asks, id, 0, attributes);
    }

    /** The server's own names begin with the table's and end like this. */
    private boolean isChosen(FactId check) {
        return !check.name().matches(Pattern.quote(table.name()) + "_(?:.*_)?check\\d*");
    }

    private static String definition(@Nullable SchemaFact fact) {
        return fact == null ? "" : Objects.requireNonNullElse(fact.attribute(DEFINITION), "");
    }
}
