package io.mhras.migrations.adopt;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** goose's: a row each time a version is applied, and in its older releases also when it is taken back. */
record GooseHistory() implements HistoryFormat {

    // The row with which goose begins its table.
    private static final String BASE = "0";

    @Override
    public List<Set<String>> recognisedBy() {
        return HistoryFormat.all("id", "version_id", "is_applied", "tstamp");
    }

    @Override
    public String telltale() {
        return "is_applied";
    }

    @Override
    public List<OtherMigration> read(List<HistoryRow> rows) {
        Map<String, OtherMigration> applied = new LinkedHashMap<>();
        for (HistoryRow row : HistoryRow.sorted(rows, "id")) {
            String version = row.text("version_id");
            applied.remove(version);
            if (!version.equals(BASE) && Boolean.TRUE.equals(row.value("is_applied"))) {
                applied.put(
                        version, OtherMigration.one(version, List.of(version)).by(row.origin("tstamp", null, null)));
            }
        }
        return List.copyOf(applied.values());
    }
}
