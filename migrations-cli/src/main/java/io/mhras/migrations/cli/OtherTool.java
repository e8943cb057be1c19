package io.mhras.migrations.cli;

import io.mhras.migrations.MigrationException.Refused;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.JdbcTemplate;

/** Another tool, and how it keeps what it has applied. */
enum OtherTool {
    FLYWAY("flyway", "flyway_schema_history") {
        @Override
        List<OtherMigration> applied(JdbcTemplate jdbc, String table) {
            Map<String, OtherMigration> applied = new LinkedHashMap<>();
            for (Map<String, Object> row : jdbc.queryForList(
                    "SELECT version, type, script, success FROM " + table + " ORDER BY installed_rank")) {
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
    LIQUIBASE("liquibase", "databasechangelog") {
        @Override
        List<OtherMigration> applied(JdbcTemplate jdbc, String table) {
            List<OtherMigration> applied = new ArrayList<>();
            for (Map<String, Object> row : jdbc.queryForList(
                    "SELECT id, author, filename, exectype FROM " + table + " ORDER BY orderexecuted")) {
                String id = text(row, "id");
                String file = text(row, "filename");
                String name = file + "::" + id + "::" + text(row, "author");
                String how = text(row, "exectype");
                if (how.equals("FAILED")) {
                    throw unfinished(name + " failed", "Mend it and run Liquibase's 'update'");
                }
                if (!how.equals("SKIPPED")) {
                    // A file for each change, or one file for all, with numbers in their ids.
                    List<String> names = new ArrayList<>(names(file.substring(file.lastIndexOf('/') + 1)));
                    names.addAll(names(id));
                    applied.add(OtherMigration.one(name, names));
                }
            }
            return applied;
        }

        /** A name, and the version that it begins with: {@code 001-create-patients.xml} is 001. */
        private List<String> names(String name) {
            Matcher version = LEADING_VERSION.matcher(name);
            return version.matches() ? List.of(name, version.group(1), version.group(2)) : List.of(name);
        }
    },
    ALEMBIC("alembic", "alembic_version") {
        @Override
        List<OtherMigration> applied(JdbcTemplate jdbc, String table) {
            return jdbc.queryForList("SELECT version_num FROM " + table + " ORDER BY 1", String.class).stream()
                    .map(revision -> OtherMigration.withRequired(revision, revision))
                    .toList();
        }
    },
    GOLANG_MIGRATE("golang-migrate", "schema_migrations") {
        @Override
        List<OtherMigration> applied(JdbcTemplate jdbc, String table) {
            List<OtherMigration> applied = new ArrayList<>();
            for (Map<String, Object> row : jdbc.queryForList("SELECT version, dirty FROM " + table)) {
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

        @Override
        boolean keeps(List<String> columns) {
            return columns.contains("dirty");
        }
    },
    DBMATE("dbmate", "schema_migrations") {
        @Override
        List<OtherMigration> applied(JdbcTemplate jdbc, String table) {
            return jdbc.queryForList("SELECT version FROM " + table + " ORDER BY 1", String.class).stream()
                    .map(version -> OtherMigration.one(version, List.of(version)))
                    .toList();
        }

        @Override
        boolean keeps(List<String> columns) {
            return columns.contains("version") && !columns.contains("dirty");
        }
    };

    private static final Pattern LEADING_VERSION = Pattern.compile("[Vv]?((\\d+)(?:[._]\\d+)*)(?:[-_. ].*)?");

    private final String title;
    private final String table;

    OtherTool(String title, String table) {
        this.title = title;
        this.table = table;
    }

    /**
     * What its table says that is applied, in order.
     *
     * @throws Refused if something in it is not finished
     */
    abstract List<OtherMigration> applied(JdbcTemplate jdbc, String quotedTable);

    /** Whether a table with these columns is its own; two tools give theirs the same name. */
    boolean keeps(List<String> columns) {
        return !columns.isEmpty();
    }

    /** Its table's usual name. */
    String table() {
        return table;
    }

    /** As it is called on the command line. */
    @Override
    public String toString() {
        return title;
    }

    private static String text(Map<String, Object> row, String column) {
        Object value = row.get(column);
        return value == null ? "" : value.toString();
    }

    Refused unfinished(String what, String remedy) {
        return new Refused(
                "Nothing was adopted: " + title + " says that " + what + ".", remedy + "; then adopt again.");
    }
}
