package io.mhras.migrations.adopt;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A history that only says how far it came.
 *
 * @param column has the version
 * @param columns all that such a table has
 * @param telltale see {@link HistoryFormat#telltale}
 */
record VersionPointer(
        String column, Set<String> columns, @Nullable String telltale) implements HistoryFormat {

    // What tern has before its first migration.
    private static final String BASE = "0";

    @Override
    public List<Set<String>> recognisedBy() {
        return columns.stream().map(Set::of).toList();
    }

    @Override
    public boolean hasNoOthers() {
        return true;
    }

    @Override
    public List<OtherMigration> read(List<HistoryRow> rows) {
        return HistoryRow.sorted(rows, column).stream()
                .filter(row -> !row.text(column).equals(BASE))
                .map(this::migration)
                .toList();
    }

    private OtherMigration migration(HistoryRow row) {
        String version = row.text(column);
        return OtherMigration.withRequired(version, version)
                .unfinished(Boolean.TRUE.equals(row.value("dirty")) ? "version " + version + " is dirty" : null);
    }
}
