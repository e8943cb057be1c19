package io.mhras.migrations.adopt;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.mhras.migrations.MigrationException.HistoryUnusable;
import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.TableReader;
import io.mhras.migrations.TableReader.Kind;
import io.mhras.migrations.TableReader.Table;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds and reads another tool's history. */
record HistorySearch(AdoptionSource source, TableReader reader) {

    /** @throws Refused if there is none, or several, or one that cannot be read or has something unfinished in it */
    OtherHistory read() {
        try {
            Map<String, Table> tables = tables();
            OtherTool tool = tool(tables);
            Table table = tables.get(name(tool));
            if (table == null) {
                throw notThere();
            }
            if (!tool.keeps(table.columns())) {
                throw unreadable("the " + label(tool) + " cannot be read: it is none of " + tool + "'s.");
            }
            List<HistoryRow> rows =
                    reader.rows(table).stream().map(HistoryRow::new).toList();
            return new OtherHistory(tool, tool.applied(rows));
        } catch (HistoryUnusable e) {
            throw unreadable(
                    Character.toLowerCase(e.problem().charAt(0)) + e.problem().substring(1));
        }
    }

    /** By their names. */
    private Map<String, Table> tables() {
        return reader.find(source.schema(), tools().stream().map(this::name).collect(toSet())).stream()
                .collect(toMap(Table::name, identity()));
    }

    private OtherTool tool(Map<String, Table> tables) {
        if (tools().isEmpty()) {
            throw new Refused(
                    "Nothing was adopted: " + source.tool() + " keeps its history in no " + reader.kind() + ".",
                    "Set 'from' to one of " + titles(OtherTool.keptIn(reader.kind()).stream()) + ".");
        }
        if (source.tool() != null) {
            return source.tool();
        }
        List<OtherTool> found = tools().stream()
                .filter(tool -> Optional.ofNullable(tables.get(name(tool)))
                        .filter(table -> tool.keeps(table.columns()))
                        .isPresent())
                .toList();
        // Any table may have a version in it: only if there is no other.
        List<OtherTool> known =
                found.stream().filter(tool -> tool != OtherTool.LIST).toList();
        if (known.size() > 1) {
            throw new Refused(
                    "Nothing was adopted: there are tables of " + titles(known.stream()) + ".",
                    "Say with 'from' which tool's is to be adopted.");
        }
        if (found.isEmpty()) {
            throw notThere();
        }
        return known.isEmpty() ? OtherTool.LIST : known.get(0);
    }

    private List<OtherTool> tools() {
        return source.tools(reader.kind());
    }

    private String name(OtherTool tool) {
        return source.nameFor(tool, reader.kind());
    }

    /** How messages name its table or collection. */
    private String label(OtherTool tool) {
        return reader.kind() + " " + (source.schema() == null ? "" : source.schema() + ".") + name(tool);
    }

    private Refused notThere() {
        String names = tools().stream().map(this::name).distinct().collect(joining(", no "));
        return new Refused(
                "Nothing was adopted: there is no " + reader.kind() + " " + names + " of "
                        + (source.tool() == null ? "another tool" : source.tool()) + " in sight.",
                "Name it with 'from-table'" + (reader.kind() == Kind.TABLE ? " and 'from-schema'" : "")
                        + ", or look whether this is the right database.");
    }

    private static Refused unreadable(String why) {
        return new Refused(
                "Nothing was adopted: " + why,
                "Grant the database user to read it; or, if it is another tool's, name that with 'from'.");
    }

    private static String titles(Stream<OtherTool> tools) {
        return tools.map(OtherTool::toString).collect(joining(", "));
    }
}
