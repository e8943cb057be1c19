package io.mhras.migrations.adopt;

import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Mongock's, and Mongobee's, from which it comes; what was said last of a change counts. */
record MongockHistory() implements HistoryFormat {

    @Override
    public List<Set<String>> recognisedBy() {
        return HistoryFormat.all("changeid", "author");
    }

    @Override
    public List<OtherMigration> read(List<HistoryRow> rows) {
        Map<String, OtherMigration> applied = new LinkedHashMap<>();
        for (HistoryRow row : HistoryRow.sorted(rows, "timestamp")) {
            // Its own internal changes, and what runs before a change, do not count as changes.
            boolean isOurs = !Boolean.TRUE.equals(row.value("systemchange"))
                    && !row.text("changelogclass").startsWith("io.mongock.")
                    && !row.text("type").equals("BEFORE_EXECUTION");
            String state = row.text("state");
            if (isOurs && !state.equals("IGNORED")) {
                String id = row.text("changeid");
                applied.put(
                        id,
                        OtherMigration.one(id + "::" + row.text("author"), OtherMigration.namesIn(id))
                                .by(row.origin("timestamp", null, row.took("executionmillis", ChronoUnit.MILLIS)))
                                .unfinished(state.equals("EXECUTED") || state.isEmpty() ? null : state));
            }
        }
        // Its first releases wrote no state.
        applied.values().removeIf(change -> "ROLLED_BACK".equals(change.unfinished()));
        applied.replaceAll((id, change) -> change.unfinished() == null
                ? change
                : change.unfinished("the change " + id + " is " + change.unfinished()));
        return List.copyOf(applied.values());
    }
}
