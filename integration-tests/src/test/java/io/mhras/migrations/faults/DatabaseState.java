package io.mhras.migrations.faults;

import io.mhras.migrations.testing.Catalog;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Everything that stands in a database but the history: definitions, which indexes are invalid, which partitions are half
 * detached, and the data of each table.
 *
 * @param lines comparable, sorted
 */
record DatabaseState(List<String> lines) {

    private static final String INVALID_INDEXES =
            "SELECT format('invalid INDEX %s ON', indexrelid::regclass) FROM pg_index WHERE NOT indisvalid ORDER BY 1";

    private static final String PARTITIONS =
            "SELECT format('partition %s of %s: %s', inhrelid::regclass, inhparent::regclass, to_jsonb(i) ->> 'inhdetachpending')"
                    + " FROM pg_inherits i";

    private static final String TABLES = """
            SELECT format('SELECT ''data of %1$s: '' || count(*) || '' '' || coalesce(md5(string_agg(t::text, '';'''
                          ' ORDER BY t::text)), '''') FROM %1$s t', c.oid::regclass)
            FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
            WHERE relkind = 'r' AND nspname !~ '^pg_' AND nspname <> 'information_schema'
              AND relname <> 'migration_history'
            ORDER BY nspname, relname""";

    /** Reads it. */
    static DatabaseState of(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            return read(new SingleConnectionDataSource(connection, true));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static DatabaseState read(DataSource dataSource) {
        JdbcTemplate jdbc = new JdbcTemplate(dataSource);
        List<String> lines = new ArrayList<>(Catalog.of(dataSource));
        lines.removeIf(DatabaseState::isOfHistory);
        lines.addAll(jdbc.queryForList(INVALID_INDEXES, String.class));
        lines.addAll(jdbc.queryForList(PARTITIONS, String.class));
        String data = String.join("\nUNION ALL\n", jdbc.queryForList(TABLES, String.class));
        lines.addAll(jdbc.queryForList(data, String.class));
        return new DatabaseState(lines.stream().sorted().toList());
    }

    private static boolean isOfHistory(String line) {
        return line.contains("migration_history") || line.contains("Kept by MHRAS Migrations");
    }

    /** The same without an index or a table, whether it is there, half made, half gone, or not. */
    DatabaseState without(String name) {
        Predicate<String> names = Pattern.compile("\\b" + name + "(_cc(new|old)\\d*|_\\w*check)?\\b")
                .asPredicate();
        return new DatabaseState(lines.stream().filter(names.negate()).toList());
    }

    /** What the other one has more, and what it has less. */
    String difference(DatabaseState expected) {
        return lines.stream()
                        .filter(line -> !expected.lines.contains(line))
                        .map(line -> "  found    " + line + "\n")
                        .collect(Collectors.joining())
                + expected.lines.stream()
                        .filter(line -> !lines.contains(line))
                        .map(line -> "  expected " + line + "\n")
                        .collect(Collectors.joining());
    }
}
