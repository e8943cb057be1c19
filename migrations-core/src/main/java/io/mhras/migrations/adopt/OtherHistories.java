package io.mhras.migrations.adopt;

import static java.util.stream.Collectors.joining;

import io.mhras.migrations.MigrationException.HistoryConflict;
import io.mhras.migrations.MigrationException.HistoryUnusable;
import io.mhras.migrations.TableReader;
import io.mhras.migrations.TableReader.Kind;
import io.mhras.migrations.TableReader.Table;
import io.mhras.migrations.adopt.OtherMigration.Extent;
import io.mhras.migrations.text.SettingNames;
import java.util.List;
import java.util.Optional;

/**
 * The histories of other tools that a database has. Where our own is empty, what they ran would run again.
 *
 * @param found a sentence each: whose it is, its table, and how many migrations it has
 */
public record OtherHistories(List<String> found) {

    private static final int MOST_COUNTED = 10_000;

    /** Looks for them: one query, and one more for each that is there. Those in which nothing is applied do not count. */
    public static OtherHistories in(TableReader reader) {
        List<Table> tables = reader.find(null, AdoptionSource.ANY.names(reader.kind()), AdoptionSource.ANY.telltales());
        return new OtherHistories(tables.stream()
                .flatMap(table -> whose(table, reader.kind()).flatMap(tool -> describe(tool, table, reader)).stream())
                .toList());
    }

    /** Whose history this table is, beyond doubt; empty if it is none. */
    static Optional<OtherTool> whose(Table table, Kind kind) {
        return OtherTool.of(table, kind)
                .or(() -> Optional.of(OtherTool.LIST).filter(list -> list.isSurely(table, kind)));
    }

    private static Optional<String> describe(OtherTool tool, Table table, TableReader reader) {
        String place =
                reader.kind() + " " + table.qualifiedName() + " of " + (tool == OtherTool.LIST ? "another tool" : tool);
        try {
            List<OtherMigration> entries = tool.read(reader.rows(table, MOST_COUNTED).stream()
                    .map(HistoryRow::new)
                    .toList());
            return entries.isEmpty() ? Optional.empty() : Optional.of("the " + place + " " + extent(entries));
        } catch (HistoryUnusable e) {
            return Optional.of("the " + place + " is there, and the database user may not read how many it has");
        }
    }

    private static String extent(List<OtherMigration> entries) {
        if (entries.stream().allMatch(entry -> entry.extent() == Extent.WITH_REQUIRED)) {
            return "is at " + entries.stream().map(OtherMigration::name).collect(joining(", "));
        }
        return "has " + (entries.size() < MOST_COUNTED ? "" : "at least ") + entries.size()
                + (entries.size() == 1 ? " migration" : " migrations");
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** What they mean for a database whose history here is empty. */
    public HistoryConflict conflict() {
        return new HistoryConflict(
                "Another tool has migrated this database, and the history of these files is empty: " + text()
                        + ". What it ran would run again.",
                "Take over what it has applied: 'migrations adopt'. If it has nothing to do with these files, set "
                        + SettingNames.quoted("adopt") + " to none: then all of them run.");
    }

    /** What to note where the user has said that they are of no concern. */
    public String note() {
        return text() + ", and the history of these files was empty: since " + SettingNames.quoted("adopt")
                + " is none, it is left alone and all files run.";
    }

    private String text() {
        return String.join("; ", found);
    }
}
