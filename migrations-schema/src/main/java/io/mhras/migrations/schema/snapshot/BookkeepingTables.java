package io.mhras.migrations.schema.snapshot;

import io.mhras.migrations.TableReader.Table;
import io.mhras.migrations.adopt.Bookkeeping;
import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.SchemaFact;
import io.mhras.migrations.schema.SchemaSnapshot;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Tables in which migration tools record what they did: they are no part of what the migrations make. */
public final class BookkeepingTables {

    private BookkeepingTables() {}

    /** The rest of the schema, which names the other tools' ones. */
    public static SchemaSnapshot leftOutOf(SchemaSnapshot snapshot) {
        Map<FactId, Set<String>> columns = new HashMap<>();
        for (SchemaFact fact : snapshot.facts()) {
            FactId table = fact.parent();
            if (fact.id().kind() == FactKind.COLUMN && table != null && table.kind() == FactKind.TABLE) {
                columns.computeIfAbsent(table, id -> new HashSet<>())
                        .add(fact.id().name().toLowerCase(Locale.ROOT));
            }
        }
        Set<FactId> tables = new HashSet<>();
        Set<String> named = new TreeSet<>();
        columns.forEach((table, names) -> Bookkeeping.in(new Table(table.path().get(0), table.name(), names))
                .ifPresent(kept -> {
                    tables.add(table);
                    if (kept instanceof Bookkeeping.Theirs theirs) {
                        named.add(table + ", of " + theirs.title());
                    }
                }));
        return snapshot.without(tables, List.copyOf(named));
    }
}
