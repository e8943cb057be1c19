package io.mhras.migrations;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tables of a test. */
public class TablesInMemory implements TableReader {

    private final Kind kind;
    private final Map<String, Set<String>> columns = new LinkedHashMap<>();
    private final Map<String, List<Map<String, @Nullable Object>>> rows = new LinkedHashMap<>();

    public TablesInMemory(Kind kind) {
        this.kind = kind;
    }

    /** One of these columns, with the values of each row in their order. */
    public TablesInMemory with(String name, List<String> names, List<?>... values) {
        columns.put(name, Set.copyOf(names));
        rows.put(name, Stream.of(values).map(row -> row(names, row)).toList());
        return this;
    }

    private static Map<String, @Nullable Object> row(List<String> columns, List<?> values) {
        Map<String, @Nullable Object> row = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            row.put(columns.get(i), values.get(i));
        }
        return row;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public List<Table> find(@Nullable String schema, Set<String> names, Set<String> telltales) {
        return columns.entrySet().stream()
                .filter(table -> names.contains(table.getKey())
                        || table.getValue().stream().anyMatch(telltales::contains))
                .map(table -> new Table(schema, table.getKey(), table.getValue()))
                .toList();
    }

    @Override
    public List<Map<String, @Nullable Object>> rows(Table table, int most) {
        return rows.getOrDefault(table.name(), List.of()).stream().limit(most).toList();
    }
}
