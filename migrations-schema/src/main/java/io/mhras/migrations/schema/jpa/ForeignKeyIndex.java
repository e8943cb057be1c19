package io.mhras.migrations.schema.jpa;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.SchemaFact;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The index by which the rows of a foreign key are found.
 *
 * @param index as the server would have it
 */
record ForeignKeyIndex(SchemaFact index) {

    static ForeignKeyIndex of(FactId table, List<String> columns, Predicate<String> isTaken) {
        String name = ServerName.of(table.name(), columns, "idx", isTaken);
        String definition = "CREATE INDEX " + FactId.quoted(name) + " ON " + table.qualifiedName() + " USING btree ("
                + columns.stream().map(FactId::quoted).collect(Collectors.joining(", ")) + ")";
        return new ForeignKeyIndex(new SchemaFact(
                new FactId(FactKind.INDEX, List.of(table.path().get(0), name)),
                table,
                0,
                Map.of("definition", definition)));
    }
}
