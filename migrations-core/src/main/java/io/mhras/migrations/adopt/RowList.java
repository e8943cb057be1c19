package io.mhras.migrations.adopt;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A history with a row for each applied migration, which is taken out again when it is rolled back.
 *
 * @param name the column by which a migration is found here: its version or its file's name
 * @param columns those by which such a table is recognised
 * @param isAll whether it has no others
 * @param number a column with its version as a number, if the name does not begin with it; null if there is none
 * @param at the column that says when it was applied; null if none does
 * @param took how long it took, by its row
 * @param content what the tool has kept of the file's content, by its row
 * @param unfinished what is wrong with it, by its row
 */
record RowList(
        String name,
        Set<String> columns,
        boolean isAll,
        @Nullable String number,
        @Nullable String at,
        Function<HistoryRow, @Nullable Duration> took,
        Function<HistoryRow, @Nullable ContentSum> content,
        Function<HistoryRow, @Nullable String> unfinished)
        implements HistoryFormat {

    /** One that is recognised by these columns, the first of which has the name. */
    static RowList of(String name, String... others) {
        Set<String> columns = new HashSet<>(List.of(others));
        columns.add(name);
        return new RowList(name, Set.copyOf(columns), false, null, null, row -> null, row -> null, row -> null);
    }

    /** One with this column and no other. */
    static RowList only(String name) {
        return new RowList(name, Set.of(name), true, null, null, row -> null, row -> null, row -> null);
    }

    RowList number(String column) {
        return new RowList(name, columns, isAll, column, at, took, content, unfinished);
    }

    RowList at(String column) {
        return new RowList(name, columns, isAll, number, column, took, content, unfinished);
    }

    RowList took(String column, ChronoUnit unit) {
        return new RowList(name, columns, isAll, number, at, row -> row.took(column, unit), content, unfinished);
    }

    RowList took(String from, String to) {
        return new RowList(name, columns, isAll, number, at, row -> row.between(from, to), content, unfinished);
    }

    RowList containing(Function<HistoryRow, @Nullable ContentSum> sum) {
        return new RowList(name, columns, isAll, number, at, took, sum, unfinished);
    }

    /** @param what empty for what is applied */
    RowList unless(Function<HistoryRow, @Nullable String> what) {
        return new RowList(name, columns, isAll, number, at, took, content, what);
    }

    @Override
    public List<Set<String>> recognisedBy() {
        return columns.stream().map(Set::of).toList();
    }

    @Override
    public boolean hasNoOthers() {
        return isAll;
    }

    @Override
    public List<OtherMigration> read(List<HistoryRow> rows) {
        String order = at != null ? at : number != null ? number : name;
        return HistoryRow.sorted(HistoryRow.sorted(rows, name), order).stream()
                .map(this::migration)
                .toList();
    }

    private OtherMigration migration(HistoryRow row) {
        String text = row.text(name);
        List<String> names = new ArrayList<>(OtherMigration.namesIn(text));
        if (number != null && row.value(number) instanceof Number version) {
            names.add(version.toString());
        }
        return OtherMigration.one(text, names)
                .by(row.origin(at, null, took.apply(row)))
                .containing(content.apply(row))
                .unfinished(unfinished.apply(row));
    }
}
