package io.mhras.migrations.postgresql.offline;

import static java.util.stream.Collectors.joining;

import io.mhras.migrations.OfflinePlan.OtherTable;
import io.mhras.migrations.postgresql.sql.SqlQuote;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a script looks for other tools' tables, as SQL.
 *
 * @param tables by what they are recognised
 */
record OtherTables(List<OtherTable> tables) {

    /** Whose a table is, by its {@code name} and its {@code columns}; NULL if it is none of them. */
    String whose() {
        return tables.isEmpty()
                ? "NULL"
                : tables.stream()
                        .map(table ->
                                "                 WHEN " + isOf(table) + " THEN " + SqlQuote.literal(table.tool()))
                        .collect(joining("\n", "CASE\n", " END"));
    }

    private static String isOf(OtherTable table) {
        String named = "name = ANY (" + array(table.names()) + ")";
        String known = table.telltale() == null
                ? named
                : "(" + named + " OR columns @> " + array(List.of(table.telltale())) + ")";
        String columns = table.columns().stream()
                .map(any -> "columns && " + array(new TreeSet<>(any)))
                .sorted()
                .collect(joining(" AND "));
        Set<String> all = new TreeSet<>();
        table.columns().forEach(all::addAll);
        return known + " AND " + columns + (table.hasNoOthers() ? " AND columns <@ " + array(all) : "");
    }

    private static String array(Collection<String> texts) {
        return texts.stream().map(SqlQuote::literal).collect(joining(", ", "ARRAY[", "]"));
    }
}
