package io.mhras.migrations.cli;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.MigrationException.Refused;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Another tool, and how it keeps what it has applied. */
enum OtherTool {
    // Its documents in MongoDB have the fields that its tables have columns.
    FLYWAY("flyway", "flyway_schema_history", "flyway_schema_history", "script") {
        @Override
        List<OtherMigration> applied(List<Map<String, Object>> rows) {
            Map<String, OtherMigration> applied = new LinkedHashMap<>();
            for (Map<String, Object> row : sorted(rows, "installed_rank")) {
                String script = text(row, "script");
                String version = text(row, "version");
                String type = text(row, "type");
                String name = version.isEmpty() ? script : version;
                if (Boolean.FALSE.equals(row.get("success"))) {
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
        List<OtherMigration> applied(List<Map<String, Object>> rows) {
            List<OtherMigration> applied = new ArrayList<>();
            for (Map<String, Object> row : sorted(rows, "orderexecuted")) {
                String id = text(row, "id");
                String file = text(row, "filename");
                String name = file + "::" + id + "::" + text(row, "author");
                String how = text(row, "exectype");
                if (how.equals("FAILED")) {
                    throw unfinished(name + " failed", "Mend it and run Liquibase's 'update'");
                }
                if (!how.equals("SKIPPED")) {
                    // A file for each change, or one file for all, with numbers in their ids.
                    List<String> names = new ArrayList<>(names(file));
                    names.addAll(names(id));
                    applied.add(OtherMigration.one(name, names));
                }
            }
            return applied;
        }
    },
    ALEMBIC("alembic", "alembic_version", null, "version_num") {
        @Override
        List<OtherMigration> applied(List<Map<String, Object>> rows) {
            return sorted(rows, "version_num").stream()
                    .map(row -> text(row, "version_num"))
                    .map(revision -> OtherMigration.withRequired(revision, revision))
                    .toList();
        }
    },
    GOLANG_MIGRATE("golang-migrate", "schema_migrations", "schema_migrations", "dirty") {
        @Override
        List<OtherMigration> applied(List<Map<String, Object>> rows) {
            List<OtherMigration> applied = new ArrayList<>();
            for (Map<String, Object> row : rows) {
                String version = text(row, "version");
                if (Boolean.TRUE.equals(row.get("dirty"))) {
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
        List<OtherMigration> applied(List<Map<String, Object>> rows) {
            return sorted(rows, "version").stream()
                    .map(row -> text(row, "version"))
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
        List<OtherMigration> applied(List<Map<String, Object>> rows) {
            return sorted(rows, "appliedat").stream()
                    .map(row -> text(row, "filename"))
                    .map(file -> OtherMigration.one(file, names(file)))
                    .toList();
        }
    },
    MONGOCK("mongock", null, "mongockChangeLog", "changeid") {
        @Override
        List<OtherMigration> applied(List<Map<String, Object>> rows) {
            Map<String, OtherMigration> applied = new LinkedHashMap<>();
            Map<String, String> states = new LinkedHashMap<>();
            for (Map<String, Object> row : sorted(rows, "timestamp")) {
                // What it has done for itself, and what a change does before it begins, are no changes.
                boolean isOurs = !Boolean.TRUE.equals(row.get("systemchange"))
                        && !text(row, "changelogclass").startsWith("io.mongock.")
                        && !text(row, "type").equals("BEFORE_EXECUTION");
                String state = text(row, "state");
                if (isOurs && !state.equals("IGNORED")) {
                    String id = text(row, "changeid");
                    applied.put(id, OtherMigration.one(id + "::" + text(row, "author"), names(id)));
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
    /** A list that somebody has written a script for: with a version or a file's name in each row, and mostly a time. */
    LIST("list", "migrations", "migrations", "version") {
        @Override
        List<OtherMigration> applied(List<Map<String, Object>> rows) {
            List<OtherMigration> applied = new ArrayList<>();
            for (Map<String, Object> row : sorted(rows, "version")) {
                String name = NAMES.stream()
                        .map(column -> text(row, column))
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
                    applied.add(OtherMigration.one(name, names(name)));
                }
            }
            return applied;
        }

        @Override
        boolean keeps(Set<String> columns) {
            return NAMES.stream().anyMatch(columns::contains);
        }

        /** What speaks against it; empty if nothing does. */
        private String state(Map<String, Object> row) {
            for (String column : List.of("success", "successful", "applied", "dirty", "status", "state")) {
                Object value = row.get(column);
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

    private static final Pattern LEADING_VERSION = Pattern.compile("[Vv]?((\\d+)(?:[._]\\d+)*)(?:[-_. ].*)?");
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
     * What its rows say that is applied, in order.
     *
     * @throws Refused if something in it is not finished
     */
    abstract List<OtherMigration> applied(List<Map<String, Object>> rows);

    /** Whether what has these columns is its own; two tools give theirs the same name. */
    boolean keeps(Set<String> columns) {
        return columns.contains(column);
    }

    /** What its table or its collection is usually called; null if it does not work with that kind of database. */
    @Nullable String usualName(DatabaseKind kind) {
        return kind == DatabaseKind.POSTGRESQL ? table : collection;
    }

    /** As it is called on the command line. */
    @Override
    public String toString() {
        return title;
    }

    private static String text(Map<String, Object> row, String column) {
        return Objects.toString(row.get(column), "");
    }

    private static List<Map<String, Object>> sorted(List<Map<String, Object>> rows, String column) {
        Comparator<Map<String, Object>> bySize = Comparator.comparingDouble(row -> size(row.get(column)));
        return rows.stream()
                .sorted(bySize.thenComparing(row -> text(row, column)))
                .toList();
    }

    private static double size(@Nullable Object value) {
        if (value instanceof Date time) {
            return time.toInstant().toEpochMilli();
        }
        return value instanceof Number number ? number.doubleValue() : 0;
    }

    /** A file's name, and the version that it begins with: {@code 001-create-patients.xml} is 001. */
    private static List<String> names(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        Matcher version = LEADING_VERSION.matcher(name);
        return version.matches() ? List.of(name, version.group(1), version.group(2)) : List.of(name);
    }

    Refused unfinished(String what, String remedy) {
        return new Refused(
                "Nothing was adopted: " + title + " says that " + what + ".", remedy + "; then adopt again.");
    }
}
