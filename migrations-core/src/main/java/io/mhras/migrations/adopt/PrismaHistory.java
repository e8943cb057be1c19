package io.mhras.migrations.adopt;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Prisma Migrate's: a row for each attempt, so that one which was finished outweighs those before it. */
record PrismaHistory() implements HistoryFormat {

    @Override
    public List<Set<String>> recognisedBy() {
        return HistoryFormat.all("migration_name", "finished_at", "rolled_back_at");
    }

    @Override
    public String telltale() {
        return "applied_steps_count";
    }

    @Override
    public List<OtherMigration> read(List<HistoryRow> rows) {
        Map<String, OtherMigration> newest = new LinkedHashMap<>();
        for (HistoryRow row : HistoryRow.sorted(rows, "started_at")) {
            String name = row.text("migration_name");
            OtherMigration before = newest.get(name);
            String unfinished = unfinished(row, name);
            if (before == null || before.unfinished() != null) {
                newest.remove(name);
                newest.put(
                        name,
                        OtherMigration.one(name, OtherMigration.namesIn(name))
                                .by(row.origin("finished_at", null, row.between("started_at", "finished_at")))
                                .containing(new ContentSum(ContentSum.Kind.SHA_256, row.text("checksum")))
                                .unfinished(unfinished));
            }
        }
        return List.copyOf(newest.values());
    }

    private static @Nullable String unfinished(HistoryRow row, String name) {
        if (row.has("rolled_back_at")) {
            return name + " was rolled back";
        }
        return row.has("finished_at") ? null : name + " failed, or is not finished";
    }
}
