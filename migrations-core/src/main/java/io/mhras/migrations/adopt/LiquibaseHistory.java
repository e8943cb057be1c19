package io.mhras.migrations.adopt;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Liquibase's. Its checksums are of its own model of a change, and not of a file. */
record LiquibaseHistory() implements HistoryFormat {

    @Override
    public List<Set<String>> recognisedBy() {
        return HistoryFormat.all("id", "author", "filename", "exectype");
    }

    @Override
    public String telltale() {
        return "orderexecuted";
    }

    @Override
    public List<OtherMigration> read(List<HistoryRow> rows) {
        List<OtherMigration> applied = new ArrayList<>();
        for (HistoryRow row : HistoryRow.sorted(rows, "orderexecuted")) {
            String id = row.text("id");
            String file = row.text("filename");
            String name = file + "::" + id + "::" + row.text("author");
            String how = row.text("exectype");
            if (!how.equals("SKIPPED")) {
                // A file for each change, or one file for all, with numbers in their ids.
                List<String> names = new ArrayList<>(OtherMigration.namesIn(file));
                names.addAll(OtherMigration.namesIn(id));
                applied.add(OtherMigration.one(name, names)
                        .by(row.origin("dateexecuted", null, null))
                        .unfinished(how.equals("FAILED") ? name + " failed" : null));
            }
        }
        return applied;
    }
}
