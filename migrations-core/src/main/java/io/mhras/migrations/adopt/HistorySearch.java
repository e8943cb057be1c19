package io.mhras.migrations.adopt;

import static java.util.stream.Collectors.joining;

import io.mhras.migrations.MigrationException.HistoryUnusable;
import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.TableReader;
import io.mhras.migrations.TableReader.Kind;
import io.mhras.migrations.TableReader.Table;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds and reads another tool's history. */
record HistorySearch(AdoptionSource source, TableReader reader) {

    /** A table, and whose it is. */
    private record Found(OtherTool tool, Table table) {}

    /** @throws Refused if there is none, or several, or one that cannot be read or has something unfinished in it */
    OtherHistory read() {
        if (tools().isEmpty()) {
            throw new Refused(
                    "Nothing was adopted: " + source.tool() + " keeps its history in no " + reader.kind() + ".",
                    "Set 'from' to one of " + titles(OtherTool.keptIn(reader.kind()).stream()) + ".");
        }
        try {
            Found found = find();
            List<HistoryRow> rows = reader.rows(found.table(), Integer.MAX_VALUE).stream()
                    .map(HistoryRow::new)
                    .toList();
            List<OtherMigration> entries = found.tool().read(rows);
            List<String> unfinished = entries.stream()
                    .flatMap(entry -> Stream.ofNullable(entry.unfinished()))
                    .toList();
            if (!unfinished.isEmpty()) {
                throw found.tool().unfinished(unfinished);
            }
            return new OtherHistory(found.tool(), found.table(), entries);
        } catch (HistoryUnusable e) {
            throw unreadable(
                    Character.toLowerCase(e.problem().charAt(0)) + e.problem().substring(1));
        }
    }

    private Found find() {
        List<Table> tables = reader.find(source.schema(), source.names(reader.kind()), source.telltales());
        List<Found> found = tables.stream()
                .flatMap(table -> whose(table).map(tool -> new Found(tool, table)).stream())
                .toList();
        // Any table may have a version in it: only if there is no other.
        List<Found> known =
                found.stream().filter(each -> each.tool() != OtherTool.LIST).toList();
        List<Found> best = known.isEmpty() ? found : known;
        if (best.isEmpty()) {
            throw tables.isEmpty() || source.tool() == null
                    ? notThere()
                    : unreadable("the " + reader.kind() + " " + tables.get(0).qualifiedName()
                            + " cannot be read: it is none of " + source.tool() + "'s.");
        }
        if (best.stream().map(Found::tool).distinct().count() > 1) {
            throw new Refused(
                    "Nothing was adopted: there are " + reader.kind() + "s of "
                            + titles(best.stream().map(Found::tool).distinct().sorted()) + ".",
                    "Say with 'from' which tool's is to be adopted.");
        }
        if (best.size() > 1 && best.get(0).tool() != OtherTool.LIST) {
            throw new Refused(
                    "Nothing was adopted: there are several " + reader.kind() + "s of "
                            + best.get(0).tool() + ": "
                            + best.stream()
                                    .map(each -> each.table().qualifiedName())
                                    .collect(joining(", ")) + ".",
                    "Say with 'from-table'" + orSchema() + " which of them is to be adopted.");
        }
        return best.get(0);
    }

    /** A list that is a known tool's is read by that tool's rules. */
    private Optional<OtherTool> whose(Table table) {
        if (source.tool() == null || source.tool() == OtherTool.LIST) {
            Optional<OtherTool> known = OtherTool.of(table, reader.kind());
            if (known.isPresent()) {
                return known;
            }
        }
        return tools().stream()
                .filter(tool -> source.table() != null || mayBeCalled(tool, table))
                .filter(tool -> tool.keeps(table.columns()))
                .findFirst();
    }

    /** A list of whatever columns is looked for by its first name only. */
    private boolean mayBeCalled(OtherTool tool, Table table) {
        return tool == OtherTool.LIST
                ? tool.usualNames(reader.kind()).get(0).equals(table.name()) || tool.isSurely(table, reader.kind())
                : tool.isSurely(table, reader.kind())
                        || tool.usualNames(reader.kind()).contains(table.name());
    }

    private List<OtherTool> tools() {
        return source.tools(reader.kind());
    }

    private Refused notThere() {
        return new Refused(
                "Nothing was adopted: there is no " + reader.kind() + " "
                        + (source.tool() == null && source.table() == null
                                ? "of another tool in sight: of none of " + titles(tools().stream())
                                : source.names(reader.kind()).stream().sorted().collect(joining(", no ")) + " of "
                                        + (source.tool() == null ? "another tool" : source.tool()) + " in sight")
                        + ".",
                "Name it with 'from-table'" + orSchema() + ", or look whether this is the right database.");
    }

    private String orSchema() {
        return reader.kind() == Kind.TABLE ? " and 'from-schema'" : "";
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
