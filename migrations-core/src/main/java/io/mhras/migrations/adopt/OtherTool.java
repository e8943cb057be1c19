package io.mhras.migrations.adopt;

import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.TableReader.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Another tool, and how it records what it has applied. */
public enum OtherTool {
    // Its documents have the fields that its tables have columns.
    FLYWAY("flyway", "flyway_schema_history", "flyway_schema_history", "script") {
        @Override
        List<OtherMigration> applied(List<HistoryRow> rows) {
            Map<String, OtherMigration> applied = new LinkedHashMap<>();
            for (HistoryRow row : HistoryRow.sorted(rows, "installed_rank")) {
                String script = row.text("script");
                String version = row.text("version");
                String type = row.text("type");
                String name = version.isEmpty() ? script : version;
                if (Boolean.FALSE.equals(row.value("success"))) {
                    throw unfinished(script + " failed", "Mend it and run Flyway's 'migrate', or its 'repair'");
                }
                if (type.startsWith("UNDO") || type.equals("DELETE")) {
                    applied.remove(name);
                } else if (type.contains("BASELINE") && !version.isEmpty()) {
                    applied.put(name, OtherMigration.allUpTo("baseline " + version, version));
                } else if (!type.equals("SCHEMA")) {
                    applied.put(
                            name,
                            version.isEmpty()
                                    ? OtherMigration.repeatable(script)
                                    : OtherMigration.one(script, List.of(version)));
                }
            }
            return List.copyOf(applied.values());
        }
    },
    LIQUIBASE("liquibase", "databasechangelog", "DATABASECHANGELOG", "exectype") {
        @Override
        List<OtherMigration> applied(List<HistoryRow> rows) {
            List<OtherMigration> applied = new ArrayList<>();
            for (HistoryRow row : HistoryRow.sorted(rows, "orderexecuted")) {
                String id = row.text("id");
                String file = row.text("filename");
                String name = file + "::" + id + "::" + row.text("author");
                String how = row.text("exectype");
                if (how.equals("FAILED")) {
                    throw unfinished(name + " failed", "Mend it and run Liquibase's 'update'");
                }
                if (!how.equals("SKIPPED")) {
                    // A file for each change, or one file for all, with numbers in their ids.
                    List<String> names = new ArrayList<>(OtherMigration.namesIn(file));
                    names.addAll(OtherMigration.namesIn(id));
                    applied.add(OtherMigration.one(name, names));
                }
            }
            return applied;
        }
    },
    ALEMBIC("alembic", "alembic_version", null, "version_num") {
        @Override
        List<OtherMigration> applied(List<HistoryRow> rows) {
            return HistoryRow.sorted(rows, "version_num").stream()
                    .map(row -> row.text("version_num"))
                    .map(revision -> OtherMigration.withRequired(revision, revision))
                    .toList();
        }
    },
    GOLANG_MIGRATE("golang-migrate", "schema_migrations", "schema_migrations", "dirty") {
        @Override
        List<OtherMigration> applied(List<HistoryRow> rows) {
            List<OtherMigration> applied = new ArrayList<>();
            for (HistoryRow row : rows) {
                String version = row.text("version");
                if (Boolean.TRUE.equals(row.value("dirty"))) {
                    throw unfinished(
                            "version " + version + " is dirty",
                            "Put the database in order and run 'migrate force VERSION'");
                }
                applied.add(OtherMigration.withRequired(version, version));
            }
            return applied;
        }
    },
    DBMATE("dbmate", "schema_migrations", null, "version") {
        @Override
        List<OtherMigration> applied(List<HistoryRow> rows) {
            return HistoryRow.sorted(rows, "version").stream()
                    .map(row -> row.text("version"))
                    .map(version -> OtherMigration.one(version, List.of(version)))
                    .toList();
        }

        @Override
        boolean keeps(Set<String> columns) {
            return columns.equals(Set.of("version"));
        }
    },
    MIGRATE_MONGO("migrate-mongo", null, "changelog", "filename") {
        @Override
        List<OtherMigration> applied(List<HistoryRow> rows) {
            return HistoryRow.sorted(rows, "appliedat").stream()
                    .map(row -> row.text("filename"))
                    .map(file -> OtherMigration.one(file, OtherMigration.namesIn(file)))
                    .toList();
        }
    },
    MONGOCK("mongock", null, "mongockChangeLog", "changeid") {
        @Override
        List<OtherMigration> applied(List<HistoryRow> rows) {
            Map<String, OtherMigration> applied = new LinkedHashMap<>();
            Map<String, String> states = new LinkedHashMap<>();
            for (HistoryRow row : HistoryRow.sorted(rows, "timestamp")) {
                // Its own internal changes, and what runs before a change, do not count as changes.
                boolean isOurs = !Boolean.TRUE.equals(row.value("systemchange"))
                        && !row.text("changelogclass").startsWith("io.mongock.")
                        && !row.text("type").equals("BEFORE_EXECUTION");
                String state = row.text("state");
                if (isOurs && !state.equals("IGNORED")) {
                    String id = row.text("changeid");
                    applied.put(id, OtherMigration.one(id + "::" + row.text("author"), OtherMigration.namesIn(id)));
                    states.put(id, state);
                }
            }
            states.forEach((id, state) -> {
                switch (state) {
                    // Its first releases wrote no state.
                    case "EXECUTED", "" -> {}
                    case "ROLLED_BACK" -> applied.remove(id);
                    default ->
                        throw unfinished(
                                "the change " + id + " is " + state,
                                "Mend it and start the service with Mongock once more");
                }
            });
            return List.copyOf(applied.values());
        }
    },
    /** A list kept by a home-made script: with a version or a file name in each row, and usually a time. */
    LIST("list", "migrations", "migrations", "version") {
        @Override
        List<OtherMigration> applied(List<HistoryRow> rows) {
            List<OtherMigration> applied = new ArrayList<>();
            for (HistoryRow row : HistoryRow.sorted(rows, "version")) {
                String name = NAMES.stream()
                        .map(column -> row.text(column))
                        .filter(text -> !text.isEmpty())
                        .findFirst()
                        .orElse("");
                String state = state(row);
                if (!state.isEmpty()) {
                    throw unfinished(
                            name + " is not simply applied: " + state,
                            "Put the database in order and correct the row, or take it out");
                }
                if (!name.isEmpty()) {
                    applied.add(OtherMigration.one(name, OtherMigration.namesIn(name)));
                }
            }
            return applied;
        }

        @Override
        boolean keeps(Set<String> columns) {
            return NAMES.stream().anyMatch(columns::contains);
        }

        /** The state that shows that it is not applied; empty if there is none. */
        private String state(HistoryRow row) {
            for (String column : List.of("success", "successful", "applied", "dirty", "status", "state")) {
                Object value = row.value(column);
                boolean isBad = value instanceof Boolean flag
                        ? flag == column.equals("dirty")
                        : value instanceof String word && !GOOD.contains(word.toLowerCase(Locale.ROOT));
                if (isBad) {
                    return column + " is " + value;
                }
            }
            return "";
        }
    };

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
    private static final Set<String> GOOD = Set.of(
            "", "success", "successful", "succeeded", "applied", "completed", "complete", "done", "executed", "ok");

    private final String title;
    private final @Nullable String table;
    private final @Nullable String collection;
    private final String column;

    OtherTool(String title, @Nullable String table, @Nullable String collection, String column) {
        this.title = title;
        this.table = table;
        this.collection = collection;
        this.column = column;
    }

    /**
     * What is applied according to its rows, in order.
     *
     * @throws Refused if something in it is not finished
     */
    abstract List<OtherMigration> applied(List<HistoryRow> rows);

    /** Whether a table with these columns is this tool's: two tools use the same name for theirs. */
    boolean keeps(Set<String> columns) {
        return columns.contains(column);
    }

    /** Those that keep their history in tables, or in collections. */
    public static List<OtherTool> keptIn(Kind kind) {
        return Stream.of(values()).filter(tool -> tool.usualName(kind) != null).toList();
    }

    /** The tool of this name, ignoring case; empty if it is not known. */
    public static Optional<OtherTool> named(String name) {
        return Stream.of(values())
                .filter(tool -> tool.title.equalsIgnoreCase(name))
                .findFirst();
    }

    /** What its table or its collection is usually called; null if it keeps its history in the other. */
    @Nullable String usualName(Kind kind) {
        return kind == Kind.TABLE ? table : collection;
    }

    /** As users know it: {@code golang-migrate}. */
    @Override
    public String toString() {
        return title;
    }

    Refused unfinished(String what, String remedy) {
        return new Refused(
                "Nothing was adopted: " + title + " says that " + what + ".", remedy + "; then adopt again.");
    }
}
