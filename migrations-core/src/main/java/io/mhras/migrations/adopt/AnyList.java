package io.mhras.migrations.adopt;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A list kept by a home-made script: with a version or a file name in each row, and usually a time. */
record AnyList() implements HistoryFormat {

    private static final List<String> NAMES = List.of(
            "version",
            "migration_version",
            "filename",
            "file_name",
            "script",
            "migration_name",
            "migrationname",
            "migration",
            "name");
    private static final List<String> TIMES = List.of(
            "applied_at",
            "appliedat",
            "applied_on",
            "executed_at",
            "executedat",
            "executed_on",
            "installed_on",
            "installed_at",
            "migrated_at",
            "run_on",
            "run_at",
            "inserted_at",
            "completed_at",
            "finished_at",
            "created_at",
            "createdat",
            "applied",
            "timestamp");
    private static final List<String> SUMS = List.of("checksum", "hash", "md5", "md5sum", "sha256", "content_hash");
    private static final List<String> USERS = List.of("applied_by", "installed_by", "executed_by");
    private static final List<String> STATES =
            List.of("success", "successful", "applied", "dirty", "is_applied", "status", "state");
    private static final List<String> TAKEN_BACK =
            List.of("rolled_back_at", "rolledback_at", "reverted_at", "undone_at", "failed_at");
    private static final List<String> ENDS = List.of("finished_at", "completed_at");
    private static final Set<String> GOOD = Set.of(
            "", "success", "successful", "succeeded", "applied", "completed", "complete", "done", "executed", "ok");

    /** With a version, and a checksum or a time. */
    @Override
    public List<Set<String>> recognisedBy() {
        Set<String> evidence = new HashSet<>(TIMES);
        evidence.addAll(SUMS);
        return List.of(NAMES.stream().filter(name -> !name.equals("name")).collect(Collectors.toSet()), evidence);
    }

    @Override
    public boolean fits(Set<String> columns) {
        return NAMES.stream().anyMatch(columns::contains);
    }

    @Override
    public List<OtherMigration> read(List<HistoryRow> rows) {
        List<OtherMigration> applied = new ArrayList<>();
        for (HistoryRow row : HistoryRow.sorted(rows, "version")) {
            String name = NAMES.stream()
                    .map(row::text)
                    .filter(text -> !text.isEmpty())
                    .findFirst()
                    .orElse("");
            String state = state(row);
            if (!name.isEmpty() || !state.isEmpty()) {
                applied.add(OtherMigration.one(name, OtherMigration.namesIn(name))
                        .by(row.origin(first(row, TIMES), first(row, USERS), null))
                        .unfinished(state.isEmpty() ? null : name + " is not simply applied: " + state));
            }
        }
        return applied;
    }

    private static String first(HistoryRow row, List<String> columns) {
        return columns.stream().filter(row::has).findFirst().orElse("");
    }

    /** The state that shows that it is not applied; empty if there is none. */
    private static String state(HistoryRow row) {
        for (String column : STATES) {
            Object value = row.value(column);
            boolean isBad = value instanceof Boolean flag
                    ? flag == column.equals("dirty")
                    : value instanceof String word && !GOOD.contains(word.toLowerCase(Locale.ROOT));
            if (isBad) {
                return column + " is " + value;
            }
        }
        for (String column : TAKEN_BACK) {
            if (row.has(column)) {
                return column + " is " + row.value(column);
            }
        }
        for (String column : ENDS) {
            if (row.values().containsKey(column) && !row.has(column)) {
                return column + " is empty";
            }
        }
        return "";
    }
}
