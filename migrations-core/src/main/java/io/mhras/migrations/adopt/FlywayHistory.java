package io.mhras.migrations.adopt;

import static java.util.Objects.requireNonNull;

import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Flyway's, since its version 4; the newest row of a migration counts. */
record FlywayHistory() implements HistoryFormat {

    @Override
    public List<Set<String>> recognisedBy() {
        return HistoryFormat.all("installed_rank", "version", "type", "script", "success");
    }

    @Override
    public String telltale() {
        return "installed_rank";
    }

    @Override
    public List<OtherMigration> read(List<HistoryRow> rows) {
        Map<String, OtherMigration> applied = new LinkedHashMap<>();
        for (HistoryRow row : HistoryRow.sorted(rows, "installed_rank")) {
            String version = row.text("version");
            String name = version.isEmpty() ? row.text("script") : version;
            String type = row.text("type");
            if (Boolean.FALSE.equals(row.value("success"))) {
                applied.put(name, read(row, type, version).unfinished(row.text("script") + " failed"));
            } else if (type.startsWith("UNDO") || type.equals("DELETE")) {
                applied.remove(name);
            } else if (!type.equals("SCHEMA")) {
                applied.remove(name);
                applied.put(name, read(row, type, version));
            }
        }
        return List.copyOf(applied.values());
    }

    private static OtherMigration read(HistoryRow row, String type, String version) {
        String script = row.text("script");
        if (type.contains("BASELINE") && !version.isEmpty()) {
            return OtherMigration.allUpTo("baseline " + version, version)
                    .by(row.origin("installed_on", "installed_by", null));
        }
        return (version.isEmpty() ? OtherMigration.repeatable(script) : OtherMigration.one(script, List.of(version)))
                .by(row.origin("installed_on", "installed_by", row.took("execution_time", ChronoUnit.MILLIS)))
                .containing(content(row, type));
    }

    /** Of a migration in Java it is whatever its author states. */
    private static @Nullable ContentSum content(HistoryRow row, String type) {
        boolean isFile = type.equals("SQL") || type.startsWith("SCRIPT");
        return isFile && row.has("checksum")
                ? new ContentSum(
                        ContentSum.Kind.FLYWAY_CRC32,
                        requireNonNull(row.value("checksum")).toString())
                : null;
    }
}
