package io.mhras.migrations.schema.jpa;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.SchemaFact;
import io.mhras.migrations.schema.report.EntityRemark.Weight;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The columns of a table that is there. */
final class ColumnComparison {

    private static final String TYPE = "type";
    private static final String NOT_NULL = "not null";
    private static final String IDENTITY = "identity";
    private static final String GENERATED = "generated";

    private final WantedFacts wanted;
    private final EnumTypes enums;
    private final FactId table;

    ColumnComparison(WantedFacts wanted, EnumTypes enums, FactId table) {
        this.wanted = wanted;
        this.enums = enums;
        this.table = table;
    }

    void compare() {
        List<SchemaFact> before = wanted.before(FactKind.COLUMN, table);
        Map<Integer, SchemaFact> inOrder = new TreeMap<>();
        wanted.asked(FactKind.COLUMN, table).forEach(column -> inOrder.put(column.position(), column));
        int last = before.stream().mapToInt(SchemaFact::position).max().orElse(0);
        for (SchemaFact asks : inOrder.values()) {
            SchemaFact has = wanted.before().get(asks.id());
            if (has == null) {
                wanted.addColumn(asks, ++last);
                wanted.asked(FactKind.DEFAULT, asks.id()).forEach(wanted::add);
            } else {
                column(has, asks);
            }
        }
        before.stream().filter(has -> !wanted.isCounterpart(has.id())).forEach(this::nobodysColumn);
    }

    private void column(SchemaFact has, SchemaFact asks) {
        wanted.same(asks.id(), has.id());
        Map<String, String> changes = new LinkedHashMap<>();
        type(has, asks, changes);
        if (asks.attribute(NOT_NULL) != null && has.attribute(NOT_NULL) == null) {
            changes.put(NOT_NULL, "yes");
        }
        if (asks.attribute(IDENTITY) != null && !countsUp(has)) {
            changes.put(IDENTITY, text(asks, IDENTITY));
            changes.put(NOT_NULL, "yes");
        }
        if (asks.attribute(GENERATED) != null
                && !SqlWords.of(text(asks, "expression"))
                        .bare()
                        .equals(SqlWords.of(Objects.requireNonNullElse(has.attribute("expression"), ""))
                                .bare())) {
            changes.put(GENERATED, Objects.requireNonNullElse(has.attribute(GENERATED), text(asks, GENERATED)));
            changes.put("expression", text(asks, "expression"));
        }
        if (!changes.isEmpty()) {
            wanted.change(has.id(), asks.id(), changes);
        }
        defaults(has, asks);
    }

    private static String text(SchemaFact fact, String attribute) {
        return Objects.requireNonNullElse(fact.attribute(attribute), "");
    }

    private void type(SchemaFact has, SchemaFact asks, Map<String, String> changes) {
        String there = text(has, TYPE);
        String type = text(asks, TYPE);
        TypeVerdict verdict = enums.serves(there, has, type)
                ? TypeVerdict.FINE
                : TypeTolerance.of(enums.baseOf(there), enums.baseOf(type));
        switch (verdict.outcome()) {
            case FINE -> {
                // As it is.
            }
            case OTHER -> changes.put(TYPE, type);
            case UNDECIDED -> wanted.remark(Weight.UNDECIDED, has.id(), verdict.advice());
        }
    }

    /** Whether the database gives it a number: as an identity, or as a serial. */
    private boolean countsUp(SchemaFact has) {
        SchemaFact given = defaultOf(has.id());
        return has.attribute(IDENTITY) != null
                || given != null && text(given, "expression").startsWith("nextval(");
    }

    private @Nullable SchemaFact defaultOf(FactId column) {
        return wanted.before(FactKind.DEFAULT, column).stream().findFirst().orElse(null);
    }

    private void defaults(SchemaFact has, SchemaFact asks) {
        for (SchemaFact given : wanted.asked(FactKind.DEFAULT, asks.id())) {
            SchemaFact present = defaultOf(has.id());
            if (present == null) {
                wanted.add(given);
            } else if (!SqlWords.of(text(present, "expression"))
                    .bare()
                    .equals(SqlWords.of(text(given, "expression")).bare())) {
                wanted.change(present.id(), given.id(), given.attributes());
            } else {
                wanted.same(given.id(), present.id());
            }
        }
    }

    private void nobodysColumn(SchemaFact has) {
        boolean isFilled =
                has.attribute(IDENTITY) != null || has.attribute(GENERATED) != null || defaultOf(has.id()) != null;
        if (has.attribute(NOT_NULL) != null && !isFilled) {
            wanted.remark(
                    Weight.WARNING,
                    has.id(),
                    "no entity has this column, and it must not be null: what the application inserts will fail."
                            + " Give it a default, or let it be null, or map it.");
        }
    }
}
